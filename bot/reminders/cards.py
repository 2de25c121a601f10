"""The card of a row of the outbox."""

from bot.store.values import Kind, Row
from dialogs import reminders
from dialogs.context import Context
from dialogs.values import Card
from faq.language import DEFAULT, spoken_language


def card_of(context: Context, row: Row) -> Card:
    """The reminder or correction, as the meeting is in this context.

    Raises:
        LookupError: where a reminder's meeting is not in the calendar.
    """
    language = spoken_language(row.language or "") or DEFAULT
    meeting = context.calendar.find(row.occurrence)
    if row.kind is Kind.CORRECTION:
        before = row.announced_before.start if row.announced_before else None
        local = context.calendar.local(before) if before else None
        return reminders.correction(context, meeting, language, local)
    if meeting is None:
        raise LookupError(row.occurrence)
    return reminders.reminder(context, meeting, language)
