"""A card as plain text, for the terminal."""

import re
import shutil
import textwrap
from typing import Any

from bot.teams.cards import actions, adaptive, unmarked
from dialogs.values import Card

WIDTH = 88
"""Columns at most."""
_LINK = re.compile(r"\[([^\]]+) ↗\]\(([^)]+)\)")


def card_text(card: Card) -> str:
    """A card as text, the same in every terminal."""
    return adaptive_card_text(adaptive(card), numbered=False)


def adaptive_card_text(card: dict[str, Any], *, numbered: bool) -> str:
    """An Adaptive Card of ours as text, each source on a line of its own.

    Args:
        card: its JSON.
        numbered: for somebody at a terminal: buttons have numbers, and the lines fit its width.
    """
    # In a pipe always the same, so that what is shown in the README is what comes out.
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if numbered else WIDTH
    width = min(WIDTH, columns) - 2
    lines: list[str] = []
    for element in card.get("body", []):
        if element.get("type") == "FactSet":
            for fact in element["facts"]:
                lines += _wrapped(f"{fact['title']}: {fact['value']}", width)
        for paragraph in _LINK.sub(r"\n↗ \1: \2\n", element.get("text", "")).split("\n"):
            if paragraph.strip(" ·"):
                lines += _wrapped(unmarked(paragraph), width)
    lines += [
        f"{number}) {action['title']}" if numbered else f"[{action['title']}]"
        for number, action in enumerate(actions(card), start=1)
    ]
    return "\n".join(f"| {line}".rstrip() for line in lines)


def _wrapped(paragraph: str, width: int) -> list[str]:
    hang = "  " if paragraph.startswith(("- ", "↗ ")) else ""
    return textwrap.wrap(
        paragraph, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
