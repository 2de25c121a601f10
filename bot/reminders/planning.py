"""What is due → rows in the outbox. The calendar keeps the dates, the outbox the memory."""

from datetime import datetime, timedelta

from bot.store.outbox import CHANGED, Drop, Row, Send
from bot.store.plans import Due, Plans
from faq.meetings import LEAD_MAX, Calendar, Meeting, lead_text

CALLED_OFF = "cancelled"


def announcement(meeting: Meeting | None) -> str:
    """What is told of a meeting now, in a form that can be compared later."""
    if meeting is None or meeting.cancelled:
        return CALLED_OFF
    return meeting.starts.isoformat()


def moment_of(told: str | None) -> datetime | None:
    """The start that was told; None where it was told that the meeting is off, or nothing was."""
    return datetime.fromisoformat(told) if told and told != CALLED_OFF else None


def plan(calendar: Calendar, plans: Plans, now: datetime) -> int:
    """Write a row for every reminder that is due, and for every correction that is owed; how many.

    A reminder is due from the meeting's local time minus the lead until the meeting starts, so a bot
    that slept catches up, and never after the start.
    """
    if not calendar.series:
        # No usable calendar is no reason to tell anybody that their meeting is off.
        return 0
    # Corrections first: who is told by one of the new moment needs no overdue reminder as well.
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
            Due(int(lead.total_seconds()) // 60, lead_key(meeting, lead), at, lead in usual)
            for lead in sorted({*usual, *chosen})
            if (at := calendar.due(meeting, lead)) <= now
        ]
        if due:
            written += plans.reminders(meeting.key, due, announcement(meeting), now)
    return written


def lead_key(meeting: Meeting, lead: timedelta) -> str:
    """How the row of a reminder is named: a meeting that was moved is announced anew for its new moment."""
    moment = f" {meeting.local:%Y-%m-%dT%H:%M}" if meeting.moved else ""
    return lead_text(lead) + moment


def still_due(calendar: Calendar, row: Row, now: datetime) -> Send | Drop:
    """What a row has to say now, or why it has nothing to say any more."""
    meeting = calendar.find(row.occurrence)
    told = announcement(meeting)
    if row.correction:
        if row.told_before in (None, told):
            return Drop("stopped", "what people were told is so again")
        moments = (moment_of(row.told_before), moment_of(told))
        if all(moment is None or moment <= now for moment in moments):
            return Drop("expired", "the meeting is past")
        return Send(told)
    if meeting is None or meeting.cancelled:
        return Drop("stopped", CHANGED)
    if row.lead.partition(" ")[2] != lead_key(meeting, timedelta()).partition(" ")[2]:
        return Drop("stopped", CHANGED)
    if meeting.starts <= now:
        return Drop("expired", "the meeting has started")
    return Send(told)
