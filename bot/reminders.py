"""What is due → rows in the outbox. The calendar keeps the dates, the outbox the memory."""

from datetime import datetime, timedelta

from bot.store.outbox import Outbox
from faq.meetings import Calendar, Meeting, lead_text

LONGEST_LEAD = timedelta(days=60)


def told_of(meeting: Meeting | None) -> str:
    """What is told of a meeting now, in a form that can be compared later."""
    if meeting is None or meeting.cancelled:
        return "cancelled"
    return meeting.starts.isoformat()


def plan(calendar: Calendar, outbox: Outbox, now: datetime) -> int:
    """Write a row for every reminder that is due, and for every correction that is owed.

    A reminder is due from the meeting's local time minus the lead until the meeting starts, so a bot
    that slept catches up, and never after the start.
    """
    written = 0
    chosen = outbox.chosen_leads()
    for meeting in calendar.meetings(now, now + LONGEST_LEAD + timedelta(days=2)):
        if meeting.cancelled or meeting.starts <= now:
            continue
        leads = sorted({*meeting.series.leads, *chosen})
        due = [
            (lead, lead_text(lead), at)
            for lead in leads
            if (at := calendar.due(meeting, lead)) <= now
        ]
        if due:
            written += outbox.plan(meeting.key, due, meeting.series.leads, now)
    _correct(calendar, outbox, now)
    return written


def _correct(calendar: Calendar, outbox: Outbox, now: datetime) -> None:
    """Owe a correction to exactly those who were told what is no longer so, while it still matters."""
    for occurrence in outbox.told_occurrences():
        meeting = calendar.find(occurrence)
        current = told_of(meeting)
        for told in outbox.told(occurrence):
            if told.told == current:
                continue
            moments = [
                datetime.fromisoformat(moment)
                for moment in (told.told, current)
                if moment != "cancelled"
            ]
            if any(moment > now for moment in moments):
                outbox.plan_correction(occurrence, told, now)
