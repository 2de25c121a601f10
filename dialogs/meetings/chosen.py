"""Which meetings of the calendar a question is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dialogs.meetings.asked import Asked
from dialogs.meetings.period import Period
from faq.meetings import Calendar, Meeting
from faq.tokens import tokenize

YEAR = timedelta(days=366)
"""How far ahead is looked where no period is named."""
MOVED_FAR = timedelta(days=62)
"""How far from its day a meeting may have been moved and still be asked for by that day."""
NEAR = timedelta(days=15)
"""How near a meeting is that somebody calls by its day of the week."""
BACK = timedelta(days=5 * 366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The meetings that are meant, the earliest first."""

    meetings: tuple[Meeting, ...]
    several: bool
    """Whether all of them are asked for, not one."""
    following: Meeting | None = None
    """The first that is held after all of them and after now; None where there is none."""


def choose(calendar: Calendar, asked: Asked, now: datetime, shown: Meeting | None) -> Chosen:
    """The meetings that a question is about.

    Args:
        calendar: all meetings.
        asked: the question.
        now: when it was asked, UTC.
        shown: the meeting that was shown last, to which `die` and `daarna` refer.
    """
    calendar = _named_series(calendar, asked)
    asked = replace(asked, period=likely_day(calendar, asked.period, now, shown))
    if asked.period is None and shown is not None and _refers_back(asked):
        return _after(calendar, shown, now) if asked.afterwards else _one(calendar, shown, now)
    candidates = _candidates(calendar, asked, now)
    several = _several(asked, candidates)
    if not several:
        candidates = _pick(asked, candidates)
    ends = max([now, *(meeting.ends for meeting in candidates)])
    if asked.period and not candidates:
        ends = max(now, _start(calendar, asked.period.last + _DAY))
    following = _held(calendar.meetings(ends, ends + YEAR))
    return Chosen(meetings=tuple(candidates), several=several, following=following)


def likely_day(
    calendar: Calendar, period: Period | None, now: datetime, shown: Meeting | None
) -> Period | None:
    """The period; of a mere `dinsdag` without a meeting the Tuesday of the one shown last, or of the next one."""
    if period is None or not period.bare:
        return period
    coming = list(calendar.meetings(now, now + NEAR))
    if any(period.covers(meeting.local.date()) for meeting in coming):
        return period
    for meeting in (shown, *coming):
        day = meeting.local.date() if meeting else None
        if day and day.weekday() == period.first.weekday():
            return replace(period, first=day, last=day)
    return period


def _refers_back(asked: Asked) -> bool:
    """Whether the meeting that was shown is meant, or the one after it."""
    if asked.afterwards:
        return True
    return asked.order is None and not asked.noun and not asked.plural and "all" not in asked.topics


def _one(calendar: Calendar, meeting: Meeting, now: datetime) -> Chosen:
    ends = max(now, meeting.ends)
    following = _held(calendar.meetings(ends, ends + YEAR))
    return Chosen(meetings=(meeting,), several=False, following=following)


def _after(calendar: Calendar, shown: Meeting, now: datetime) -> Chosen:
    later = _held(calendar.meetings(shown.ends, shown.ends + YEAR))
    return _one(calendar, later, now) if later else Chosen(meetings=(), several=False)


def _candidates(calendar: Calendar, asked: Asked, now: datetime) -> list[Meeting]:
    """Every meeting that lies where the question says; without a period the coming ones, or those that were."""
    period = asked.period
    if period is None:
        if asked.past:
            return [m for m in calendar.meetings(now - BACK, now) if m.ends <= now and m.held]
        return list(calendar.meetings(now, now + YEAR))
    first, last = period.first, period.last
    if asked.relation == "after":
        first, last = last + _DAY, last + YEAR
    elif asked.relation == "since":
        last = first + YEAR
    elif asked.relation == "before":
        first, last = calendar.local(now).date(), first - _DAY
    around = calendar.meetings(
        _start(calendar, first) - MOVED_FAR, _start(calendar, last) + MOVED_FAR
    )
    some = [m for m in around if first <= m.date <= last or first <= m.local.date() <= last]
    # `is er dit jaar nog een`: what has been is not meant.
    return [m for m in some if m.ends > now] if _still(calendar, asked, now) else some


def _still(calendar: Calendar, asked: Asked, now: datetime) -> bool:
    """Whether it is asked if there still is one, in a period that has begun."""
    today, period = calendar.local(now).date(), asked.period
    return "held" in asked.topics and period is not None and period.first <= today <= period.last


def _several(asked: Asked, candidates: list[Meeting]) -> bool:
    """Whether all are asked for: by the words, or by a period that holds more than one."""
    if asked.order is not None and not asked.plural:
        return False
    if {"all", "count"} & set(asked.topics) or asked.plural or asked.relation == "since":
        return True
    return asked.period is not None and asked.relation == "in" and len(candidates) > 1


def _pick(asked: Asked, candidates: list[Meeting]) -> list[Meeting]:
    """The one that is meant; one that is cancelled only where nothing else is, or where it was named."""
    if len(candidates) == 1 and asked.period:
        return candidates
    last = asked.past and asked.period is None and not asked.order
    order = -1 if last or (asked.order is None and asked.relation == "before") else asked.order or 0
    topics = set(asked.topics)
    if "why" in topics and asked.order is None:
        some = [m for m in candidates if m.cancelled or m.moved]
    elif {"off", "moved", "held"} & topics and asked.period is None and not asked.past:
        # `gaat het door` is about the next one that was planned, also where it is off.
        some = candidates
    else:
        some = [m for m in candidates if m.held]
    some = some or [m for m in candidates if m.held] or candidates
    return some[order:][:1] if -len(some) <= order < len(some) else []


def _named_series(calendar: Calendar, asked: Asked) -> Calendar:
    """Only the series of whose name a word was used that is in no other's."""
    if len(calendar.series) < 2:
        return calendar
    names = {s.id: {w for _, t in s.title.written() for w in tokenize(t)} for s in calendar.series}
    words = set(asked.unread)
    own = {
        id_: name - {w for other, words_ in names.items() if other != id_ for w in words_}
        for id_, name in names.items()
    }
    series = tuple(s for s in calendar.series if own[s.id] & words)
    return Calendar(series, calendar.timezone) if series else calendar


def _held(meetings: Iterable[Meeting]) -> Meeting | None:
    return next((meeting for meeting in meetings if meeting.held), None)


def _start(calendar: Calendar, day: date) -> datetime:
    return calendar.utc(datetime.combine(day, time()))
