"""The meetings: when and where the next one is, the next six, and how to put them in a calendar."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from dialogs.answer import choices
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.values import Card, Choice, Language, Link, Reply, Request
from faq.meetings import Meeting

LISTED = 6
YEAR = timedelta(days=366)
_MORE = re.compile(
    r"\b(alle|jaar|lijst|overzicht|all|year|list|(komende|volgende|coming|upcoming|next)\s+(\w+\s+)?(bijeenkomsten|meetings))\b",
    re.IGNORECASE,
)


def meetings(context: Context, request: Request) -> Reply:
    """Tell of the next meeting; of the next six when more is asked for."""
    message, language = request.message, request.language
    coming = list(context.calendar.meetings(message.at, message.at + YEAR))
    if not coming:
        card = _none(context, language)
    elif _MORE.search(message.text):
        card = _list(context, coming[:LISTED], language)
    else:
        card = _next(context, coming, language)
    return command_reply(context, request, card)


def _next(context: Context, coming: list[Meeting], language: Language) -> Card:
    texts = context.texts
    held = next((meeting for meeting in coming if not meeting.cancelled), None)
    skipped = [m for m in coming if m.cancelled and (held is None or m.starts < held.starts)]
    lines = [_change(context, meeting, language) for meeting in skipped]
    if held is None:
        text = "\n\n".join([*lines, texts.get(language, "meetings.no_other")])
        return Card(
            language=language,
            title=texts.get(language, "meetings.none_title"),
            text=text,
            choices=choices(context, language, ["@human", "@topics"]),
        )
    lines.append(texts.get(language, "meetings.next", when=when(context, held, language)))
    if held.moved:
        lines.append(_change(context, held, language))
    return Card(
        language=language,
        title=title(held, language),
        text="\n\n".join(lines),
        facts=facts(context, held, language),
        links=links(context, held, language),
        choices=(
            Choice(texts.get(language, "meetings.all"), texts.get(language, "meetings.all_says")),
            *choices(context, language, ["@subscribe"]),
        ),
    )


def _list(context: Context, coming: list[Meeting], language: Language) -> Card:
    texts = context.texts
    feed = (
        (Link(texts.get(language, "meetings.feed"), context.feed_url),) if context.feed_url else ()
    )
    return Card(
        language=language,
        title=texts.get(language, "meetings.list_title"),
        text="\n".join(f"- {line(context, meeting, language)}" for meeting in coming),
        links=feed,
        choices=choices(context, language, ["@meetings", "@subscribe"]),
    )


def line(context: Context, meeting: Meeting, language: Language) -> str:
    """A meeting on one line: when it is, or that it is cancelled, and why."""
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return context.texts.get(
        language,
        f"meetings.list_{'cancelled' if meeting.cancelled else 'moved' if meeting.moved else 'line'}",
        when=when(context, meeting, language),
        planned=when(context, meeting, language, planned=True),
        meeting=title(meeting, language),
        because=f" ({reason})" if reason else "",
    )


def _none(context: Context, language: Language) -> Card:
    return Card(
        language=language,
        title=context.texts.get(language, "meetings.none_title"),
        text=context.texts.get(language, "meetings.none_text"),
        choices=choices(context, language, ["@subscribe", "@human"]),
    )


def _change(context: Context, meeting: Meeting, language: Language) -> str:
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return context.texts.get(
        language,
        "meetings.is_cancelled" if meeting.cancelled else "meetings.is_moved",
        planned=when(context, meeting, language, planned=True),
        because=f" {context.texts.get(language, 'reminder.because', reason=reason)}"
        if reason
        else "",
    )


def title(meeting: Meeting, language: Language) -> str:
    """The name of a meeting."""
    return meeting.series.title.in_(language)


def when(context: Context, meeting: Meeting, language: Language, *, planned: bool = False) -> str:
    """Day and time in words: dinsdag 8 december 2026, 10:00-11:30 uur; `planned`: as it was before a move."""
    starts = (
        datetime.combine(meeting.date, meeting.series.starts.time()) if planned else meeting.local
    )
    ends = context.calendar.local(context.calendar.utc(starts) + meeting.series.duration)
    texts = context.texts
    return texts.get(
        language,
        "meetings.when",
        day=_day(context, starts, language),
        start=f"{starts:%H:%M}",
        end=f"{ends:%H:%M}",
    )


def moment(context: Context, local: datetime, language: Language) -> str:
    """A moment in words: dinsdag 8 december 2026, 10:00 uur."""
    day = _day(context, local, language)
    return context.texts.get(language, "meetings.moment", day=day, start=f"{local:%H:%M}")


def _day(context: Context, local: datetime, language: Language) -> str:
    texts = context.texts
    return texts.get(
        language,
        "meetings.day",
        weekday=texts.get_list(language, "calendar.days")[local.weekday()],
        day=local.day,
        month=texts.get_list(language, "calendar.months")[local.month - 1],
        year=local.year,
    )


def facts(context: Context, meeting: Meeting, language: Language) -> tuple[tuple[str, str], ...]:
    """Where it is, and what it is about."""
    texts = context.texts
    found = [(texts.get(language, "meetings.where"), meeting.series.location)]
    if meeting.series.agenda.nl:
        found.append((texts.get(language, "meetings.agenda"), meeting.series.agenda.in_(language)))
    return tuple((name, value) for name, value in found if value)


def links(context: Context, meeting: Meeting, language: Language) -> tuple[Link, ...]:
    """To take part, to put it in a calendar, and the feed of all."""
    texts = context.texts
    found = []
    if meeting.series.url:
        found.append(Link(texts.get(language, "meetings.join"), meeting.series.url))
    found.append(Link(texts.get(language, "meetings.add"), add_to_calendar(meeting, language)))
    if context.feed_url:
        found.append(Link(texts.get(language, "meetings.feed"), context.feed_url))
    return tuple(found)


def add_to_calendar(meeting: Meeting, language: Language) -> str:
    """Teams' link that opens a new meeting, filled in.

    https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-workflow
    """
    values = {
        "subject": title(meeting, language),
        "startTime": meeting.starts.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "endTime": meeting.ends.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "content": " ".join(
            filter(None, (meeting.series.agenda.in_(language), meeting.series.url))
        ),
    }
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items() if value)
    return f"https://teams.microsoft.com/l/meeting/new?{query}"
