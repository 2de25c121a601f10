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
        note=texts.get(language, "reminder.note"),
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
    """A meeting that was announced is moved, cancelled, held after all or otherwise: only what is true now.

    Args:
        context: what a dialog may read.
        meeting: as it is now; None where it is no longer in the calendar.
        language: the reader's.
        announced: the local start that was announced last; None where it was announced to be off.
        place: where it is read.
        shown: what else was shown of it; None where that was not kept.
    """
    context = context.here(place)
    texts, kind = context.texts, _kind(meeting, announced)
    values = _values(context, meeting, language, announced)
    card = Card(
        language=language,
        title=texts.get(language, f"reminder.{kind}_title", **values),
        text=texts.get(language, f"reminder.{kind}_text", **values),
        note=texts.get(language, "reminder.change_note"),
        choices=choices(context, ["@meetings", "@status", "@help", "@unsubscribe"], language),
    )
    return _held(context, card, meeting, shown) if meeting and meeting.held else card


def _held(context: Context, card: Card, meeting: Meeting, shown: Shown | None) -> Card:
    """The correction of a meeting that is held: what differs, where it is, and how to take part."""
    differences = _differences(context, meeting, card.language, shown) if shown else ""
    return replace(
        card,
        text=f"{card.text}\n\n{differences}".strip(),
        facts=meeting_facts(context, meeting, card.language),
        links=meeting_links(context, meeting, card.language, feed=False),
    )


def outdated(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> Card:
    """What is left of an earlier card once a correction is out: one line; the newer card says it all.

    The arguments are those of `correction`.
    """
    values = _values(context, meeting, language, announced)
    key = f"reminder.{_kind(meeting, announced)}_outdated"
    return Card(language=language, title=context.texts.get(language, key, **values), text="")


def _kind(meeting: Meeting | None, announced: datetime | None) -> str:
    """What became of a meeting that was announced."""
    if meeting is None:
        return "gone"
    if meeting.cancelled:
        return "cancelled"
    if announced is None:
        return "back"
    return "changed" if announced == meeting.local else "moved"


def _values(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> Mapping[str, str]:
    """What the texts of a correction may ask for."""
    return {
        "meeting": meeting_title(meeting, language) if meeting else "",
        "when": meeting_time(context, meeting, language) if meeting else "",
        "announced": moment(context, announced, language) if announced else "",
        "because": meeting_reason(context, meeting, language) if meeting else "",
    }


def _differences(context: Context, meeting: Meeting, language: Language, shown: Shown) -> str:
    """What is otherwise than was shown, a line each, with what it was."""
    now, texts = Shown.of(meeting), context.texts

    def line(what: str, after: str, before: str) -> str:
        key = f"reminder.{what}_is" if after else f"reminder.{what}_gone"
        was = f" {texts.get(language, 'reminder.was', before=before)}" if before else ""
        return "- " + texts.get(language, key, now=after, was=was)

    def length(minutes: int) -> str:
        return duration_words(context, timedelta(minutes=minutes), language)

    lines = []
    if now.title != shown.title:
        # What it was called is kept in Dutch only.
        before = shown.title if language == DEFAULT else ""
        lines.append(line("name", meeting_title(meeting, language), before))
    if now.location != shown.location:
        lines.append(line("place", now.location, shown.location))
    if now.url != shown.url:
        # The old link only leads astray.
        lines.append(line("link", now.url, ""))
    if now.minutes != shown.minutes:
        lines.append(line("length", length(now.minutes), length(shown.minutes)))
    return "\n".join(lines)
