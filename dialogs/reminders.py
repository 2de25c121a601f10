"""What goes out by itself: the reminder of a meeting, and the correction of one."""

from datetime import datetime, timedelta

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
from dialogs.meetings.phrases import duration_words
from faq.language import DEFAULT, Language
from faq.meeting_shown import Shown
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
    context: Context,
    meeting: Meeting | None,
    language: Language,
    announced: datetime | None,
    shown: Shown | None = None,
) -> Card:
    """A meeting that was announced is moved, cancelled, held after all or otherwise: only what is true now.

    Args:
        context: what a dialog may read.
        meeting: as it is now; None where it is no longer in the calendar.
        language: the reader's.
        announced: the local start that was announced last; None where it was announced to be off.
        shown: what else was shown of it; None where that was not kept.
    """
    held = meeting if meeting and meeting.held else None
    title, text = _what_is_true(context, meeting, language, announced)
    if held and shown:
        text = f"{text}\n\n{_differences(context, held, language, shown)}".strip()
    return Card(
        language=language,
        title=title,
        text=text,
        facts=meeting_facts(context, held, language) if held else (),
        links=meeting_links(context, held, language) if held else (),
        note=context.texts.get(language, "reminder.change_note"),
        choices=choices(context, ["@meetings", "@unsubscribe", "@help"], language),
    )


def _what_is_true(
    context: Context, meeting: Meeting | None, language: Language, announced: datetime | None
) -> tuple[str, str]:
    """The title and the text of a correction."""
    texts, kind = context.texts, _kind(meeting, announced)
    values = {"announced": moment(context, announced, language) if announced else ""}
    if meeting:
        values["meeting"] = meeting_title(meeting, language)
        values["when"] = meeting_time(context, meeting, language)
        values["because"] = meeting_reason(context, meeting, language)
    title, text = (texts.get(language, f"reminder.{kind}_{part}", **values) for part in ("title", "text"))  # fmt: skip
    return title, text


def _kind(meeting: Meeting | None, announced: datetime | None) -> str:
    """What became of a meeting that was announced."""
    if meeting is None:
        return "gone"
    if meeting.cancelled:
        return "cancelled"
    if announced is None:
        return "back"
    return "changed" if announced == meeting.local else "moved"


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
