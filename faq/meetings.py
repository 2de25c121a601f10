"""Series and meetings: what `meetings.toml` must look like, and which meetings follow from it.

Occurrences are computed in local wall-clock time first (RFC 5545, 3.3.10), the zone comes last: a
meeting at ten is at ten in summer and in winter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from faq.errors import Problem
from faq.knowledge import Language, Reader, Text, toml

FILE = "meetings.toml"
OCCURRENCES_MAX = 20_000
"""Of one series: a rule without an end is looked at this far; daily, that is fifty years."""
LEAD_MAX = timedelta(days=60)
LOOK_AHEAD = timedelta(days=60)
"""Without a meeting in this time `check` warns."""
LOOKED_AT = 200
"""Occurrences of each series that are held against each other; the rest repeats."""
LEADS_MAX = 5

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LEAD = re.compile(r"([1-9]\d{0,3})([dhm])\Z")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Change:
    """How one occurrence differs."""

    date: date
    moved_to: datetime | None
    reason: Text

    @property
    def cancelled(self) -> bool:
        """Neither held on its day nor on another."""
        return self.moved_to is None


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
        return islice(iter(rrulestr(self.rule, dtstart=self.starts)), OCCURRENCES_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One occurrence, changes taken in."""

    series: Series
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
    def moved(self) -> bool:
        """Whether it is held at another time than the rule says."""
        return self.change is not None and not self.change.cancelled


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
        found = [
            meeting
            for series in self.series
            for meeting in self.of(series, self.local(until).date())
            if meeting.ends > after and meeting.starts < until
        ]
        return iter(sorted(found, key=lambda meeting: (meeting.starts, meeting.key)))

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
                series=series,
                date=local.date(),
                # What the clock on the wall shows, also where a clock change skips the hour.
                local=self.local(starts),
                starts=starts,
                change=change,
            )


def parse(raw: bytes) -> tuple[Calendar, list[Problem]]:
    """Read `meetings.toml`; every mistake is a problem, in Dutch."""
    problems: list[Problem] = []
    tables = toml(FILE, raw, problems)
    if not tables:
        return Calendar.empty(), problems
    read = Reader(tables, FILE, "", problems)
    calendar = Calendar((), _zone(read), _country(read))
    series: list[Series] = []
    for number, table in enumerate(read.take("series", list, "[[series]] …") or [], start=1):
        found = _series(table, number, problems)
        if found and any(found.id == other.id for other in series):
            what, mend = "dit id bestaat al.", "geef elke reeks een eigen id."
            problems.append(Problem(file=FILE, entry=found.id, field="id", what=what, mend=mend))
        if found:
            series.append(found)
    read.done()
    calendar = replace(calendar, series=tuple(series))
    problems += _across(calendar)
    return calendar, problems


def _zone(read: Reader) -> str:
    name = read.take("timezone", str, '"Europe/Amsterdam"') or "Europe/Amsterdam"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        read.problem(
            "timezone",
            f"de tijdzone {name!r} bestaat niet.",
            'schrijf: timezone = "Europe/Amsterdam"',
        )
        return "Europe/Amsterdam"
    return name


def _country(read: Reader) -> str:
    name = read.take("public_holidays", str, '"NL"', "") or ""
    if name and not public_holidays(name, 2027):
        read.problem(
            "public_holidays",
            f"van {name!r} kennen we geen feestdagen.",
            'schrijf: public_holidays = "NL"',
        )
        return ""
    return name


def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """The public holidays of a country in a year, in its own language; empty for an unknown country."""
    import holidays  # noqa: PLC0415 - 40 ms that only `check` needs

    try:
        # Its own language, whatever the language of the machine is.
        language = holidays.country_holidays(country).default_language
        return dict(holidays.country_holidays(country, years=[year], language=language))
    except NotImplementedError:
        return {}


