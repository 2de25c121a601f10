"""The card of a row of the outbox, and of what was sent before it."""

from datetime import datetime
from typing import assert_never

from bot.handler import place_of
from bot.store.values import Announcement, Kind, Row
from dialogs import reminders
from dialogs.card import Card
from dialogs.context import Context
from dialogs.values import Place
from faq.language import DEFAULT, Language, spoken_language
from faq.meeting_shown import Shown


def card_of(context: Context, row: Row, now: datetime) -> Card:
    """The reminder or correction that is sent `now` (UTC), as the meeting is in this context.

    Raises:
        LookupError: where a reminder's meeting is not in the calendar.
    """
    language, place = _language(row), place_of(row.address)
    match row.kind:
        case Kind.CORRECTION:
            return correction_card(context, row.occurrence, row.announced_before, language, place)
        case Kind.REMINDER:
            meeting = context.calendar.find(row.occurrence)
            if meeting is None:
                raise LookupError(row.occurrence)
            return reminders.reminder(context, meeting, language, place, today=context.day(now))
        case _:
            assert_never(row.kind)


def correction_card(
    context: Context,
    occurrence: str,
    before: Announcement | None,
    language: Language,
    place: Place = Place.PERSONAL,
) -> Card:
    """The correction for who heard `before` of a meeting, as the meeting is in this context."""
    meeting, local = context.calendar.find(occurrence), _announced(context, before)
    shown = Shown.of_text(before.shown) if before else None
    return reminders.correction(context, meeting, language, local, place, shown=shown)


def outdated_card(context: Context, row: Row) -> Card:
    """What is left of the cards that were sent before a correction."""
    meeting = context.calendar.find(row.occurrence)
    return reminders.outdated(
        context, meeting, _language(row), _announced(context, row.announced_before)
    )


def _language(row: Row) -> Language:
    return spoken_language(row.language or "") or DEFAULT


def _announced(context: Context, before: Announcement | None) -> datetime | None:
    """The local start that was announced."""
    return context.calendar.local(before.start) if before and before.start else None
