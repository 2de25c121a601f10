"""How a `Card` looks: Adaptive Card JSON for Teams, and the same as plain text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dialogs.values import CHOICES_MAX, Card, Choice

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
"""The newest that bots may send to Teams.

https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
BUTTON_MAX = 24
"""Characters on a button; a longer choice gets a row of its own, which a phone of 320 px shows whole."""
LINE_MAX, BUTTON_EDGE = 34, 6
"""Characters of buttons that fit on one line of such a phone, and what the edges of one button take of them."""
SUBMITTED_TEXT = "says"
"""The key of a button's value that holds the text it submits; cards that were sent carry it, so it stays."""


def adaptive(card: Card) -> dict[str, Any]:
    """The card as Adaptive Card 1.5: heading, text, facts, small print, sources, at most six buttons."""
    choices = card.choices[:CHOICES_MAX]
    rows = [_row(choice) for choice in choices if len(choice.label) > BUTTON_MAX]
    lines = list(_lines([choice for choice in choices if len(choice.label) <= BUTTON_MAX]))
    content: dict[str, Any] = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": card.language,
        "fallbackText": plain_text(card),
        "speak": spoken(card),
        "body": _text_blocks(card) + rows,
    }
    if len(lines) == 1:
        content["actions"] = lines[0]
    else:
        content["body"] += [
            {"type": "ActionSet", "spacing": "Small", "actions": line} for line in lines
        ]
    return content


def _text_blocks(card: Card) -> list[dict[str, Any]]:
    """Heading, text, facts, sources and small print."""
    body: list[dict[str, Any]] = [
        _block(card.title, style="heading", size="Medium", weight="Bolder"),
        *(_block(paragraph, spacing="Small") for paragraph in _paragraphs(card.text)),
    ]
    if card.facts:
        body.append({"type": "FactSet", "facts": [{"title": k, "value": v} for k, v in card.facts]})
    if card.links:
        links = " · ".join(
            f"[{_escape(link.label)} ↗]({_address(link.url)})" for link in card.links
        )
        body.append(_block(links, size="Small", separator=True))
    if card.note:
        body.append(_block(card.note, size="Small", isSubtle=True, spacing="Small"))
    return body


def attachment(card: Card) -> dict[str, Any]:
    """The card as the one attachment of an activity."""
    return {"contentType": CONTENT_TYPE, "content": adaptive(card)}


def summary(card: Card) -> str:
    """What a notification or a toast shows: the title, without Markdown."""
    return unmarked(card.title)


def plain_text(card: Card) -> str:
    """The same content where a client shows no cards: a phone's notification, a screen reader."""
    lines = [unmarked(card.title), "", unmarked(card.text)]
    lines += [f"{name}: {value}" for name, value in card.facts]
    lines += [f"{link.label}: {link.url}" for link in card.links]
    if card.note:
        lines += ["", card.note]
    if card.choices:
        lines += ["", *(f"› {choice.text}" for choice in card.choices[:CHOICES_MAX])]
    return "\n".join(lines)


def spoken(card: Card) -> str:
    """What a screen reader says: title and text, no addresses."""
    return f"{unmarked(card.title)}. {unmarked(card.text)}"


def submitted_text(value: object) -> str:
    """The text that a press with this value submits; empty for anything else."""
    if isinstance(value, Mapping):
        text = value.get(SUBMITTED_TEXT)
        if isinstance(text, str):
            return text
        # Action.Execute wraps what Action.Submit sends bare.
        inner = value.get("data") or value.get("action")
        return submitted_text(inner) if inner else ""
    return ""


def actions(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every action of an Adaptive Card of ours, in the order in which a person meets them."""
    actions: list[Mapping[str, Any]] = []
    for part in (*card.get("body", ()), card):
        actions += [part["selectAction"]] if "selectAction" in part else []
        actions += part.get("actions", ())
    return actions


def _lines(choices: Sequence[Choice]) -> Iterator[list[dict[str, Any]]]:
    """Buttons in lines that a phone shows whole; with more buttons on a line it would cut their labels."""
    line: list[dict[str, Any]] = []
    room = LINE_MAX
    for choice in choices:
        room -= len(choice.label) + BUTTON_EDGE
        if line and room < 0:
            yield line
            line, room = [], LINE_MAX - len(choice.label) - BUTTON_EDGE
        line.append(_action(choice))
    if line:
        yield line


def _action(choice: Choice) -> dict[str, Any]:
    """A press reaches the bot in every place, without a mention and without a post in the chat.

    No `msteams`: the Agents Playground 0.2.28 refuses every press that carries it, and among others
    messageBack would be one post more. The card that answers says in its title what was asked.
    """
    return {"type": "Action.Submit", "title": choice.label, "data": {SUBMITTED_TEXT: choice.text}}


def _row(choice: Choice) -> dict[str, Any]:
    """A choice as a row that can be pressed: its text wraps, where a button's would be cut."""
    return {
        "type": "Container",
        "style": "emphasis",
        "spacing": "Small",
        "selectAction": _action(choice),
        "items": [_block(choice.label, color="Accent")],
    }


def _block(text: str, **look: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **look}


def _paragraphs(text: str) -> list[str]:
    """Blocks of their own, so that a list does not stick to the sentence before it on any client."""
    paragraphs: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        start = 0
        for index in range(1, len(lines)):
            if lines[index].startswith("- ") != lines[index - 1].startswith("- "):
                paragraphs.append("\n".join(lines[start:index]))
                start = index
        paragraphs.append("\n".join(lines[start:]))
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


def _escape(label: str) -> str:
    return label.replace("[", "(").replace("]", ")")


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def unmarked(text: str) -> str:
    """The text without Markdown."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"(?<!\w)\*{1,2}(.+?)\*{1,2}(?!\w)", r"\1", text).replace("\n- ", "\n• ").strip()
