"""What goes out by itself: the reminder of a meeting, the correction of one, and what is left of what is outdated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from dialogs.card import Card
from dialogs.context import Context
from dialogs.format import (
    choices,
    clock_title,
    meeting_facts,
    meeting_links,
    meeting_reason,
    meeting_time,
    meeting_title,
    moment,
)
from dialogs.meetings.phrases import duration_words
from dialogs.values import Place
from faq.language import DEFAULT, Language
from faq.meeting_shown import Shown
from faq.meetings import Meeting


def reminder(
    context: Context, meeting: Meeting, language: Language, place: Place, *, today: date
) -> Card:
    """A meeting is near: when and what, how to take part, why you get this and how to stop it.

    `today` is the day on which it is sent, where the meetings are: the title says `morgen`.
    """
    context = context.here(place)
    texts, title = context.texts, meeting_title(meeting, language)
    when = clock_title(context, meeting.local, language, today=today)
    return Card(
        language=language,
        title=texts.get(language, "reminder.title", meeting=title, when=when),
        text=texts.get(language, "reminder.text", when=meeting_time(context, meeting, language)),
        facts=meeting_facts(context, meeting, language),
        links=meeting_links(context, meeting, language, feed=False),
        note=texts.get(language, _for_place("reminder.note", place)),
        choices=choices(context, ["@status", "@help", "@unsubscribe"], language),
    )


def correction(
    context: Context,
    meeting: Meeting | None,
    language: Language,
    announced: datetime | None,
    place: Place,
    *,
    shown: Shown | None = None,
) -> Card:
    """A meeting that was announced is moved, cancelled, held after all or otherwise: what it was, what is true now.

    `meeting` is None where it is no longer in the calendar, `announced` (local) where it was last announced
    to be off, `shown`, what else was shown of it, where that was not kept.
    """
    context = context.here(place)
    texts, kind = context.texts, _kind(meeting, announced)
    values = _values(context, meeting, language, announced)
    held = meeting if meeting and meeting.held else None
    differences = _differences(context, held, language, shown) if held and shown else {}
    told = texts.get(language, f"reminder.{kind}_text", **values)
    reason = meeting_reason(context, meeting, language) if meeting else ""
    parts = [_old_and_new(told, kind, differences), reason, _own_calendar(context, kind, language)]
    card = Card(
        language=language,
        title=texts.get(language, f"reminder.{_what(kind, differences)}_title", **values),
        text="\n\n".join(filter(None, parts)),
        note=texts.get(language, _for_place("reminder.change_note", place)),
        choices=choices(context, ["@meetings", "@status", "@help", "@unsubscribe"], language),
    )
    return _held(context, card, held) if held else card


def _held(context: Context, card: Card, meeting: Meeting) -> Card:
    """The correction of a meeting that is held: also where it is, and how to take part."""
    facts = meeting_facts(context, meeting, card.language)
    links = meeting_links(context, meeting, card.language, feed=False)
    return replace(card, facts=facts, links=links)


def _old_and_new(told: str, kind: str, differences: Mapping[str, str]) -> str:
    """What became of the meeting and what differs: first what is new to the reader."""
    dash = "- " if len(differences) > 1 else ""
    listed = "\n".join(f"{dash}{line}" for line in differences.values())
    parts = [listed, told] if kind == "changed" else [told, listed]
    return "\n\n".join(filter(None, parts))


def _what(kind: str, differences: Mapping[str, str]) -> str:
    """What the title calls a change: the one thing that differs, where it is one thing."""
    return next(iter(differences)) if kind == "changed" and len(differences) == 1 else kind


def _own_calendar(context: Context, kind: str, language: Language) -> str:
    """What a reader does who put the meeting in a calendar; the feed follows by itself."""
    what = {"cancelled": "remove", "gone": "remove", "back": "restore"}.get(kind, "change")
    sentence = context.texts.get(language, f"reminder.calendar_{what}")
    feed = context.texts.get(language, "reminder.calendar_feed") if context.feed_url else ""
    return f"{sentence} {feed}".strip()


def _for_place(key: str, place: Place) -> str:
    """The key of a sentence to one member, or to all of a group or channel."""
    return key if place == Place.PERSONAL else f"{key}_shared"


def outdated(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> Card:
    """What is left of an earlier card once a correction is out: one line; the newer card says it all.

    The arguments are those of `correction`.
    """
    values = _values(context, meeting, language, announced)
    kind = _kind(meeting, announced)
    key = f"reminder.{'moved' if kind == 'time' else kind}_outdated"
    return Card(language=language, title=context.texts.get(language, key, **values), text="")


def _kind(meeting: Meeting | None, announced: datetime | None) -> str:
    """What became of a meeting that was announced."""
    if meeting is None:
        return "gone"
    if meeting.cancelled:
        return "cancelled"
    if announced is None:
        return "back"
    if announced == meeting.local:
        return "changed"
    return "time" if announced.date() == meeting.local.date() else "moved"


def _values(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> Mapping[str, str]:
    """What the texts of a correction may ask for."""
    return {
        "meeting": meeting_title(meeting, language) if meeting else "",
        "when": meeting_time(context, meeting, language) if meeting else "",
        "announced": moment(context, announced, language) if announced else "",
    }


def _differences(
    context: Context, meeting: Meeting, language: Language, shown: Shown
) -> Mapping[str, str]:
    """What is otherwise than was shown, a line each, with what it was."""
    now, texts = Shown.of(meeting), context.texts

    def line(what: str, before: str, after: str) -> str:
        unknown = texts.get(language, "reminder.unknown")
        values = {"what": texts.get(language, f"reminder.{what}"), "now": after or unknown}
        return texts.get(language, "reminder.was_now", before=before or unknown, **values)

    def length(minutes: int) -> str:
        return duration_words(context, timedelta(minutes=minutes), language)

    lines = {}
    if now.title != shown.title:
        # What it was called is kept in Dutch only.
        name = meeting_title(meeting, language)
        was_now = line("name", shown.title, name)
        now_only = texts.get(language, "reminder.name_now", now=name)
        lines["name"] = was_now if language == DEFAULT else now_only
    if now.location != shown.location:
        lines["place"] = line("place", shown.location, now.location)
    if now.url != shown.url:
        # The old link only leads astray.
        lines["link"] = texts.get(language, "reminder.link_is" if now.url else "reminder.link_gone")
    if now.minutes != shown.minutes:
        lines["length"] = line("length", length(shown.minutes), length(now.minutes))
    return lines