def _series(table: object, number: int, problems: list[Problem]) -> Series | None:
    if not isinstance(table, dict):
        what, mend = f"reeks {number} is geen tabel.", "begin elke reeks met [[series]]."
        problems.append(Problem(file=FILE, what=what, mend=mend))
        return None
    read = Reader(table, FILE, str(table.get("id") or f"reeks {number}"), problems)
    id_ = read.take("id", str, '"cop-implementatie"') or ""
    if id_ and not _ID.match(id_):
        read.problem(
            "id", f"{id_!r} is geen goed id.", "gebruik kleine letters, cijfers en streepjes."
        )
    title = read.text("title", '{ nl = "…", en = "…" }')
    starts = _moment(read, "starts", read.take("starts", datetime, "2027-01-12T10:00:00"))
    minutes = read.take("duration_minutes", int, "90")
    minutes = 90 if minutes is None else minutes
    if not 0 < minutes <= 24 * 60:
        read.problem("duration_minutes", f"{minutes} minuten kan niet.", "kies 1 tot 1440.")
        minutes = 90
    rule = read.take("rrule", str, '"FREQ=MONTHLY;BYDAY=2TU"') or ""
    wrong = _wrong_rule(rule, starts) if rule and starts else ""
    if wrong:
        read.problem("rrule", wrong, 'schrijf bijvoorbeeld: rrule = "FREQ=MONTHLY;BYDAY=2TU"')
    location = read.take("location", str, '"Teams"') or ""
    url = read.take("url", str, '"https://teams.microsoft.com/l/…"', "") or ""
    if url and not url.startswith("https://"):
        read.problem("url", f"{url!r} is geen webadres.", "begin met https://.")
    leads = tuple(_leads(read))
    agenda = read.text("agenda", '{ nl = "…", en = "…" }') if "agenda" in table else Text("")
    changes = tuple(_changes(read, id_, problems))
    read.done()
    if not (id_ and title.nl and starts and rule) or wrong:
        return None
    return Series(
        id=id_,
        title=title,
        starts=starts,
        duration=timedelta(minutes=minutes),
        rule=rule,
        location=location,
        url=url,
        leads=leads,
        agenda=agenda,
        changes=changes,
    )


