"""Which reminders of the meetings go out when, whoever wants to hear of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from faq.meetings import Calendar, Meeting, Series


@dataclass(frozen=True, slots=True)
class Reminder:
    """One lead of one meeting."""

    due: datetime
    """UTC."""
    meeting: Meeting
    lead: timedelta

    @property
    def usual(self) -> bool:
        """Whether it is a lead of the series, for who chose none."""
        return self.lead in self.meeting.series.leads


def reminders(
    calendar: Calendar,
    after: datetime,
    until: datetime,
    leads: Callable[[Series], Iterable[timedelta]],
) -> list[Reminder]:
    """Every reminder of the meetings that are held and start after `after`, before `until`; the first due first.

    Args:
        calendar: all meetings.
        after: a moment, UTC; a reminder may be due before it.
        until: a moment, UTC.
        leads: how long before a meeting of a series a reminder goes out.
    """
    coming = [
        Reminder(calendar.due(meeting, lead), meeting, lead)
        for meeting in calendar.meetings(after, until)
        if meeting.held and meeting.starts > after
        for lead in set(leads(meeting.series))
    ]
    return sorted(coming, key=lambda reminder: (reminder.due, reminder.meeting.key))
