"""The state of a member's reminders as the tables of wishes write it."""

from dialogs.changes import Pause, Subscribe
from faq.meetings import lead_of, lead_text
from tests.support.reminders import at, calendar, context_of

CONTEXT = context_of(calendar())


def changes_to(state):
    """What brings a new conversation into a state of the table."""
    leads, _, pause = state.partition("pause")
    if leads.strip() == "off":
        return ()
    chosen = tuple(lead for name in leads.split() if (lead := lead_of(name)))
    first, _, until = pause.strip().partition("..")
    day = [at(f"{each} 00:00") if each else None for each in (until, first)]
    return (Subscribe(chosen or None), *([Pause(*day)] if until else []))


def in_words(subscription):
    """A subscription as the table writes it."""
    if subscription is None or not subscription.active:
        return "off"
    leads = " ".join(map(lead_text, subscription.leads or ())) or "on"
    if subscription.paused_until is None:
        return leads
    days = [
        CONTEXT.calendar.local(moment).date().isoformat() if moment else ""
        for moment in (subscription.paused_from, subscription.paused_until)
    ]
    return f"{leads} pause {'..'.join(days)}"
