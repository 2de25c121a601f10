"""The card of a row of the outbox."""

from typing import assert_never

from bot.store.values import Announcement, Kind, Row
from dialogs import reminders
from dialogs.card import Card
from dialogs.context import Context
from faq.language import DEFAULT, Language, spoken_language
from faq.meeting_shown import Shown


def card_of(context: Context, row: Row) -> Card:
    """The reminder or correction, as the meeting is in this context.

    Raises:
        LookupError: where a reminder's meeting is not in the calendar.
    """
    language = spoken_language(row.language or "") or DEFAULT
    match row.kind:
        case Kind.CORRECTION:
            return correction_card(context, row.occurrence, row.announced_before, language)
        case Kind.REMINDER:
            meeting = context.calendar.find(row.occurrence)
            if meeting is None:
                raise LookupError(row.occurrence)
            return reminders.reminder(context, meeting, language)
        case _:
            assert_never(row.kind)


def correction_card(
    context: Context, occurrence: str, before: Announcement | None, language: Language
) -> Card:
    """The correction for who heard `before` of a meeting, as the meeting is in this context."""
    start = before.start if before else None
    local = context.calendar.local(start) if start else None
    shown = Shown.of_text(before.shown) if before else None
    return reminders.correction(context, context.calendar.find(occurrence), language, local, shown)
