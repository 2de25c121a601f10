"""From when until when a pause is: `van 20 juli tot 5 augustus`, `drie weken vanaf maandag`, `in de kerstvakantie`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.wishes.items import Item
from dialogs.wishes.lengths import Length
from dialogs.wishes.periods import DAY, Day, Period, day_of_month, day_of_year
from dialogs.wishes.vocabulary import Kind
from dialogs.wishes.wish import Break, Sure, Unsure, UntilWhen

LONGEST = timedelta(days=2 * 366)
"""How far ahead a pause may end."""
LONGEST_UNSAID = timedelta(days=300)
"""A longer pause is asked about, unless a year was named."""
RUNNING = timedelta(days=62)
"""How long ago a pause may have begun of which somebody tells the start: longer, and the next year is meant."""
_YEAR = timedelta(days=366)
YEAR_DIGITS = 4


@dataclass(slots=True)
class _Ends:
    """What was said of a pause, each at most once."""

    begins: Day | None = None
    until: Day | None = None
    through: Day | None = None
    during: Day | None = None
    further: Day | None = None
    """What goes on where `during` ends: `juli en augustus`."""
    length: Length | None = None
    twice: bool = False


def read_break(items: Sequence[Item], today: date, *, answers: bool = False) -> Sure | Unsure:
    """When a pause is; asks where its end was not read, or where it may be another.

    Args:
        items: the message.
        today: its day.
        answers: whether it answers our question until when: then a day alone is the end.
    """
    ends = _ends(items)
    if answers and not any((ends.further, ends.begins, ends.until, ends.through)):
        ends.until, ends.during = ends.during, None
    days = _to_be_exact(ends)
    if ends.twice or any(item.kind in (Kind.OR, Kind.NUMBER) for item in items):
        return UntilWhen()
    begins, until = _resolve(ends, today)
    if until is None:
        return UntilWhen(begins if begins and begins > today and not _vague(ends.begins) else None)
    start = begins if begins and begins > today else None
    if not max(today, start or today) < until <= today + LONGEST:
        return UntilWhen()
    reading = Break(start, until)
    weekday_today = ends.begins is not None and ends.begins.weekly and begins == today
    doubtful = any(map(_vague, days)) or weekday_today or _turns_round(reading, items)
    return Unsure((reading,)) if doubtful else reading


def _turns_round(reading: Break, items: Sequence[Item]) -> bool:
    """Whether the end comes before the start but for a year that nobody named: `van 20 januari tot 6 januari`."""
    if reading.begins is None or reading.until - reading.begins <= LONGEST_UNSAID:
        return False
    return not any(map(_names_year, items))


def _to_be_exact(ends: _Ends) -> list[Day]:
    """The days that decide when the pause is; what only surrounds a start and an end need not be exact: `met kerst`."""
    around = ends.until or ends.through
    days = (ends.begins, ends.until, ends.through, ends.further, None if around else ends.during)
    return [day for day in days if day]


def _names_year(item: Item) -> bool:
    """Whether a year or a length was named."""
    return bool(item.length) or any(
        len(word) == YEAR_DIGITS and word.isdecimal() for word in item.words
    )


def _vague(day: Day | None) -> bool:
    return day is not None and day.vague


def _ends(items: Sequence[Item]) -> _Ends:
    ends, role = _Ends(), Kind.FILLER
    for item in items:
        if item.kind in (Kind.FROM, Kind.UNTIL, Kind.THROUGH):
            role = item.kind
        elif item.day:
            ends.twice |= not _take_day(ends, role, item.day)
            role = Kind.FILLER
        elif item.length and not item.length.bare:
            ends.twice |= ends.length is not None
            ends.length = item.length
            role = Kind.FILLER
    return ends


def _take_day(ends: _Ends, role: Kind, day: Day) -> bool:
    """Note a day by the word before it; False where there is one already."""
    free = True
    if role is Kind.FROM and ends.begins is None:
        ends.begins = day
    elif role in (Kind.UNTIL, Kind.THROUGH):
        free = ends.until is None and ends.through is None
        if ends.during and ends.begins is None:
            # `20 juli tot 5 augustus`: what came first is the start.
            ends.begins, ends.during = ends.during, None
        ends.until, ends.through = (day, None) if role is Kind.UNTIL else (None, day)
    else:
        free = ends.begins is None and ends.further is None
        if ends.during is None:
            ends.during = day
        else:
            ends.further = day
    return free


def _resolve(ends: _Ends, today: date) -> tuple[date | None, date | None]:
    """The first day of the pause, None for now, and the first day after it, None where it is not known."""
    end = ends.until or ends.through
    if end is not None:
        begins, last = (
            _pair(ends.begins, end, today) if ends.begins else (None, end.of(today + DAY))
        )
        if (
            last is None
            or (ends.begins and begins is None)
            or ends.length
            or _apart(ends, begins, last)
        ):
            return (begins.first if begins else None), None
        return (begins.first if begins else None), last.first if ends.until else last.after
    if ends.during is not None:
        period = _joined(ends.during, ends.further, today)
        return (period.first, period.after) if period and not ends.length else (None, None)
    if ends.begins is not None:
        begins = ends.begins.of(today)
        if begins is None or ends.length is None:
            return (begins.first if begins else None), None
        return begins.first, ends.length.after(max(today, begins.first))
    return None, ends.length.after(today) if ends.length else None


def _apart(ends: _Ends, begins: Period | None, last: Period) -> bool:
    """Whether a day was named that is no part of the rest: `met kerst weg, van 24 december tot 5 januari` has none."""
    if ends.during is None:
        return False
    named = ends.during.of(begins.first) if begins else None
    return named is None or begins is None or not begins.first <= named.first < last.after


def _joined(during: Day, further: Day | None, today: date) -> Period | None:
    """A period, with the one that follows it at once where that was named too."""
    period = during.of(today)
    if period is None or further is None:
        return period
    following = further.of(period.after)
    joins = following is not None and following.first == period.after
    return Period(period.first, following.last) if following and joins else None


def _pair(begins: Day, end: Day, today: date) -> tuple[Period | None, Period | None]:
    """A start and an end that belong together: under way now, or the next to come."""
    begins = _with_month(begins, end, today)
    last = end.of(today + DAY)
    if last is not None and not begins.weekly:
        first = begins.of(last.first - _YEAR)
        if first is not None and first.first < last.after and first.first > today - RUNNING:
            return first, last
    first = begins.of(today)
    return first, end.of(first.first + DAY) if first else None


def _with_month(begins: Day, end: Day, today: date) -> Day:
    """`5 t/m 12 januari`: the first day has the month of the last, where it comes before it."""
    last = end.of(today + DAY)
    if begins.number is None or end.number is not None or last is None:
        return begins
    named = day_of_year(last.first.month, begins.number)
    return named if begins.number <= last.first.day else day_of_month(begins.number)
