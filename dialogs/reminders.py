"""What goes out by itself: the reminder of a meeting, and the correction of one."""

from dialogs.answer import choices
from dialogs.house import House
from dialogs.meetings import facts, links, title, when
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
        choices=choices(house, language, ["@unsubscribe", "@status"]),
    )


def correction(house: House, meeting: Meeting | None, language: Language) -> Card:
    """A meeting of which you were told is moved or cancelled: only what is true now."""
    words = house.words
    if meeting is None:
        kind, values = "gone", {}
    else:
        reason = meeting.change.reason.in_(language) if meeting.change else ""
        because = words.say(language, "reminder.because", reason=reason) if reason else ""
        kind = "cancelled" if meeting.cancelled else "moved"
        values = {
            "meeting": title(meeting, language),
            "when": when(house, meeting, language),
            "planned": when(house, meeting, language, planned=True),
            "because": f" {because}" if because else "",
        }
    held = meeting is not None and not meeting.cancelled
    return Card(
        language=language,
        title=words.say(language, f"reminder.{kind}_title", **values),
        text=words.say(language, f"reminder.{kind}_text", **values),
        facts=facts(house, meeting, language) if held and meeting else (),
        links=links(house, meeting, language) if held and meeting else (),
        note=words.say(language, "reminder.change_note"),
        choices=choices(house, language, ["@meetings", "@unsubscribe"]),
    )
