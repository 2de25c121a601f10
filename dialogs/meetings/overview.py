"""Several meetings on one card, by month."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from dialogs.context import Context
from dialogs.format import add_to_calendar, meeting_title
from dialogs.meetings.phrases import hours_words
from faq.language import Language, Text
from faq.meetings import Meeting


def by_month(context: Context, meetings: Sequence[Meeting], language: Language) -> str:
    """The meetings under the names of their months; a day is a link that puts it in a calendar."""
    months = context.texts.get_list(language, "calendar.months")
    parts = []
    for (year, month), some in groupby(meetings, lambda m: (m.local.year, m.local.month)):
        lines = [f"- {_line(context, meeting, language)}" for meeting in some]
        parts.append("\n".join([f"**{months[month - 1].capitalize()} {year}**", *lines]))
    return "\n\n".join(parts)


def _line(context: Context, meeting: Meeting, language: Language) -> str:
    """One meeting: when it is, or that it is cancelled, and why."""
    day = _day(context, meeting.local, language)
    if meeting.held:
        # Without what it is about: two dozen long links would make the card too large to send.
        brief = replace(meeting, series=replace(meeting.series, agenda=Text("")))
        day = f"[{day}]({add_to_calendar(brief, language)})"
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return context.texts.get(
        language,
        f"meetings.line_{'cancelled' if meeting.cancelled else 'moved' if meeting.moved else 'held'}",
        day=day,
        planned=_day(context, meeting.date, language),
        hours=hours_words(context, meeting, language),
        # The name says nothing where there is one series.
        meeting=f", {meeting_title(meeting, language)}" if len(context.calendar.series) > 1 else "",
        because=f" ({reason})" if reason else "",
    )


def _day(context: Context, value: date, language: Language) -> str:
    """A day whose year is known: dinsdag 12 januari."""
    texts = context.texts
    return texts.get(
        language,
        "calendar.day_of_month",
        weekday=texts.get_list(language, "calendar.days")[value.weekday()],
        day=value.day,
        month=texts.get_list(language, "calendar.months")[value.month - 1],
    )
