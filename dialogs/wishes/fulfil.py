"""What a wish makes of a subscription: the state after it, what to store, and what to say of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dialogs.changes import Change, ChooseLeads, Pause, Subscribe, Unsubscribe
from dialogs.values import Subscription
from dialogs.wishes.wish import Break, Leads, Settings, Simple
from faq.meetings import LEADS_MAX, Calendar

NOBODY = Subscription(active=False)


@dataclass(frozen=True, slots=True)
class Step:
    """How a wish ends."""

    after: Subscription
    changes: tuple[Change, ...] = ()
    key: str = "wishes.same"
    """The text that says what was done; what is true now is said after it."""


def usual_leads(calendar: Calendar) -> frozenset[timedelta]:
    """The leads of who chose none."""
    return frozenset(lead for series in calendar.series for lead in series.leads)


def leads_of(subscription: Subscription, calendar: Calendar) -> frozenset[timedelta]:
    """The leads at which reminders go out."""
    return frozenset(subscription.leads or usual_leads(calendar))


def fulfil(
    wish: Simple | Leads | Break | Settings,
    before: Subscription | None,
    calendar: Calendar,
    now: datetime,
) -> Step:
    """Carry out a wish on a subscription.

    Args:
        wish: what was asked for.
        before: the subscription as it is; None where there never was one.
        calendar: the meetings.
        now: the moment, UTC.
    """
    kept = before or NOBODY
    if kept.paused_until is not None and kept.paused_until <= now:
        kept = _without_pause(kept)
    match wish:
        case Leads():
            return _leads(wish, kept, calendar)
        case Break():
            return _pause(wish, kept, calendar, now)
        case Settings():
            return _settings(wish, kept, calendar, now)
        case Simple.ON:
            return _on(kept, now)
        case Simple.OFF:
            return _off(kept)
        case _:
            return _resume(kept)


def _on(kept: Subscription, now: datetime) -> Step:
    if not kept.active:
        return Step(Subscription(active=True, leads=kept.leads), (Subscribe(),), "subscribe.done")
    if kept.paused_at(now):
        return Step(_without_pause(kept), (Subscribe(),), "subscribe.resumed")
    return Step(kept, key="subscribe.again")


def _off(kept: Subscription) -> Step:
    if not kept.active:
        return Step(kept, key="unsubscribe.was_not")
    return Step(Subscription(active=False, leads=kept.leads), (Unsubscribe(),), "unsubscribe.done")


def _resume(kept: Subscription) -> Step:
    if not kept.active:
        return Step(kept, key="pause.was_not")
    if kept.paused_until is None:
        return Step(kept, key="wishes.no_pause")
    return Step(_without_pause(kept), (Subscribe(),), "subscribe.resumed")


def _leads(wish: Leads, kept: Subscription, calendar: Calendar) -> Step:
    base = leads_of(kept, calendar)
    leads = wish.add if wish.only else (base - wish.remove) | wish.add
    if not kept.active and not wish.add and not wish.starts:
        return Step(kept, key="wishes.off")
    if not leads:
        return Step(kept, key="wishes.none_left")
    if len(leads) > LEADS_MAX:
        return Step(kept, key="wishes.too_many")
    chosen = tuple(sorted(leads, reverse=True))
    if not kept.active:
        after = Subscription(active=True, leads=chosen)
        return Step(after, (Subscribe(chosen),), "subscribe.done")
    if leads == base:
        return Step(kept)
    return Step(replace(kept, leads=chosen), (ChooseLeads(chosen),), "subscribe.leads")


def _pause(wish: Break, kept: Subscription, calendar: Calendar, now: datetime) -> Step:
    if not kept.active:
        return Step(kept, key="pause.was_not")
    begins = _midnight(wish.begins, calendar) if wish.begins else None
    until = _midnight(wish.until, calendar)
    same_start = kept.paused_from == begins or (begins is None and kept.paused_at(now))
    if kept.paused_until == until and same_start:
        return Step(kept)
    after = replace(kept, paused_from=begins, paused_until=until)
    return Step(after, (Pause(until, begins),), "wishes.paused")


def _settings(wish: Settings, kept: Subscription, calendar: Calendar, now: datetime) -> Step:
    """All at once: the leads first, then the pause, or none any more."""
    step = _leads(Leads(add=wish.leads, only=True), kept, calendar)
    if step.key not in ("wishes.same", "subscribe.done", "subscribe.leads"):
        return step
    pause = (
        _pause(wish.pause, step.after, calendar, now)
        if wish.pause
        else Step(_without_pause(step.after), (Subscribe(),) if step.after.paused_until else ())
    )
    changes = (*step.changes, *pause.changes)
    key = step.key if step.changes else "subscribe.leads" if changes else "wishes.same"
    return Step(pause.after, changes, key)


def _without_pause(kept: Subscription) -> Subscription:
    return replace(kept, paused_from=None, paused_until=None)


def _midnight(day: date, calendar: Calendar) -> datetime:
    """The start of a day on the clock on the wall, as UTC."""
    return calendar.utc(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - the zone comes last
