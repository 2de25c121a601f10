"""What goes out by itself: the reminder of a meeting, and the correction of one."""

from datetime import datetime

from dialogs.card import Card
from dialogs.context import Context
from dialogs.format import (
    choices,
    meeting_facts,
    meeting_links,
    meeting_reason,
    meeting_time,
    meeting_title,
    moment,
)
from faq.language import Language
from faq.meetings import Meeting


def reminder(context: Context, meeting: Meeting, language: Language) -> Card:
    """A meeting is near: what, when, where, why you get this and how to stop it."""
    texts = context.texts
    return Card(
        language=language,
        title=texts.get(language, "reminder.title", meeting=meeting_title(meeting, language)),
        text=texts.get(language, "reminder.text", when=meeting_time(context, meeting, language)),
        facts=meeting_facts(context, meeting, language),
        links=meeting_links(context, meeting, language),
        note=texts.get(language, "reminder.note"),
        choices=choices(context, ["@unsubscribe", "@status", "@help"], language),
    )


def correction(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> Card:
    """A meeting that was announced is moved, cancelled or held after all: only what is true now.

    Args:
        context: what a dialog may read.
        meeting: as it is now; None where it is no longer in the calendar.
        language: the reader's.
        announced: the local start that was announced last; None where it was announced to be off.
    """
    texts = context.texts
    held = meeting if meeting and meeting.held else None
    kind = ("moved" if announced else "back") if held else "cancelled" if meeting else "gone"
    values = {
        "meeting": meeting_title(meeting, language) if meeting else "",
        "when": meeting_time(context, meeting, language) if meeting else "",
        "announced": moment(context, announced, language) if announced else "",
        "because": meeting_reason(context, meeting, language) if meeting else "",
    }
    return Card(
        language=language,
        title=texts.get(language, f"reminder.{kind}_title", **values),
        text=texts.get(language, f"reminder.{kind}_text", **values),
        facts=meeting_facts(context, held, language) if held else (),
        links=meeting_links(context, held, language) if held else (),
        note=texts.get(language, "reminder.change_note"),
        choices=choices(context, ["@meetings", "@unsubscribe", "@help"], language),
    )
