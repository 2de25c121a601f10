"""What can be in `meetings.toml` and is most likely not meant: warnings of `check`, in Dutch."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise, takewhile

from faq.errors import Problem
from faq.meeting_change import Change
from faq.meetings import FILE, Calendar, Series

FAR = timedelta(days=92)
"""A meeting that is moved further from its day is rather a wrong year than a move."""
COMING = timedelta(days=366)


def unlikely(calendar: Calendar, now: datetime) -> Iterator[Problem]:
    """Warnings about what a slip of the pen leaves behind: no reminders, odd moments, skipped months."""
    local = calendar.local(now)
    for series in calendar.series:
        if not series.leads:
            yield _warning(
                series.id,
                "reminders",
                "voor deze reeks gaan geen herinneringen uit.",
                'schrijf bijvoorbeeld: reminders = ["7d", "1d", "1h"].',
            )
        yield from _skipped(series)
        yield from _over(series)
        yield from _moved(series, local)
        yield from _clock_changes(calendar, series, local)


def _skipped(series: Series) -> Iterator[Problem]:
    """Monthly, on a day that not every month has."""
    rule = series.rule.upper()
    if "FREQ=MONTHLY" not in rule or "BYMONTH=" in rule:
        return
    interval = int((re.search(r"INTERVAL=(\d+)", rule) or ["", "1"])[1])
    dates = takewhile(lambda d: d < series.starts + 4 * COMING, series.dates())
    months = [day.year * 12 + day.month - 1 for day in dates]
    gap = next((a + interval for a, b in pairwise(months) if b - a > interval), None)
    if gap is not None:
        yield _warning(
            series.id,
            "rrule",
            f"deze regel slaat maanden over, zoals {gap % 12 + 1:02}-{gap // 12}: die dag is er dan niet.",
            "tel van achteren: BYDAY=-1TU is de laatste dinsdag, BYMONTHDAY=-1 de laatste dag.",
        )


def _over(series: Series) -> Iterator[Problem]:
    for change in series.changes:
        if change.date < series.starts.date():
            yield _warning(
                _name(series, change),
                "date",
                "deze dag ligt voor de eerste keer (starts), dus deze wijziging doet niets meer.",
                "haal haar weg.",
            )


def _moved(series: Series, local: datetime) -> Iterator[Problem]:
    """Moved to where nobody can come, or so far that the year is most likely wrong."""
    for change in series.changes:
        moved = change.moved_to
        if moved is None:
            continue
        if moved <= local and change.date >= local.date():
            what = f"zij is verplaatst naar {moved:%d-%m-%Y}, en die dag is al geweest."
        elif abs(moved.date() - change.date) > FAR:
            what = f"zij is meer dan drie maanden verplaatst, naar {moved:%d-%m-%Y}."
        else:
            continue
        yield _warning(_name(series, change), "moved_to", what, "kijk of het jaar klopt.")


def _clock_changes(calendar: Calendar, series: Series, local: datetime) -> Iterator[Problem]:
    """In the hour that a clock change skips, or repeats."""
    changes = {change.date: change for change in series.changes}
    for planned in takewhile(lambda day: day < local + COMING, series.dates()):
        change = changes.get(planned.date())
        if change and change.cancelled:
            continue
        wanted = (change.moved_to if change else None) or planned
        if wanted < local:
            continue
        real = calendar.local(calendar.utc(wanted))
        first, second = (wanted.replace(tzinfo=calendar.zone, fold=f).utcoffset() for f in (0, 1))
        if real != wanted:
            what = f"{wanted:%H:%M} is er niet op {wanted:%d-%m-%Y}: de klok gaat vooruit. Het wordt {real:%H:%M}."
        elif first != second:
            what = f"{wanted:%H:%M} komt op {wanted:%d-%m-%Y} twee keer: de klok gaat terug. Het wordt de eerste."
        else:
            continue
        field = "moved_to" if change and change.moved_to else "starts"
        name = _name(series, change) if change else series.id
        yield _warning(name, field, what, "kies een ander uur.")


def vanished(before: Calendar, calendar: Calendar, now: datetime) -> Iterator[Problem]:
    """Meetings to come that the last good files had, and that these do not have: an id or a first day changed."""
    for series in before.series:
        until = calendar.local(now + COMING).date()
        gone = [
            meeting
            for meeting in before.of(series, until)
            if meeting.starts > now and meeting.held and calendar.find(meeting.key) is None
        ]
        if gone:
            days = ", ".join(f"{meeting.local:%d-%m-%Y}" for meeting in gone[:3])
            more = f" en nog {len(gone) - 3}" if len(gone) > 3 else ""
            yield _warning(
                series.id,
                "",
                f"bijeenkomsten van deze reeks staan er niet meer in: {days}{more}.",
                "verander id en starts niet; vervalt er een, schrijf dan cancelled = true. "
                "Is het zo bedoeld? Wie er al van hoorde, krijgt bericht na: python app.py confirm",
            )


def _name(series: Series, change: Change) -> str:
    return f"{series.id} {change.date.isoformat()}"


def _warning(entry: str, field: str, what: str, mend: str) -> Problem:
    return Problem(file=FILE, entry=entry, field=field, what=what, mend=mend, warning=True)
