"""The meetings: when and where the next one is, the next six, and how to put them in a calendar."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from dialogs.answer import choices
from dialogs.command import told
from dialogs.context import House
from dialogs.values import Card, Choice, Known, Language, Link, Message, Reply
from faq.meetings import Meeting

LISTED = 6
YEAR = timedelta(days=366)
_MORE = re.compile(
    r"\b(alle|jaar|lijst|overzicht|all|year|list|(komende|volgende|coming|upcoming|next)\s+(\w+\s+)?(bijeenkomsten|meetings))\b",
    re.IGNORECASE,
)


def meetings(house: House, message: Message, known: Known, language: Language) -> Reply:
    """Tell of the next meeting; of the next six when more is asked for."""
    coming = list(house.calendar.meetings(message.at, message.at + YEAR))
    if not coming:
        card = _none(house, language)
    elif _MORE.search(message.text):
        card = _list(house, coming[:LISTED], language)
    else:
        card = _next(house, coming, language)
    return told(house, card, "meetings", message=message, known=known)


def _next(house: House, coming: list[Meeting], language: Language) -> Card:
    words = house.words
    held = next((meeting for meeting in coming if not meeting.cancelled), None)
    skipped = [m for m in coming if m.cancelled and (held is None or m.starts < held.starts)]
    lines = [_change(house, meeting, language) for meeting in skipped]
    if held is None:
        text = "\n\n".join([*lines, words.say(language, "meetings.no_other")])
        return Card(
            language=language,
            title=words.say(language, "meetings.none_title"),
            text=text,
            choices=choices(house, language, ["@human", "@topics"]),
        )
    lines.append(words.say(language, "meetings.next", when=when(house, held, language)))
    if held.moved:
        lines.append(_change(house, held, language))
    return Card(
        language=language,
        title=title(held, language),
        text="\n\n".join(lines),
        facts=facts(house, held, language),
        links=links(house, held, language),
        choices=(
            Choice(words.say(language, "meetings.all"), words.say(language, "meetings.all_says")),
            *choices(house, language, ["@subscribe"]),
        ),
    )


def _list(house: House, coming: list[Meeting], language: Language) -> Card:
    words = house.words
    feed = (Link(words.say(language, "meetings.feed"), house.feed_url),) if house.feed_url else ()
    return Card(
        language=language,
        title=words.say(language, "meetings.list_title"),
        text="\n".join(f"- {line(house, meeting, language)}" for meeting in coming),
        links=feed,
        choices=choices(house, language, ["@meetings", "@subscribe"]),
    )


def line(house: House, meeting: Meeting, language: Language) -> str:
    """A meeting on one line: when it is, or that it is cancelled, and why."""
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return house.words.say(
        language,
        f"meetings.list_{'cancelled' if meeting.cancelled else 'moved' if meeting.moved else 'line'}",
        when=when(house, meeting, language),
        planned=when(house, meeting, language, planned=True),
        meeting=title(meeting, language),
        because=f" ({reason})" if reason else "",
    )


def _none(house: House, language: Language) -> Card:
    return Card(
        language=language,
        title=house.words.say(language, "meetings.none_title"),
        text=house.words.say(language, "meetings.none_text"),
        choices=choices(house, language, ["@subscribe", "@human"]),
    )


def _change(house: House, meeting: Meeting, language: Language) -> str:
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return house.words.say(
        language,
        "meetings.is_cancelled" if meeting.cancelled else "meetings.is_moved",
        planned=when(house, meeting, language, planned=True),
        because=f" {house.words.say(language, 'reminder.because', reason=reason)}"
        if reason
        else "",
    )


def title(meeting: Meeting, language: Language) -> str:
    """The name of a meeting."""
    return meeting.series.title.in_(language)


def when(house: House, meeting: Meeting, language: Language, *, planned: bool = False) -> str:
    """Day and time in words: dinsdag 8 december 2026, 10:00-11:30 uur; `planned`: as it was before a move."""
    starts = (
        datetime.combine(meeting.date, meeting.series.starts.time()) if planned else meeting.local
    )
    ends = house.calendar.local(house.calendar.utc(starts) + meeting.series.duration)
    words = house.words
    return words.say(
        language,
        "meetings.when",
        day=_day(house, starts, language),
        start=f"{starts:%H:%M}",
        end=f"{ends:%H:%M}",
    )


def moment(house: House, local: datetime, language: Language) -> str:
    """A moment in words: dinsdag 8 december 2026, 10:00 uur."""
    day = _day(house, local, language)
    return house.words.say(language, "meetings.moment", day=day, start=f"{local:%H:%M}")


def _day(house: House, local: datetime, language: Language) -> str:
    words = house.words
    return words.say(
        language,
        "meetings.day",
        weekday=words.listed(language, "calendar.days")[local.weekday()],
        day=local.day,
        month=words.listed(language, "calendar.months")[local.month - 1],
        year=local.year,
    )


def facts(house: House, meeting: Meeting, language: Language) -> tuple[tuple[str, str], ...]:
    """Where it is, and what it is about."""
    words = house.words
    found = [(words.say(language, "meetings.where"), meeting.series.location)]
    if meeting.series.agenda.nl:
        found.append((words.say(language, "meetings.agenda"), meeting.series.agenda.in_(language)))
    return tuple((name, value) for name, value in found if value)


def links(house: House, meeting: Meeting, language: Language) -> tuple[Link, ...]:
    """To take part, to put it in a calendar, and the feed of all."""
    words = house.words
    found = []
    if meeting.series.url:
        found.append(Link(words.say(language, "meetings.join"), meeting.series.url))
    found.append(Link(words.say(language, "meetings.add"), add_to_calendar(meeting, language)))
    if house.feed_url:
        found.append(Link(words.say(language, "meetings.feed"), house.feed_url))
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
