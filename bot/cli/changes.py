"""What changes by itself in the answers, for the organiser: when, and how the card looks from then on."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.cli.text import card_text
from dialogs.context import Context
from dialogs.entry_card import entry_card
from faq.entry_dates import Coming, coming
from faq.language import DEFAULT

AHEAD = timedelta(days=457)
"""Fifteen months: the next year's changes, and those of the January after it."""
_WHAT = {
    "starts": "wordt voor het eerst gegeven",
    "changes": "krijgt een ander antwoord",
    "ends": "wordt niet meer gegeven",
}


def lines(context: Context, today: date) -> Iterator[str]:
    """A line for each change; nothing where there is none."""
    changes = coming(context.knowledge, today, today + AHEAD)
    if changes:
        yield "Wat vanzelf verandert in de antwoorden:"
    yield from map(_line, changes)


def cards(context: Context, today: date, until: date | None) -> Iterator[str]:
    """Each change with the card that is given from then on; until a day, else fifteen months."""
    for change in coming(context.knowledge, today, until or today + AHEAD):
        yield _line(change)
        if change.what != "ends":
            then = context.on(change.day)
            entry = then.knowledge.entries[change.entry.id]
            yield card_text(entry_card(then, entry, DEFAULT, today=change.day))
        yield ""


def _line(change: Coming) -> str:
    return f"{change.day:%d-%m-%Y}: {change.entry.id} {_WHAT[change.what]}."
