"""The meetings as an iCalendar feed (RFC 5545): single events, the same UID for ever."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web
from icalendar import Calendar as Ics
from icalendar import Event, Timezone, vText

from faq.meetings import Calendar, Meeting

PAST = timedelta(days=90)
AHEAD = timedelta(days=500)
DOMAIN = "ladderbot.cop-co2-prestatieladder"
REFRESH = timedelta(hours=6)


def feed(calendar: Calendar, name: str, now: datetime, changed: datetime) -> bytes:
    """The feed: every meeting from three months back to sixteen months ahead.

    Single events, for parsers differ over recurring ones across a clock change (see docs/meetings.md).

    Args:
        calendar: the meetings.
        name: what calendar programs show.
        now: the moment, UTC.
        changed: when the files last changed, UTC: the DTSTAMP and LAST-MODIFIED of every event, so
            that the same files give the same bytes.
    """
    ics = Ics()
    ics.add("prodid", "-//Ladderbot//CoP CO2-Prestatieladder//NL")
    ics.add("version", "2.0")
    ics.add("calscale", "GREGORIAN")
    ics.add("x-wr-calname", name)
    ics.add("x-wr-timezone", calendar.timezone)
    ics.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # From a whole month, so that the bytes do not change with every look.
    first = datetime(now.year, now.month, 1, tzinfo=UTC) - PAST
    ics.add_component(
        Timezone.from_tzid(
            calendar.timezone, first_date=first.date(), last_date=(first + PAST + AHEAD).date()
        )
    )
    for meeting in calendar.meetings(first, first + PAST + AHEAD):
        ics.add_component(_event(calendar, meeting, changed))
    return bytes(ics.to_ical())


def _event(calendar: Calendar, meeting: Meeting, changed: datetime) -> Event:
    series = meeting.series
    event = Event()
    event.add("uid", f"{meeting.date.isoformat()}-{series.id}@{DOMAIN}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # A change is the one thing that can happen to an occurrence; being moved again is told apart by its time.
    event.add("sequence", sequence(meeting))
    event.add("dtstart", meeting.local.replace(tzinfo=calendar.zone))
    event.add("dtend", meeting.ends.astimezone(calendar.zone))
    event.add("summary", series.title.nl)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("location", vText(series.location))
    reason = meeting.change.reason.nl if meeting.change else ""
    description = "\n".join(part for part in (series.agenda.nl, reason, series.url) if part)
    if description:
        event.add("description", description)
    if series.url:
        event.add("url", series.url)
    return event


def sequence(meeting: Meeting) -> int:
    """Rises with every change of the file that moves or cancels a meeting later in time.

    Derived from what is told, so that nothing has to be remembered: 0 as planned; a move counts the
    days that it is away from its day; a cancellation is above every move.
    """
    if meeting.change is None:
        return 0
    if meeting.cancelled:
        return 1_000_000
    away = abs(
        (
            meeting.local - datetime.combine(meeting.date, meeting.series.starts.time())
        ).total_seconds()
    )
    return 1 + int(away // 60) % 900_000


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
