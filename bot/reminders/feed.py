"""The meetings as an iCalendar feed (RFC 5545): single events, the same UID for ever."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar as Ics
from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from bot.clock import Clock
from bot.page import Page
from bot.reminders.threads import InThread
from bot.store.occurrences import Occurrences, Version
from dialogs.context import Context
from faq.meetings import Calendar, Meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
PAST = timedelta(days=90)
AHEAD = timedelta(days=500)
DOMAIN = "ladderbot.cop-co2-prestatieladder"
CANCELLED = "Vervalt: "
"""Before the name of a cancelled meeting: many calendars do not show that it is."""
REFRESH = timedelta(hours=6)
"""Told twice: Outlook knows X-PUBLISHED-TTL only."""


def window(now: datetime) -> tuple[datetime, datetime]:
    """From when to when the feed shows meetings: whole months, so that the bytes change once a month at most."""
    first = datetime(now.year, now.month, 1, tzinfo=UTC) - PAST
    return first, first + PAST + AHEAD


def meeting_hash(meeting: Meeting) -> str:
    """All that a calendar program would show of a meeting, in a form that can be compared."""
    shown = _shown(meeting)
    return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()


def feed(
    calendar: Calendar,
    meetings: Iterable[Meeting],
    versions: Mapping[str, Version],
    name: str,
    now: datetime,
) -> bytes:
    """The feed of these meetings.

    Single events, for parsers differ over recurring ones across a clock change (docs/meetings.md).

    Args:
        calendar: where the meetings come from.
        meetings: what to show.
        versions: for each meeting's key how often it changed, and when it did last.
        name: what calendar programs show.
        now: the moment, UTC.
    """
    ics = Ics()
    ics.add("prodid", "-//Ladderbot//bijeenkomsten//NL")
    ics.add("version", "2.0")
    ics.add("calscale", "GREGORIAN")
    ics.add("x-wr-calname", name)
    ics.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    ics.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    first, last = window(now)
    ics.add_component(_zone(calendar.zone, first, last))
    for meeting in meetings:
        ics.add_component(_event(calendar, meeting, versions[meeting.key]))
    return bytes(ics.to_ical())


def _zone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The zone's clock changes, each spelt out: parsers differ over rules and over dates gathered in RDATE."""
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    before = first.astimezone(zone).utcoffset()
    for onset in (first, *_onsets(zone, first, last)):
        local = onset.astimezone(zone)
        part = TimezoneDaylight() if local.dst() else TimezoneStandard()
        # In the time that was before (RFC 5545, 3.6.5).
        part.add("dtstart", (onset + (before or timedelta())).replace(tzinfo=None))
        part.add("tzname", local.tzname())
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", local.utcoffset())
        timezone.add_component(part)
        before = local.utcoffset()
    return timezone


def _onsets(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Every moment, to the minute, at which the clock of a zone changes."""
    step = timedelta(days=1)
    while first < last:
        low, high = first, first + step
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        first += step


def _event(calendar: Calendar, meeting: Meeting, version: Version) -> Event:
    event = Event()
    event.add("uid", f"{meeting.date.isoformat()}-{meeting.series.id}@{DOMAIN}")
    event.add("dtstamp", version.changed)
    event.add("last-modified", version.changed)
    event.add("sequence", version.sequence)
    shown = _shown(meeting)
    starts, ends = (moment.astimezone(calendar.zone) for moment in (meeting.starts, meeting.ends))
    if _twice(starts) or _twice(ends):
        # Of an hour that comes twice parsers take now the first, now the second; UTC they all know.
        starts, ends = meeting.starts, meeting.ends
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", shown["summary"])
    event.add("status", shown["status"])
    if meeting.cancelled:
        # Outlook shows a cancelled event of a subscription as if it were held: its time is free.
        event.add("transp", "TRANSPARENT")
    for name in ("location", "description", "url"):
        if shown[name]:
            event.add(name, vText(shown[name]) if name == "location" else shown[name])
    return event


def _shown(meeting: Meeting) -> dict[str, str]:
    series = meeting.series
    reason = meeting.change.reason.nl if meeting.change else ""
    return {
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "summary": f"{CANCELLED}{series.title.nl}" if meeting.cancelled else series.title.nl,
        "status": "CANCELLED" if meeting.cancelled else "CONFIRMED",
        "location": series.location,
        "description": "\n".join(part for part in (series.agenda.nl, reason, series.url) if part),
        "url": series.url,
    }


def _twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


class Feed:
    """The page `/bijeenkomsten.ics`."""

    def __init__(
        self,
        occurrences: Occurrences,
        name: str,
        context: Callable[[], Context],
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """`name` is what calendar programs show; touch the store only inside `in_thread`."""
        self._occurrences, self._name = occurrences, name
        self._context, self._clock, self._in_thread = context, clock, in_thread
        self._built: tuple[Calendar, tuple[datetime, datetime], Page] | None = None

    async def page(self) -> Page | None:
        """The feed as the calendar is now; None where there is no calendar to show.

        Built once for a calendar and a month, and never on the event loop: whoever asks often costs little.
        """
        calendar, now = self._context().calendar, self._clock()
        if not calendar.series:
            # An empty feed would clear people's calendars.
            return None
        built = self._built
        if built is not None and built[0] is calendar and built[1] == window(now):
            return built[2]
        meetings, hashes = await asyncio.to_thread(_looked_up, calendar, now)
        versions = await self._in_thread(lambda: self._occurrences.versions(hashes, now))
        body = await asyncio.to_thread(feed, calendar, meetings, versions, self._name, now)
        changed = max((version.changed for version in versions.values()), default=now)
        page = Page(body, CONTENT_TYPE, changed)
        self._built = (calendar, window(now), page)
        return page


def _looked_up(calendar: Calendar, now: datetime) -> tuple[list[Meeting], dict[str, str]]:
    """The meetings to show, and the hash of each by its key."""
    meetings = list(calendar.meetings(*window(now)))
    return meetings, {meeting.key: meeting_hash(meeting) for meeting in meetings}
