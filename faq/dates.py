"""Problems that only show when a rule's dates are computed and compared."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice, pairwise, takewhile

from faq.errors import Problem
from faq.meetings import FILE, Calendar, Meeting, Series

LOOK_AHEAD = timedelta(days=60)
"""Without a meeting in this time `check` warns."""
LOOKED_AT = 200
"""Occurrences of each series that are compared; the rest repeats."""


def across(calendar: Calendar) -> Iterator[Problem]:
    """The problems between the dates of the series."""
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
        if change.date not in dates and change.date >= series.starts.date():
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
    if not public_holidays(calendar.holidays, now.year):
        yield Problem(
            file=FILE,
            what=f"van {calendar.holidays!r} kennen we geen feestdagen.",
            mend='schrijf: public_holidays = "NL"',
            warning=True,
        )
    years = {m.local.year: public_holidays(calendar.holidays, m.local.year) for m in coming}
    for meeting in coming:
        name = years[meeting.local.year].get(meeting.local.date())
        if name:
            yield Problem(
                file=FILE,
                entry=meeting.key,
                what=f"{meeting.local:%d-%m-%Y} is een feestdag ({name}).",
                mend=_instead(meeting, years),
                warning=True,
            )


def _instead(meeting: Meeting, years: Mapping[int, Mapping[date, str]]) -> str:
    """What an organiser may write for a meeting on a public holiday: a week later, where that is none."""
    later = meeting.local + timedelta(days=7)
    while later.date() in years.get(later.year, {}):
        later += timedelta(days=7)
    moved = f"moved_to = {later.isoformat()}"
    if meeting.change:
        return f"laat haar bewust staan, of verander haar wijziging: {moved}"
    return (
        f"laat haar bewust staan, of zet onder de reeks: [[series.change]], date = {meeting.date}, "
        f"en {moved} of cancelled = true"
    )


def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """The public holidays of a country in a year, in its own language; empty for an unknown country."""
    import holidays  # noqa: PLC0415 - its 300 modules are needed by `check` only

    try:
        # Its own language, whatever the language of the machine is.
        language = holidays.country_holidays(country).default_language
        return dict(holidays.country_holidays(country, years=[year], language=language))
    except NotImplementedError:
        return {}
