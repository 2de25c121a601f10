"""Days that are said from today or of a period: overmorgen, volgende week, over drie weken, eind januari."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dialogs.lexicon import MONTHS
from dialogs.wishes.lengths import read_length
from dialogs.wishes.periods import (
    DAY,
    Day,
    Period,
    month_of,
    month_of_year,
    once,
    turn_after,
    week_of,
)
from dialogs.wishes.words_of_time import MONTH, NEXT, THIS, WEEK, WEEKENDS, YEAR, YEARS, word_at

Read = tuple[Day, int]
"""A day, and the place behind its last word."""
Reader = Callable[[Sequence[str], int, date], Read | None]
_OF = frozenset(("van", "of", "deze", "this", "de", "the", "dit", "het", "in"))
_STARTS = frozenset(("begin", "start", "early", "beginning"))
_MIDDLES = frozenset(("half", "halverwege", "medio", "mid", "midden"))
_ENDS = frozenset(("eind", "einde", "end", "late"))
_PARTS = _STARTS | _MIDDLES | _ENDS | {"rest", "na", "after"}
_TODAY = frozenset(("vandaag", "nu", "today", "now", "meteen", "direct", "heden"))


def read_relative(words: Sequence[str], at: int, today: date) -> Read | None:
    """`vandaag`, `overmorgen`, `volgende week`, `deze maand`, `over drie weken`."""
    one, two = word_at(words, at), word_at(words, at + 1)
    if one in _TODAY:
        return once(today), at + 1
    if one in ("morgen", "tomorrow"):
        return once(today + DAY), at + 1
    if one == "overmorgen":
        return once(today + 2 * DAY), at + 1
    if words[at : at + 4] == ("day", "after", "tomorrow")[:4]:
        return once(today + 2 * DAY), at + 3
    if one in ("over", "in", "binnen"):
        length = read_length(words, at + 1)
        day = length[0].after(today) if length and not length[0].bare else None
        return (once(day), length[1]) if length and day else None
    if one in NEXT | THIS:
        period = _period_of(two, today, following=one in NEXT)
        return (once(period.first, period.last), at + 2) if period else None
    return (once(*_weekend(today)), at + 1) if one in WEEKENDS else None


def _period_of(unit: str, today: date, *, following: bool) -> Period | None:
    """This or the next week, month, year or weekend."""
    if unit in WEEK:
        return week_of(today + timedelta(days=7) * following)
    if unit in MONTH:
        month = month_of(today)
        return month_of(month.after) if following else month
    if unit in YEARS:
        year = today.year + following
        return Period(date(year, 1, 1), date(year, 12, 31))
    return Period(*_weekend(today)) if unit in WEEKENDS else None


def _weekend(today: date) -> tuple[date, date]:
    saturday = week_of(today).first + timedelta(days=5)
    return saturday, saturday + DAY


def read_part(words: Sequence[str], at: int, today: date, inner: Reader) -> Read | None:
    """`begin februari`, `half januari`, `eind van de maand`, `rest van het jaar`, `na de kerstvakantie`.

    Args:
        words: the message.
        at: where the part would begin.
        today: the day of the message.
        inner: how the day is read that it is a part of.
    """
    part = word_at(words, at)
    if part not in _PARTS:
        return None
    of = at + 1
    while word_at(words, of) in _OF or word_at(words, of) == "-":
        of += 1
    whole = _unit(words, of, today) or _month(words, of) or inner(words, of, today)
    exact = word_at(words, at + 1) in _OF or part == "end"
    return (_cut(part, whole[0], today, exact=exact), whole[1]) if whole else None


def _unit(words: Sequence[str], at: int, today: date) -> Read | None:
    """`de maand`, `dit jaar`."""
    period = _period_of(word_at(words, at), today, following=False)
    return (once(period.first, period.last), at + 1) if period else None


def _month(words: Sequence[str], at: int) -> Read | None:
    """`januari`, also where it is a word of another meaning."""
    month = MONTHS.get(word_at(words, at))
    if month is None or YEAR.match(word_at(words, at + 1)):
        return None
    return month_of_year(month), at + 1


def _cut(part: str, whole: Day, today: date, *, exact: bool) -> Day:
    """A part of a period; `exact` is `het einde van januari`, where `eind januari` is a guess."""

    def of(day: date) -> Period | None:
        period = whole.of(day)
        if period is None:
            return None
        if part in _STARTS:
            return Period(period.first, period.first)
        if part == "rest":
            return Period(max(today, period.first), period.last)
        if part in _MIDDLES:
            middle = period.first + timedelta(days=14)
            return Period(middle, middle)
        return turn_after(period)

    vague = whole.vague or part in _MIDDLES or (part in _ENDS and not exact)
    return Day(of, vague=vague)
