"""What is due → rows in the outbox. The calendar keeps the dates, the outbox the memory."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import assert_never

from bot.reminders.holding import Holding
from bot.store.plans import Due, Plans
from bot.store.values import Announcement, Kind, NoLongerDue, Reason, Row, State, StillDue
from faq.meeting_shown import Shown
from faq.meetings import LEAD_MAX, Calendar, Meeting, Series, lead_minutes
from faq.reminders import Reminder, reminders

LONGEST_AHEAD = LEAD_MAX + timedelta(days=2)
"""How far ahead a meeting may be of which a reminder is due."""


def announcement(meeting: Meeting | None) -> Announcement:
    """What is announced of a meeting now."""
    if meeting is None or not meeting.held:
        return Announcement(None)
    return Announcement(meeting.starts, Shown.of(meeting).text)


def plan(calendar: Calendar, plans: Plans, now: datetime, holding: Holding | None = None) -> int:
    """Write a row for every reminder that is due, and for every correction that is owed; how many.

    A reminder is due from the meeting's local time minus the lead until the meeting starts, so a bot
    that slept catches up, and never after the start. Of what `holding` holds back nothing is written;
    a later beat asks again.
    """
    if not calendar.series:
        # No usable calendar is no reason to tell anybody that their meeting is off.
        return 0
    # Corrections first: who hears by one of the new moment needs no overdue reminder as well.
    written, held = _plan_corrections(calendar, plans, now, holding)
    coming = reminders(calendar, now, now + LONGEST_AHEAD, usual_and(plans.chosen_leads()))
    due = sorted((r for r in coming if r.due <= now), key=lambda r: r.meeting.key)
    for occurrence, of_meeting in groupby(due, key=lambda r: r.meeting.key):
        overdue = list(of_meeting)
        meeting, leads = overdue[0].meeting, [due_lead(reminder) for reminder in overdue]
        # A series that was renamed has the days of the one that is held: nobody is reminded twice.
        if meeting.date.isoformat() in held:
            continue
        told = announcement(meeting)
        if holding and holding.is_new(now):
            wanted = plans.wanted(occurrence, leads, told, now)
            if holding.holds(occurrence, meeting, wanted, now):
                continue
        written += plans.reminders(occurrence, leads, told, now)
    return written


def _plan_corrections(
    calendar: Calendar, plans: Plans, now: datetime, holding: Holding | None
) -> tuple[int, set[str]]:
    """Write a row for every correction that is owed; how many, and the days of the meetings that are held back."""
    written, held = 0, set()
    for occurrence in plans.occurrences():
        meeting = calendar.find(occurrence)
        told = announcement(meeting)
        owed = plans.owed(occurrence, told, now)
        if owed and holding and holding.holds(occurrence, meeting, owed, now):
            held.add(occurrence.partition("/")[2])
        elif owed:
            written += plans.corrections(occurrence, told, now)
    return written, held


def usual_and(chosen: Iterable[timedelta]) -> Callable[[Series], set[timedelta]]:
    """The leads at which somebody may want to hear of a series: its own, and those that somebody chose."""
    return lambda series: {*series.leads, *chosen}


def due_lead(reminder: Reminder) -> Due:
    """A reminder as the outbox plans it."""
    moment = new_moment(reminder.meeting)
    return Due(lead_minutes(reminder.lead), moment, reminder.due, reminder.usual)


def new_moment(meeting: Meeting) -> str:
    """The local start of a meeting that was moved, whose reminders go out anew; else empty."""
    return f"{meeting.local:%Y-%m-%dT%H:%M}" if meeting.moved else ""


def still_due(calendar: Calendar, row: Row, now: datetime) -> StillDue | NoLongerDue:
    """What a row has to say now, or why it has nothing to say any more."""
    meeting = calendar.find(row.occurrence)
    match row.kind:
        case Kind.REMINDER:
            return _reminder_still_due(row, meeting, now)
        case Kind.CORRECTION:
            return _correction_still_due(row, meeting, now)
        case _:
            assert_never(row.kind)


def worth_until(calendar: Calendar, row: Row) -> datetime:
    """Until when a row has something to say: what it announces, or corrects, has not begun."""
    meeting, before = calendar.find(row.occurrence), row.announced_before
    starts = (announcement(meeting).start, before.start if before else None)
    return max((start for start in starts if start), default=row.due)


def _correction_still_due(
    row: Row, meeting: Meeting | None, now: datetime
) -> StillDue | NoLongerDue:
    current, before = announcement(meeting), row.announced_before
    if before is None or before.same_as(current):
        return NoLongerDue(State.STOPPED, Reason.CHANGE_UNDONE)
    starts = (before.start if before else None, current.start)
    if all(start is None or start <= now for start in starts):
        return NoLongerDue(State.EXPIRED, Reason.MEETING_PAST, row.detail)
    return StillDue(current)


def _reminder_still_due(row: Row, meeting: Meeting | None, now: datetime) -> StillDue | NoLongerDue:
    if meeting is None or not meeting.held or row.moment != new_moment(meeting):
        return NoLongerDue(State.STOPPED, Reason.MEETING_CHANGED)
    if meeting.starts <= now:
        return NoLongerDue(State.EXPIRED, Reason.MEETING_STARTED, row.detail)
    return StillDue(announcement(meeting))
