"""What goes out by itself: the reminder of a meeting, and the correction of one."""

from datetime import datetime

from dialogs.answer import choices
from dialogs.context import House
from dialogs.meetings import facts, links, moment, title, when
from dialogs.values import Card, Language
from faq.meetings import Meeting


def reminder(house: House, meeting: Meeting, language: Language) -> Card:
    """A meeting is near: what, when, where, why you get this and how to stop it."""
    words = house.words
    return Card(
        language=language,
        title=words.say(language, "reminder.title", meeting=title(meeting, language)),
        text=words.say(language, "reminder.text", when=when(house, meeting, language)),
        facts=facts(house, meeting, language),
        links=links(house, meeting, language),
        note=words.say(language, "reminder.note"),
        choices=choices(house, language, ["@unsubscribe", "@status", "@help"]),
    )


def correction(
    house: House, meeting: Meeting | None, language: Language, told: datetime | None
) -> Card:
    """A meeting of which you were told is moved, cancelled or held after all: only what is true now.

    Args:
        house: what a dialog may look at.
        meeting: as it is now; None where it is no longer in the calendar.
        language: the reader's.
        told: the local start that the reader was told last; None where it was told to be off.
    """
    words = house.words
    held = meeting is not None and not meeting.cancelled
    kind = ("moved" if told else "back") if held else "cancelled" if meeting else "gone"
    reason = meeting.change.reason.in_(language) if meeting and meeting.change else ""
    because = words.say(language, "reminder.because", reason=reason) if reason else ""
    values = {
        "meeting": title(meeting, language) if meeting else "",
        "when": when(house, meeting, language) if meeting else "",
        "told": moment(house, told, language) if told else "",
        "because": f" {because}" if because else "",
    }
    return Card(
        language=language,
        title=words.say(language, f"reminder.{kind}_title", **values),
        text=words.say(language, f"reminder.{kind}_text", **values),
        facts=facts(house, meeting, language) if held and meeting else (),
        links=links(house, meeting, language) if held and meeting else (),
        note=words.say(language, "reminder.change_note"),
        choices=choices(house, language, ["@meetings", "@unsubscribe", "@help"]),
    )
