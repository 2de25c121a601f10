"""The meetings as an iCalendar feed (RFC 5545): single events, the same UID for ever."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web
from icalendar import Calendar as Ics
from icalendar import Event, Timezone, vText

from bot.store.occurrences import Version
from faq.meetings import Calendar, Meeting

PAST = timedelta(days=90)
AHEAD = timedelta(days=500)
DOMAIN = "ladderbot.cop-co2-prestatieladder"
REFRESH = timedelta(hours=6)


def window(now: datetime) -> tuple[datetime, datetime]:
    """From when to when the feed shows meetings: whole months, so that the bytes change once a month at most."""
    first = datetime(now.year, now.month, 1, tzinfo=UTC) - PAST
    return first, first + PAST + AHEAD


def state_of(meeting: Meeting) -> str:
    """All that a calendar program would show of a meeting, in a form that can be compared."""
    told = _told(meeting)
    return hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()


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
    ics.add("prodid", "-//Ladderbot//CoP CO2-Prestatieladder//NL")
    ics.add("version", "2.0")
    ics.add("calscale", "GREGORIAN")
    ics.add("x-wr-calname", name)
    ics.add("x-wr-timezone", calendar.timezone)
    ics.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    first, last = window(now)
    ics.add_component(
        Timezone.from_tzid(calendar.timezone, first_date=first.date(), last_date=last.date())
    )
    for meeting in meetings:
        ics.add_component(_event(calendar, meeting, versions[meeting.key]))
    return bytes(ics.to_ical())


def _event(calendar: Calendar, meeting: Meeting, version: Version) -> Event:
    event = Event()
    event.add("uid", f"{meeting.date.isoformat()}-{meeting.series.id}@{DOMAIN}")
    event.add("dtstamp", version.changed)
    event.add("last-modified", version.changed)
    event.add("sequence", version.sequence)
    told = _told(meeting)
    event.add("dtstart", _local(calendar, meeting.starts))
    event.add("dtend", _local(calendar, meeting.ends))
    event.add("summary", told["summary"])
    event.add("status", told["status"])
    for name in ("location", "description", "url"):
        if told[name]:
            event.add(name, vText(told[name]) if name == "location" else told[name])
    return event


def _told(meeting: Meeting) -> dict[str, str]:
    series = meeting.series
    reason = meeting.change.reason.nl if meeting.change else ""
    return {
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "summary": series.title.nl,
        "status": "CANCELLED" if meeting.cancelled else "CONFIRMED",
        "location": series.location,
        "description": "\n".join(part for part in (series.agenda.nl, reason, series.url) if part),
        "url": series.url,
    }


def _local(calendar: Calendar, moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it; in the hour that comes twice as UTC, for there parsers differ."""
    local = moment.astimezone(calendar.zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment if twice else local


def respond(request: web.Request, body: bytes, changed: datetime) -> web.Response:
    """The feed as a response, or 304 where the caller has it already (RFC 9110, 13)."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    headers = {
        "ETag": f'"{tag}"',
        "Last-Modified": format_datetime(changed.replace(microsecond=0), usegmt=True),
        "Cache-Control": "max-age=900",
    }
    wanted = request.headers.get("If-None-Match", "")
    since = request.if_modified_since
    if (
        f'"{tag}"' in wanted
        or wanted == "*"
        or (not wanted and since and changed.replace(microsecond=0) <= since)
    ):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers, content_type="text/calendar", charset="utf-8")
