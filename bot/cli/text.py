"""A card as plain text, for the terminal: a `Card` itself, or the JSON that `chat` gets over HTTP."""

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from bot.teams.cards import adaptive
from bot.teams.plain import linked, unmarked
from dialogs.card import Card

WIDTH = 88
"""Columns at most."""
_HOLDS = ("body", "items", "columns", "rows", "cells", "actions")
"""The keys below which an element has others, in the order in which they are shown."""


def card_text(card: Card) -> str:
    """A card as text, the same in every terminal."""
    return adaptive_card_text(adaptive(card), numbered=False)


def adaptive_card_text(card: Mapping[str, Any], *, numbered: bool) -> str:
    """An Adaptive Card of ours as text, each source on a line of its own.

    Args:
        card: its JSON.
        numbered: whether it is read at a terminal: what can be pressed has numbers, and the lines fit its width.
    """
    # In a pipe always the same, so that what is shown in the README is what comes out.
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if numbered else WIDTH
    lines: list[str] = []
    presses = 0
    for kind, text in _shown(card):
        if kind == "press":
            presses += 1
            lines.append(f"{presses}) {text}" if numbered else f"[{text}]")
        else:
            lines += _text_lines(text, min(WIDTH, columns) - 2)
    return "\n".join(f"| {line}".rstrip() for line in lines)


def _shown(element: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What there is to read and to press in an element, in order; of a kind that is not known, its name."""
    kind = element.get("type", "AdaptiveCard")
    if "selectAction" in element:
        yield "press", element["selectAction"]["title"]
    elif kind == "TextBlock":
        yield "text", element["text"]
    elif kind == "FactSet":
        for fact in element["facts"]:
            yield "text", f"{fact['title']}: {fact['value']}"
    elif kind == "Input.ChoiceSet":
        yield "text", element["label"]
        ticked = element["value"].split(",")
        for box in element["choices"]:
            yield "text", f"{'☑' if box['value'] in ticked else '☐'} {box['title']}"
    elif kind == "Input.Date":
        yield "text", f"{element['label']}: {element.get('value', '')}"
    elif kind == "Action.OpenUrl":
        yield "text", f"↗ {element['title']}: {element['url']}"
    elif kind == "Action.Submit":
        yield "press", element["title"]
    elif kind != "Action.ToggleVisibility":
        inner = [part for key in _HOLDS for part in element.get(key, ())]
        if not inner and kind != "AdaptiveCard":
            yield "text", f"({kind})"
        for part in inner:
            yield from _shown(part)


def _text_lines(text: str, width: int) -> Iterator[str]:
    """Paragraphs without Markdown, a link with its address."""
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield from _wrapped(unmarked(linked(paragraph)), width)


def _wrapped(paragraph: str, width: int) -> list[str]:
    hang = "  " if paragraph.startswith(("- ", "↗ ")) else ""
    return textwrap.wrap(
        paragraph, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
