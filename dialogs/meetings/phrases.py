"""What is said of the meetings in several answers: periods, durations and rhythms in words."""

from datetime import datetime, timedelta

from dialogs.context import Context
from dialogs.format import clock_time, day, join_words, meeting_time, meeting_title
from dialogs.meetings.period import Period
from faq.language import Language
from faq.meetings import Meeting, Series
from faq.rhythm import rhythm


def period_words(context: Context, period: Period, language: Language, relation: str = "in") -> str:
    """A period as a part of a sentence: in januari 2027, op 12 januari 2027, vanaf 1 januari 2027."""
    texts, first = context.texts, period.first
    return texts.get(
        language,
        f"meetings.period.{'since' if relation == 'since' else period.kind}",
        day=day(context, first, language),
        last=day(context, period.last, language),
        month=texts.get_list(language, "calendar.months")[first.month - 1],
        year=first.year,
    )


def duration_words(context: Context, duration: timedelta, language: Language) -> str:
    """How long a meeting takes: anderhalf uur, 45 minuten."""
    hours, minutes = divmod(duration // timedelta(minutes=1), 60)
    texts = context.texts
    if (hours, minutes) == (1, 30):
        return texts.get(language, "meetings.hour_and_half")
    parts = [
        texts.get(language, f"leads.{unit}" if count == 1 else f"leads.{unit}s", count=count)
        for unit, count in (("hour", hours), ("minute", minutes))
        if count
    ]
    return join_words(context, parts, language)


def rhythm_words(context: Context, series: Series, language: Language) -> str:
    """How often a series is held; that its days differ where its rule says no more simply."""
    texts, plain = context.texts, rhythm(series.rule)
    if plain is None:
        return texts.get(language, "meetings.rhythm.other")
    nth = texts.get_list(language, "meetings.rhythm.nth")
    return texts.get(
        language,
        f"meetings.rhythm.{plain.unit}{'' if plain.interval == 1 else 's'}",
        nth=nth[plain.nth] if plain.nth > 0 else nth[0],
        weekday=texts.get_list(language, "calendar.days")[plain.weekday],
        interval=plain.interval,
    )


def hours_words(context: Context, meeting: Meeting, language: Language) -> str:
    """From when to when a meeting is held: van 10.00 tot 11.30 uur."""
    return _hours(context, meeting.local, context.calendar.local(meeting.ends), language)


def _hours(context: Context, starts: datetime, ends: datetime, language: Language) -> str:
    return context.texts.get(
        language,
        "meetings.hours",
        start=clock_time(context, starts, language),
        end=clock_time(context, ends, language),
    )


def series_words(
    context: Context, series: Series, following: Meeting | None, language: Language
) -> str:
    """All that is known of a series in a few sentences; `following` is its next meeting that is held."""
    texts, key = context.texts, "line" if following else "last"
    sentences = texts.get(
        language,
        f"meetings.facts.{key}",
        often=rhythm_words(context, series, language),
        hours=_hours(context, series.starts, series.starts + series.duration, language),
        duration=duration_words(context, series.duration, language),
        place=series.location or texts.get(language, "meetings.facts.no_place"),
        when=meeting_time(context, following, language) if following else "",
    )
    several = len(context.calendar.series) > 1
    return f"**{series.title.in_(language)}.** {sentences}" if several else sentences


def changed_words(context: Context, meeting: Meeting, language: Language) -> str:
    """That a meeting was moved or is cancelled, and why where somebody wrote why."""
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    because = context.texts.get(language, "reminder.because", reason=reason) if reason else ""
    return context.texts.get(
        language,
        "meetings.cancelled" if meeting.cancelled else "meetings.moved",
        meeting=meeting_title(meeting, language),
        planned=meeting_time(context, meeting, language, planned=True),
        when=meeting_time(context, meeting, language),
        because=because,
    ).strip()