def _moment(read: Reader, key: str, value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is not None:
        read.problem(
            key, "hier hoort een tijd zonder zone.", f"schrijf: {key} = 2027-01-12T10:00:00"
        )
        return value.replace(tzinfo=None)
    return value


def _wrong_rule(rule: str, starts: datetime) -> str:
    upper = rule.upper()
    frequency = re.search(r"FREQ=(\w+)", upper)
    if not frequency or frequency[1] not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return "de regel moet met FREQ=DAILY, WEEKLY, MONTHLY of YEARLY beginnen."
    if "DTSTART" in upper or "\n" in rule:
        return "de regel mag alleen de herhaling bevatten; het begin staat bij starts."
    if re.search(r"UNTIL=\w+Z", upper):
        return "achter UNTIL hoort een plaatselijke tijd zonder Z, zoals UNTIL=20271231T235959."
    if re.search(r"INTERVAL=0+(;|$)", upper):
        return "INTERVAL=0 is geen herhaling."
    try:
        first = next(iter(rrulestr(rule, dtstart=starts)), None)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        return f"dit is geen herhaling volgens RFC 5545 ({error})."
    if first is None:
        return "deze regel levert geen enkele bijeenkomst op."
    if first != starts:
        return f"de eerste bijeenkomst valt dan op {first:%d-%m-%Y %H:%M}, maar starts zegt {starts:%d-%m-%Y %H:%M}."
    return ""


def lead_of(text: str) -> timedelta | None:
    """`7d`, `1h` or `15m` as a duration; None for anything else."""
    found = _LEAD.match(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def lead_text(lead: timedelta) -> str:
    """A duration as `7d`, `1h` or `15m`."""
    minutes = int(lead.total_seconds()) // 60
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _leads(read: Reader) -> Iterator[timedelta]:
    found = read.take("reminders", list, '["7d", "1d", "1h"]') or []
    seen: set[timedelta] = set()
    if len(found) > LEADS_MAX:
        read.problem(
            "reminders",
            f"er staan {len(found)} herinneringen.",
            f"houd er hooguit {LEADS_MAX} over.",
        )
    for value in found:
        lead = lead_of(value) if isinstance(value, str) else None
        if lead is None or lead > LEAD_MAX:
            read.problem(
                "reminders",
                f"{value!r} is geen tijd vooraf.",
                'schrijf bijvoorbeeld "7d", "1d", "1h" of "15m".',
            )
        elif lead in seen:
            read.problem("reminders", f"{value!r} staat er dubbel.", "laat haar één keer staan.")
        else:
            seen.add(lead)
            yield lead


def _changes(read: Reader, series: str, problems: list[Problem]) -> Iterator[Change]:
    for table in read.take("change", list, "[[series.change]] …", []) or []:
        if not isinstance(table, dict):
            read.problem(
                "change", "dit is geen tabel.", "begin elke wijziging met [[series.change]]."
            )
            continue
        day = table.get("date")
        inner = Reader(table, FILE, f"{series} {day or ''}".strip(), problems)
        when = inner.take("date", date, "2027-05-11")
        if isinstance(when, datetime):
            inner.problem("date", "hier hoort een dag zonder tijd.", "schrijf: date = 2027-05-11")
            when = when.date()
        moved = _moment(
            inner, "moved_to", _optional(inner, "moved_to", datetime, "2027-05-18T10:00:00")
        )
        cancelled = _optional(inner, "cancelled", bool, "true")
        reason = inner.text("reason", '{ nl = "…", en = "…" }') if "reason" in table else Text("")
        inner.done()
        if (moved is None) == (not cancelled):
            inner.problem(
                "moved_to",
                "zeg of de bijeenkomst is verplaatst of vervalt.",
                "schrijf moved_to = … of cancelled = true, niet allebei.",
            )
            continue
        if when is not None:
            yield Change(when, moved, reason)


def _optional(read: Reader, key: str, kind: type[Any], example: str) -> Any:
    """The value of a key that may be left out."""
    return read.take(key, kind, example) if read.has(key) else None


def _across(calendar: Calendar) -> Iterator[Problem]:
    """What only shows when the dates are worked out."""
    for series in calendar.series:
        yield from _days_twice(series)
        yield from _changes_nowhere(series)
    yield from _at_once(calendar)


def _days_twice(series: Series) -> Iterator[Problem]:
    """A meeting is known by its day, so a series has one a day."""
    dates = islice(series.dates(), LOOKED_AT)
    twice = next((b for a, b in pairwise(dates) if a.date() == b.date()), None)
    if twice:
        yield Problem(
            file=FILE,
            entry=series.id,
            field="rrule",
            what=f"deze regel geeft twee bijeenkomsten op {twice:%d-%m-%Y}.",
            mend="maak voor de tweede een eigen reeks.",
        )


def _changes_nowhere(series: Series) -> Iterator[Problem]:
    last = max((change.date for change in series.changes), default=date.min)
    dates = {local.date() for local in takewhile(lambda d: d.date() <= last, series.dates())}
    seen: set[date] = set()
    for change in series.changes:
        where = f"{series.id} {change.date.isoformat()}"
        if change.date not in dates:
            what = "op deze dag is er geen bijeenkomst, dus er valt niets te wijzigen."
            mend = "neem de dag uit de reeks, niet de nieuwe dag."
            yield Problem(file=FILE, entry=where, field="date", what=what, mend=mend)
        if change.date in seen:
            what = "voor deze dag staan er twee wijzigingen."
            yield Problem(
                file=FILE, entry=where, field="date", what=what, mend="laat er één staan."
            )
        seen.add(change.date)


def _at_once(calendar: Calendar) -> Iterator[Problem]:
    """A meeting that was moved onto another; two that meet by their rules are only a warning."""
    held: dict[datetime, Meeting] = {}
    for series in calendar.series:
        last = max(
            [change.moved_to.date() for change in series.changes if change.moved_to],
            default=date.min,
        )
        some = list(islice(series.dates(), LOOKED_AT))
        until = max([last, *(local.date() for local in some[-1:])])
        for meeting in calendar.of(series, until):
            if meeting.cancelled:
                continue
            other = held.setdefault(meeting.starts, meeting)
            if other is meeting:
                continue
            # The one that was moved is the one to mend.
            this, that = (other, meeting) if other.moved else (meeting, other)
            yield Problem(
                file=FILE,
                entry=this.key,
                field="moved_to" if this.moved else "starts",
                what=f"deze bijeenkomst valt samen met {that.key}.",
                mend="kies een ander moment.",
                warning=not this.moved,
            )


def ahead(calendar: Calendar, now: datetime) -> Iterator[Problem]:
    """Warnings about the coming year: public holidays, and no meeting for a long time."""
    coming = [m for m in calendar.meetings(now, now + timedelta(days=366)) if not m.cancelled]
    if calendar.series and not any(m.starts < now + LOOK_AHEAD for m in coming):
        what = f"er is geen bijeenkomst in de komende {LOOK_AHEAD.days} dagen."
        yield Problem(file=FILE, what=what, mend="kijk of de reeks nog loopt.", warning=True)
    if not calendar.holidays:
        return
    years = {m.local.year: public_holidays(calendar.holidays, m.local.year) for m in coming}
    for meeting in coming:
        name = years[meeting.local.year].get(meeting.local.date())
        if name:
            yield Problem(
                file=FILE,
                entry=meeting.key,
                what=f"{meeting.local:%d-%m-%Y} is een feestdag ({name}).",
                mend="verplaats de bijeenkomst met [[series.change]], of laat haar bewust staan.",
                warning=True,
            )


__all__ = [
    "Calendar",
    "Change",
    "Language",
    "Meeting",
    "Series",
    "ahead",
    "lead_of",
    "lead_text",
    "parse",
]
