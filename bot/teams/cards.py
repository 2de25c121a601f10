"""How a `Card` looks: Adaptive Card JSON for Teams."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.teams.form import filled_in, form_elements
from bot.teams.plain import plain_text, spoken
from dialogs.card import Card, Choice, Fold, Link, Sources
from dialogs.markdown import paragraphs

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
"""The newest that bots may send to Teams.

https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LINE_MAX, BUTTON_EDGE = 34, 6
"""Characters of buttons that fit on one line of such a phone, and what the edges of one button take of them."""
SUBMITTED_TEXT = "says"
"""The key of a button's value that holds the text it submits; cards that were sent carry it, so it stays."""


def adaptive(card: Card) -> dict[str, Any]:
    """The card as Adaptive Card 1.5, in the order of the fields of `Card`: what it tells, then what can be done."""
    lines = list(_lines([*map(_open, card.links), *map(_submit, card.buttons)]))
    content: dict[str, Any] = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": card.language,
        "fallbackText": plain_text(card),
        "speak": spoken(card),
        "body": [*_told(card), *_to_choose(card)],
    }
    if len(lines) == 1:
        content["actions"] = lines[0]
    else:
        content["body"] += [
            {"type": "ActionSet", "spacing": "Small", "actions": line} for line in lines
        ]
    return content


def _told(card: Card) -> Iterator[dict[str, Any]]:
    """Heading, text, what can be unfolded, facts, sources and small print."""
    yield _block(card.title, style="heading", size="Medium", weight="Bolder")
    blocks = [_block(part, spacing="Small") for part in paragraphs(card.text)]
    yield from blocks[: card.fold.paragraphs if card.fold else None]
    if card.fold:
        yield from _folded(card.fold, blocks[card.fold.paragraphs :])
    if card.facts:
        yield {"type": "FactSet", "facts": [{"title": k, "value": v} for k, v in card.facts]}
    if card.sources:
        yield _block(card.sources.label, size="Small", weight="Bolder", separator=True)
        yield _block(_source_lines(card.sources), size="Small", spacing="None")
    if card.note:
        yield _block(card.note, size="Small", isSubtle=True, spacing="Small")


def _folded(fold: Fold, rest: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A button that shows the rest in its own place, and one below the rest that hides it again."""
    yield _toggle("fold-show", fold.show, visible=True)
    yield {"type": "Container", "id": "fold", "isVisible": False, "spacing": "Small", "items": rest}
    yield _toggle("fold-hide", fold.hide, visible=False)


def _toggle(id_: str, title: str, *, visible: bool) -> dict[str, Any]:
    targets = ["fold-show", "fold", "fold-hide"]
    action = {"type": "Action.ToggleVisibility", "title": title, "targetElements": targets}
    return {
        "type": "ActionSet",
        "id": id_,
        "isVisible": visible,
        "spacing": "Small",
        "actions": [action],
    }


def _source_lines(sources: Sources) -> str:
    """Each source on a line of its own, a link where it is on the web."""
    return "\n".join(
        f"- [{_escape(link.label)}]({_address(link.url)})" if link.url else f"- {link.label}"
        for link in sources.links
    )


def _to_choose(card: Card) -> Iterator[dict[str, Any]]:
    """The form; the rows below their heading, and what to do where none of them fits.

    A table, because its lines are the edges of the rows in every theme; a fill is hardly seen in the dark
    and not at all in high contrast. Clients take the first row of a table for its heading.
    """
    if card.form:
        yield from form_elements(card.form, _submit(card.form.submit))
    if card.rows:
        heading = _block(card.prompt or card.title, weight="Bolder")
        buttons = [_row(number, choice) for number, choice in enumerate(card.rows, start=1)]
        yield {
            "type": "Table",
            "columns": [{"width": 1}],
            "gridStyle": "accent",
            "rows": [
                {"type": "TableRow", "cells": [{"type": "TableCell", "items": [item]}]}
                for item in (heading, *buttons)
            ],
        }
    if card.hint:
        yield _block(card.hint, size="Small", isSubtle=True, spacing="Small")


def attachment(card: Card) -> dict[str, Any]:
    """The card as the one attachment of an activity."""
    return {"contentType": CONTENT_TYPE, "content": adaptive(card)}


def submitted_text(value: object) -> str:
    """The text that a press with this value submits; empty for anything else."""
    if isinstance(value, Mapping):
        text = value.get(SUBMITTED_TEXT)
        if isinstance(text, str):
            return filled_in(text, value)
        # Action.Execute wraps what Action.Submit sends bare.
        inner = value.get("data") or value.get("action")
        return submitted_text(inner) if inner else ""
    return ""


def presses(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every action of an Adaptive Card of ours that submits a text, in the order in which a person meets them."""
    parts: list[object] = [card]
    submits: list[Mapping[str, Any]] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Mapping):
            if part.get("type") == "Action.Submit":
                submits.append(part)
            # What is above an element's own buttons is met before them.
            inner = ("body", "items", "columns", "rows", "cells", "selectAction", "actions")
            parts[:0] = [part[key] for key in inner if key in part]
        elif isinstance(part, list):
            parts[:0] = part
    return submits


def _lines(actions: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Buttons in lines that a phone shows whole; with more buttons on a line it would cut their labels."""
    line: list[dict[str, Any]] = []
    room = LINE_MAX
    for action in actions:
        room -= len(action["title"]) + BUTTON_EDGE
        if line and room < 0:
            yield line
            line, room = [], LINE_MAX - len(action["title"]) - BUTTON_EDGE
        line.append(action)
    if line:
        yield line


def _open(link: Link) -> dict[str, Any]:
    """A button that opens an address; Teams itself shows that it leaves the chat."""
    return {"type": "Action.OpenUrl", "title": link.label, "url": _address(link.url)}


def _submit(choice: Choice) -> dict[str, Any]:
    """A press reaches the bot in every place, without a mention and without a post in the chat.

    No `msteams`: the Agents Playground 0.2.28 refuses every press that carries it, and among others
    messageBack would be one post more. The card that answers says in its title what was asked.
    """
    return {"type": "Action.Submit", "title": choice.label, "data": {SUBMITTED_TEXT: choice.text}}


def _row(number: int, choice: Choice) -> dict[str, Any]:
    """A choice as a row that can be pressed: its text wraps, where a button's would be cut.

    The container is pressed, not the cell: renderers tell a screen reader that a cell is a cell, not a button.
    """
    columns = [
        {"type": "Column", "width": "auto", "items": [_block(str(number), weight="Bolder")]},
        {"type": "Column", "width": "stretch", "items": [_block(choice.label, color="Accent")]},
    ]
    items = [{"type": "ColumnSet", "columns": columns}]
    return {"type": "Container", "selectAction": _submit(choice), "items": items}


def _block(text: str, **look: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **look}


def _escape(label: str) -> str:
    return label.replace("[", "(").replace("]", ")")


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
