"""Series and meetings: which meetings follow from the organiser's file, and when a reminder of one is due.

Occurrences are computed in local wall-clock time first (RFC 5545, 3.3.10), the zone comes last: a
meeting at ten is at ten in summer and in winter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from faq.language import Text
from faq.meeting_change import Change
from faq.recurrence import rule_dates

FILE = "meetings.toml"
LEAD_MAX = timedelta(days=60)
LEADS_MAX = 5
_LEAD = re.compile(r"([1-9]\d{0,3})([dhm])\Z")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A meeting that recurs."""

    id: str
    title: Text
    starts: datetime
    """Local time of the first, without a zone."""
    duration: timedelta
    rule: str
    location: str
    url: str
    leads: tuple[timedelta, ...]
    agenda: Text
    changes: tuple[Change, ...]

    def dates(self) -> Iterator[datetime]:
        """Local time of every occurrence as the rule has it, changes left out."""
        return rule_dates(self.rule, self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One occurrence, changes taken in."""

    series: Series
    """With the details of this occurrence, where they differ."""
    date: date
    """The day that the rule gives it: its name for ever, also when it is moved."""
    local: datetime
    """When it starts on the clock on the wall, without a zone."""
    starts: datetime
    """UTC."""
    change: Change | None = None

    @property
    def key(self) -> str:
        """The same for ever: what the outbox and the calendar feed know it by."""
        return f"{self.series.id}/{self.date.isoformat()}"

    @property
    def ends(self) -> datetime:
        """UTC."""
        return self.starts + self.series.duration

    @property
    def cancelled(self) -> bool:
        """Whether it is not held at all."""
        return self.change is not None and self.change.cancelled

    @property
    def held(self) -> bool:
        """Whether it is held, on its day or on another."""
        return not self.cancelled

    @property
    def moved(self) -> bool:
        """Whether it is held at another time than the rule says."""
        return self.change is not None and self.change.moved_to is not None


@dataclass(frozen=True, slots=True)
class Calendar:
    """All series of meetings, in one time zone."""

    series: tuple[Series, ...]
    timezone: str = "Europe/Amsterdam"
    holidays: str = ""
    """The country whose public holidays `check` looks at."""

    @classmethod
    def empty(cls) -> "Calendar":
        """A calendar without meetings."""
        return cls(())

    @property
    def zone(self) -> ZoneInfo:
        """The zone of all times in the file."""
        return ZoneInfo(self.timezone)

    def utc(self, local: datetime) -> datetime:
        """A local time as UTC.

        In the hour that a clock change skips, the offset before it counts; of an hour that comes
        twice, the first is meant (RFC 5545, 3.3.5).
        """
        return local.replace(tzinfo=self.zone, fold=0).astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """A moment on the clock on the wall, without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def meetings(self, after: datetime, until: datetime) -> Iterator[Meeting]:
        """Meetings that end after `after` and start before `until` (both aware), the earliest first."""
        meetings = [
            meeting
            for series in self.series
            for meeting in self.of(series, self.local(until).date())
            if meeting.ends > after and meeting.starts < until
        ]
        return iter(sorted(meetings, key=lambda meeting: (meeting.starts, meeting.key)))

    def find(self, key: str) -> Meeting | None:
        """The meeting with this key, however it was changed; None where the rule has none."""
        id_, _, text = key.partition("/")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        for series in self.series:
            if series.id == id_:
                return next((m for m in self.of(series, day) if m.date == day), None)
        return None

    def due(self, meeting: Meeting, lead: timedelta) -> datetime:
        """When a reminder goes out (UTC).

        Days are days on the calendar: a week before a meeting at ten is at ten, whatever the clocks
        did in between. Hours and minutes are as long as they are.
        """
        if lead % timedelta(days=1):
            return meeting.starts - lead
        return min(self.utc(meeting.local - lead), meeting.starts)

    def of(self, series: Series, until: date) -> Iterator[Meeting]:
        """The meetings of a series that are held, or were planned, on a day up to `until`."""
        changes = {change.date: change for change in series.changes}
        # A later occurrence may have been moved to the front, so look past `until` while changes last.
        last = max([until, *changes])
        for local in series.dates():
            if local.date() > last:
                return
            change = changes.get(local.date())
            starts = self.utc((change.moved_to if change else None) or local)
            yield Meeting(
                series=replace(series, **change.details.values()) if change else series,
                date=local.date(),
                # What the clock on the wall shows, also where a clock change skips the hour.
                local=self.local(starts),
                starts=starts,
                change=change,
            )


def lead_of(text: str) -> timedelta | None:
    """`7d`, `1h` or `15m` as a duration; None for anything else."""
    match = _LEAD.match(text)
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None


def lead_minutes(lead: timedelta) -> int:
    """A duration in whole minutes."""
    return lead // timedelta(minutes=1)


def lead_text(lead: timedelta) -> str:
    """A duration as `7d`, `1h` or `15m`."""
    minutes = lead_minutes(lead)
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"
