"""What is due → rows in the outbox. The calendar keeps the dates, the outbox the memory."""

from datetime import datetime, timedelta

from bot.store.plans import Due, Plans
from bot.store.values import Announcement, Drop, Kind, Reason, Row, Send, State
from faq.meetings import LEAD_MAX, Calendar, Meeting


def announcement(meeting: Meeting | None) -> Announcement:
    """What is announced of a meeting now."""
    held = meeting is not None and not meeting.cancelled
    return Announcement(meeting.starts if held and meeting else None)


def plan(calendar: Calendar, plans: Plans, now: datetime) -> int:
    """Write a row for every reminder that is due, and for every correction that is owed; how many.

    A reminder is due from the meeting's local time minus the lead until the meeting starts, so a bot
    that slept catches up, and never after the start.
    """
    if not calendar.series:
        # No usable calendar is no reason to tell anybody that their meeting is off.
        return 0
    # Corrections first: who hears by one of the new moment needs no overdue reminder as well.
    written = sum(
        plans.corrections(occurrence, announcement(calendar.find(occurrence)), now)
        for occurrence in plans.occurrences()
    )
    chosen = plans.chosen_leads()
    for meeting in calendar.meetings(now, now + LEAD_MAX + timedelta(days=2)):
        if meeting.cancelled or meeting.starts <= now:
            continue
        usual = set(meeting.series.leads)
        due = [
            Due(int(lead.total_seconds()) // 60, new_moment(meeting), at, lead in usual)
            for lead in sorted({*usual, *chosen})
            if (at := calendar.due(meeting, lead)) <= now
        ]
        if due:
            written += plans.reminders(meeting.key, due, announcement(meeting), now)
    return written


def new_moment(meeting: Meeting) -> str:
    """The local start of a meeting that was moved, whose reminders go out anew; else empty."""
    return f"{meeting.local:%Y-%m-%dT%H:%M}" if meeting.moved else ""


def still_due(calendar: Calendar, row: Row, now: datetime) -> Send | Drop:
    """What a row has to say now, or why it has nothing to say any more."""
    meeting = calendar.find(row.occurrence)
    current, before = announcement(meeting), row.announced_before
    if row.kind is Kind.CORRECTION:
        if before in (None, current):
            return Drop(State.STOPPED, Reason.CHANGE_UNDONE)
        starts = (before.start if before else None, current.start)
        if all(start is None or start <= now for start in starts):
            return Drop(State.EXPIRED, Reason.MEETING_PAST)
        return Send(current)
    if meeting is None or meeting.cancelled or row.moment != new_moment(meeting):
        return Drop(State.STOPPED, Reason.MEETING_CHANGED)
    if meeting.starts <= now:
        return Drop(State.EXPIRED, Reason.MEETING_STARTED)
    return Send(current)
