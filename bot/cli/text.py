"""A card as plain text, for the terminal: a `Card` itself, or the JSON that `chat` gets over HTTP."""

import re
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from bot.teams.cards import actions, unmarked
from dialogs.values import CHOICES_MAX, Card

WIDTH = 88
"""Columns at most."""
_LINK = re.compile(r"\[([^\[\]]+) ↗\]\(([^)]+)\)")
_DRAWN_AS_BUTTONS = ("ActionSet", "Container")
"""Elements that hold nothing but buttons; these are drawn below the text."""


def card_text(card: Card) -> str:
    """A card as text, the same in every terminal."""
    return _framed([*_lines(card), *(f"[{choice.label}]" for choice in card.choices[:CHOICES_MAX])])


def _lines(card: Card) -> Iterator[str]:
    """All of a card but its choices; a test fills every field and looks for it here."""
    width = WIDTH - 2
    yield from _wrapped(unmarked(card.title), width)
    yield from _text_lines(card.text, width)
    for name, value in card.facts:
        yield from _wrapped(f"{name}: {value}", width)
    for link in card.links:
        yield from _wrapped(f"↗ {link.label}: {link.url}", width)
    yield from _text_lines(card.note, width)


def adaptive_card_text(card: Mapping[str, Any], *, numbered: bool) -> str:
    """An Adaptive Card of ours as text, each source on a line of its own.

    Args:
        card: its JSON.
        numbered: whether it is read at a terminal: buttons have numbers, and the lines fit its width.
    """
    # In a pipe always the same, so that what is shown in the README is what comes out.
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if numbered else WIDTH
    width = min(WIDTH, columns) - 2
    lines = [line for element in card.get("body", []) for line in _element_lines(element, width)]
    lines += [
        f"{number}) {action['title']}" if numbered else f"[{action['title']}]"
        for number, action in enumerate(actions(card), start=1)
    ]
    return _framed(lines)


def _element_lines(element: Mapping[str, Any], width: int) -> Iterator[str]:
    """An element of an Adaptive Card; of a kind that is not known here, its name."""
    kind = element.get("type")
    if kind == "TextBlock":
        yield from _text_lines(element["text"], width)
    elif kind == "FactSet":
        for fact in element["facts"]:
            yield from _wrapped(f"{fact['title']}: {fact['value']}", width)
    elif kind not in _DRAWN_AS_BUTTONS:
        yield f"({kind})"


def _text_lines(text: str, width: int) -> Iterator[str]:
    """Paragraphs without Markdown, each link on a line of its own."""
    for paragraph in _LINK.sub(r"\n↗ \1: \2\n", text).split("\n"):
        if paragraph.strip(" ·"):
            yield from _wrapped(unmarked(paragraph), width)


def _framed(lines: list[str]) -> str:
    return "\n".join(f"| {line}".rstrip() for line in lines)


def _wrapped(paragraph: str, width: int) -> list[str]:
    hang = "  " if paragraph.startswith(("- ", "↗ ")) else ""
    return textwrap.wrap(
        paragraph, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
