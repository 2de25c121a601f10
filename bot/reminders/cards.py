"""The card of a row of the outbox."""

from bot.store.values import Announcement, Kind, Row
from dialogs import reminders
from dialogs.context import Context
from dialogs.values import Card
from faq.language import DEFAULT, Language, spoken_language


def card_of(context: Context, row: Row) -> Card:
    """The reminder or correction, as the meeting is in this context.

    Raises:
        LookupError: where a reminder's meeting is not in the calendar.
    """
    language = spoken_language(row.language or "") or DEFAULT
    if row.kind is Kind.CORRECTION:
        return correction_card(context, row.occurrence, row.announced_before, language)
    meeting = context.calendar.find(row.occurrence)
    if meeting is None:
        raise LookupError(row.occurrence)
    return reminders.reminder(context, meeting, language)


def correction_card(
    context: Context, occurrence: str, before: Announcement | None, language: Language
) -> Card:
    """The correction for who heard `before` of a meeting, as the meeting is in this context."""
    start = before.start if before else None
    local = context.calendar.local(start) if start else None
    return reminders.correction(context, context.calendar.find(occurrence), language, local)
