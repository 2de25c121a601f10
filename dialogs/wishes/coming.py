"""Which reminders go out next, and which meeting comes without one: said after every change of them."""

from datetime import datetime, timedelta

from dialogs.context import Context
from dialogs.format import moment, weekday_day
from dialogs.values import Subscription
from faq.language import Language
from faq.reminders import Reminder, reminders

AHEAD = timedelta(days=400)
SOON = timedelta(days=62)
"""How near a meeting is of which it is said that it comes without a reminder."""


def sends(
    context: Context, subscription: Subscription, now: datetime, count: int | None
) -> list[Reminder]:
    """The next reminders that go out to a subscription, the nearest first; None: all of a year."""
    leads = subscription.leads
    coming = reminders(context.calendar, now, now + AHEAD, lambda series: leads or series.leads)
    return [
        reminder
        for reminder in coming
        if now < reminder.due < reminder.meeting.starts and not subscription.paused_at(reminder.due)
    ][:count]


def next_sentence(
    context: Context, subscription: Subscription, now: datetime, language: Language
) -> str:
    """When the next reminder comes, and for which meeting; empty where none comes."""
    for reminder in sends(context, subscription, now, 1):
        return context.texts.get(
            language,
            "questions.next",
            when=moment(context, context.calendar.local(reminder.due), language),
            meeting=weekday_day(context, reminder.meeting.local, language),
        )
    return ""


def none_any_more(
    context: Context, subscription: Subscription, now: datetime, language: Language
) -> str:
    """That the next meeting comes without a reminder, and why; empty where one comes, or the meeting is far."""
    coming = context.calendar.meetings(now, now + SOON)
    meeting = next((m for m in coming if m.held and m.starts > now), None)
    if meeting is None:
        return ""
    leads = subscription.leads or meeting.series.leads
    dues = [context.calendar.due(meeting, lead) for lead in leads]
    left = [due for due in dues if due > now]
    if any(not subscription.paused_at(due) for due in left):
        return ""
    key = "questions.in_pause" if left else "questions.passed"
    when = weekday_day(context, meeting.local, language)
    return context.texts.get(language, key, meeting=when)
