"""Values in words, the same in every dialog: days, moments, meetings, leads, rows and buttons.

Every function takes what it shows before the language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from dialogs.card import Card, Choice, Link
from dialogs.context import Context
from faq.language import Language
from faq.meetings import Meeting, lead_minutes


def choices(context: Context, ids: Iterable[str], language: Language) -> tuple[Choice, ...]:
    """A row for each id, a button for each `@command`; it says what could have been typed."""
    titles = [(context.title(id_, language), not id_.startswith("@")) for id_ in ids]
    return tuple(Choice(title, title, row) for title, row in titles)


def counted(context: Context, card: Card) -> Card:
    """The card with a heading above its rows, and with how many there are for who hears it."""
    count = len(card.rows)
    if not count:
        return card
    key = "choose.one" if count == 1 else "choose.many"
    texts, language = context.texts, card.language
    prompt = card.prompt or texts.get(language, "choose.heading")
    return replace(card, prompt=prompt, counted=texts.get(language, key, count=count))


def text_card(context: Context, language: Language, key: str, choice_ids: Sequence[str]) -> Card:
    """The card of a text with a title, and its buttons."""
    return Card(
        language=language,
        title=context.texts.get(language, f"{key}.title"),
        text=context.texts.get(language, f"{key}.text"),
        choices=choices(context, choice_ids, language),
    )


def clock_title(context: Context, local: datetime, language: Language, *, today: date) -> str:
    """A moment that is near, as a title begins: Morgen om 10.00 uur; Dinsdag 8 december om 10.00 uur."""
    texts, days = context.texts, (local.date() - today).days
    start = clock_time(context, local, language)
    if days in (0, 1):
        return texts.get(language, ("calendar.today_at", "calendar.tomorrow_at")[days], start=start)
    words = near_moment(context, local, language)
    return words[:1].upper() + words[1:]


def near_moment(context: Context, local: datetime, language: Language) -> str:
    """A moment whose year is plain: dinsdag 8 december om 10.00 uur."""
    texts = context.texts
    return texts.get(
        language,
        "calendar.day_at",
        weekday=texts.get_list(language, "calendar.days")[local.weekday()],
        day=local.day,
        month=texts.get_list(language, "calendar.months")[local.month - 1],
        start=clock_time(context, local, language),
    )


def join_words(context: Context, words: Sequence[str], language: Language) -> str:
    """A list in words: een week, een dag en een uur."""
    if len(words) < 2:
        return "".join(words)
    last = f" {context.texts.get(language, 'calendar.and')} "
    return ", ".join(words[:-1]) + last + words[-1]


def day(context: Context, value: date, language: Language) -> str:
    """A date in words: 23 november 2026."""
    month = context.texts.get_list(language, "calendar.months")[value.month - 1]
    return context.texts.get(language, "calendar.date", day=value.day, month=month, year=value.year)


def moment(context: Context, local: datetime, language: Language) -> str:
    """A moment in words: dinsdag 8 december 2026 om 10.00 uur."""
    start = clock_time(context, local, language)
    day_words = weekday_day(context, local, language)
    return context.texts.get(language, "meetings.moment", day=day_words, start=start)


def clock_time(context: Context, local: datetime, language: Language) -> str:
    """A time on the clock: 10.00, and 10:00 in English."""
    values = {"hour": f"{local:%H}", "minute": f"{local:%M}"}
    return context.texts.get(language, "calendar.time", **values)


def weekday_day(context: Context, value: date, language: Language) -> str:
    """A date with its weekday: dinsdag 8 december 2026."""
    weekday = context.texts.get_list(language, "calendar.days")[value.weekday()]
    date_words = day(context, value, language)
    return context.texts.get(language, "calendar.weekday_date", weekday=weekday, date=date_words)


def lead_words(context: Context, lead: timedelta, language: Language) -> str:
    """A lead in words: een week, twee dagen."""
    minutes = lead_minutes(lead)
    for unit, size in (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes % size == 0:
            count = minutes // size
            return context.texts.get(
                language, f"leads.{unit}" if count == 1 else f"leads.{unit}s", count=count
            )
    raise AssertionError(minutes)


def meeting_title(meeting: Meeting, language: Language) -> str:
    """The name of a meeting."""
    return meeting.series.title.in_(language)


def meeting_time(
    context: Context, meeting: Meeting, language: Language, *, planned: bool = False
) -> str:
    """Day and time in words: dinsdag 8 december 2026, van 10.00 tot 11.30 uur.

    `planned`: as it was before a move.
    """
    starts = (
        datetime.combine(meeting.date, meeting.series.starts.time()) if planned else meeting.local
    )
    ends = context.calendar.local(context.calendar.utc(starts) + meeting.series.duration)
    texts = context.texts
    return texts.get(
        language,
        "meetings.when",
        day=weekday_day(context, starts, language),
        start=clock_time(context, starts, language),
        end=clock_time(context, ends, language),
    )


def meeting_line(context: Context, meeting: Meeting, language: Language) -> str:
    """A meeting on one line: when it is, or that it is cancelled, and why."""
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return context.texts.get(
        language,
        f"meetings.list_{'cancelled' if meeting.cancelled else 'moved' if meeting.moved else 'line'}",
        when=meeting_time(context, meeting, language),
        planned=meeting_time(context, meeting, language, planned=True),
        meeting=meeting_title(meeting, language),
        because=f" ({reason})" if reason else "",
    )


def meeting_reason(context: Context, meeting: Meeting, language: Language) -> str:
    """Why a meeting was changed, a sentence; empty where nobody wrote why."""
    reason = meeting.change.reason.in_(language) if meeting.change else ""
    return context.texts.get(language, "reminder.because", reason=reason) if reason else ""


def meeting_facts(
    context: Context, meeting: Meeting, language: Language
) -> tuple[tuple[str, str], ...]:
    """Where it is, and what it is about."""
    texts = context.texts
    facts = (
        (texts.get(language, "meetings.where"), meeting.series.location),
        (texts.get(language, "meetings.agenda"), meeting.series.agenda.in_(language)),
    )
    return tuple((name, value) for name, value in facts if value)


def meeting_links(
    context: Context, meeting: Meeting, language: Language, *, feed: bool = True
) -> tuple[Link, ...]:
    """To take part, to put it in a calendar, and, unless it is left out, the feed of all."""
    texts = context.texts
    links = []
    if meeting.series.url:
        links.append(Link(texts.get(language, "meetings.join"), meeting.series.url))
    links.append(Link(texts.get(language, "meetings.add"), add_to_calendar(meeting, language)))
    if feed and context.feed_url:
        links.append(Link(texts.get(language, "meetings.feed"), context.feed_url))
    return tuple(links)


def add_to_calendar(meeting: Meeting, language: Language) -> str:
    """Teams' link that opens a new meeting, filled in.

    https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-workflow
    """
    values = {
        "subject": meeting_title(meeting, language),
        "startTime": meeting.starts.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "endTime": meeting.ends.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "content": " ".join(
            filter(None, (meeting.series.agenda.in_(language), meeting.series.url))
        ),
    }
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items() if value)
    return f"https://teams.microsoft.com/l/meeting/new?{query}"
