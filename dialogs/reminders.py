"""What goes out by itself: the reminder of a meeting, and the correction of one."""

from datetime import datetime

from dialogs.context import Context
from dialogs.format import (
    choices,
    meeting_facts,
    meeting_links,
    meeting_time,
    meeting_title,
    moment,
)
from dialogs.values import Card
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
    context: Context, meeting: Meeting | None, language: Language, told: datetime | None
) -> Card:
    """A meeting of which you were told is moved, cancelled or held after all: only what is true now.

    Args:
        context: what a dialog may look at.
        meeting: as it is now; None where it is no longer in the calendar.
        language: the reader's.
        told: the local start that the reader was told last; None where it was told to be off.
    """
    texts = context.texts
    held = meeting is not None and not meeting.cancelled
    kind = ("moved" if told else "back") if held else "cancelled" if meeting else "gone"
    reason = meeting.change.reason.in_(language) if meeting and meeting.change else ""
    because = texts.get(language, "reminder.because", reason=reason) if reason else ""
    values = {
        "meeting": meeting_title(meeting, language) if meeting else "",
        "when": meeting_time(context, meeting, language) if meeting else "",
        "told": moment(context, told, language) if told else "",
        "because": f" {because}" if because else "",
    }
    return Card(
        language=language,
        title=texts.get(language, f"reminder.{kind}_title", **values),
        text=texts.get(language, f"reminder.{kind}_text", **values),
        facts=meeting_facts(context, meeting, language) if held and meeting else (),
        links=meeting_links(context, meeting, language) if held and meeting else (),
        note=texts.get(language, "reminder.change_note"),
        choices=choices(context, ["@meetings", "@unsubscribe", "@help"], language),
    )
