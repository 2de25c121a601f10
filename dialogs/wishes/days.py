"""Days in people's words: 5 januari, 2027-1-5, maandag 7 december, volgende week, eind januari, 1e kerstdag."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from dialogs.lexicon import MONTHS, WEEKDAYS
from dialogs.wishes.numbers import CARDINALS
from dialogs.wishes.periods import (
    DAY,
    NAME_WORDS_MAX,
    NAMED,
    Day,
    Period,
    day_of_month,
    day_of_year,
    month_of,
    month_of_year,
    never,
    once,
    week_of,
    week_of_year,
    weekday,
)
from dialogs.wishes.relative_days import Read, Reader, read_part, read_relative
from dialogs.wishes.words_of_time import COMING, NEXT, WEEK, YEAR, word_at

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_DMY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\Z")
_DM = re.compile(r"(\d{1,2})[-/](\d{1,2})\Z")
_ORDINALS = frozenset(("e", "ste", "de", "st", "nd", "rd", "th"))
_ALSO_WORDS = frozenset(("may", "mar", "jan", "sun", "dec", "sep", "jun", "mei", "march"))
"""Months that are names or other words too: bare they are read only behind a word of time."""
_BEFORE_A_MONTH = frozenset(
    (
        "in",
        "tot",
        "until",
        "till",
        "til",
        "tm",
        "van",
        "vanaf",
        "from",
        "through",
        "heel",
        "all",
        "since",
    )
)
_CENTURY = 2000


def read_day(words: Sequence[str], at: int, today: date) -> Read | None:
    """The day that begins at a place, the longest way to read it; None where none does."""
    return _longest((*_WHOLE, _on_a_weekday, _part), words, at, today)


def _longest(readers: Sequence[Reader], words: Sequence[str], at: int, today: date) -> Read | None:
    read = [r for r in (reader(words, at, today) for reader in readers) if r]
    return max(read, key=lambda r: r[1], default=None)


def _in_figures(words: Sequence[str], at: int, _: date) -> Read | None:
    word = word_at(words, at)
    if match := _ISO.match(word):
        return _exactly(int(match[1]), int(match[2]), int(match[3])), at + 1
    if match := _DMY.match(word):
        year = int(match[3])
        year += _CENTURY if year < _CENTURY and len(match[3]) == len("27") else 0
        return _exactly(year, int(match[2]), int(match[1])), at + 1
    if match := _DM.match(word):
        return day_of_year(int(match[2]), int(match[1])), at + 1
    return None


def _exactly(year: int, month: int, day: int) -> Day:
    """A day with its year; never, where the calendar has none."""
    try:
        return once(date(year, month, day))
    except ValueError:
        return never()


def _of_a_month(words: Sequence[str], at: int, _: date) -> Read | None:
    """`5 januari`, `5e januari 2027`, `the 5th of January`, `de 15e`."""
    number = _number(words, at)
    if number is None:
        return None
    after = at + 1
    ordinal = word_at(words, after) in _ORDINALS and words[at].isdecimal()
    after += ordinal
    month_at = after + (word_at(words, after) in ("of", "van"))
    month = MONTHS.get(word_at(words, month_at))
    if month is None:
        return (day_of_month(number), after) if ordinal else None
    year_at = month_at + 1 + (word_at(words, month_at + 1) in (".", ","))
    if YEAR.match(word_at(words, year_at)):
        return _exactly(int(words[year_at]), month, number), year_at + 1
    return day_of_year(month, number), month_at + 1


def _month_first(words: Sequence[str], at: int, _: date) -> Read | None:
    """`January 5th`, `januari 2027`, `in januari`."""
    month = MONTHS.get(word_at(words, at))
    if month is None:
        return None
    if YEAR.match(word_at(words, at + 1)):
        period = month_of(date(int(words[at + 1]), month, 1))
        return once(period.first, period.last), at + 2
    number = _number(words, at + 1)
    if number is not None and words[at + 1].isdecimal():
        after = at + 2 + (word_at(words, at + 2) in _ORDINALS)
        year_at = after + (word_at(words, after) == ",")
        if YEAR.match(word_at(words, year_at)):
            return _exactly(int(words[year_at]), month, number), year_at + 1
        return day_of_year(month, number), after
    if words[at] in _ALSO_WORDS and word_at(words, at - 1) not in _BEFORE_A_MONTH:
        return None
    return month_of_year(month), at + 1


def _on_a_weekday(words: Sequence[str], at: int, today: date) -> Read | None:
    """`vrijdag`, `maandag 7 december`, `volgende week maandag`, `maandag over een week` is not read."""
    if word_at(words, at) in NEXT and word_at(words, at + 1) in WEEK:
        number = WEEKDAYS.get(word_at(words, at + 2))
        return (_in_next_week(number, today), at + 3) if number is not None else None
    following = word_at(words, at) in NEXT | COMING
    number = WEEKDAYS.get(word_at(words, at + following))
    if number is None:
        return None
    after = at + following + 1
    dated = _longest(_DATES, words, after, today)
    if dated and not dated[0].weekly:
        return _agreeing(weekday(number), dated[0]), dated[1]
    if word_at(words, after) in NEXT and word_at(words, after + 1) in WEEK:
        return _in_next_week(number, today), after + 2
    if word_at(words, at) in NEXT - COMING:
        return _either(weekday(number), _in_next_week(number, today), today), after
    return weekday(number), after


def _agreeing(day: Day, dated: Day) -> Day:
    """A weekday with a date or a week; what does not agree is nobody's day."""

    def of(ref: date) -> Period | None:
        period = dated.of(ref)
        named = day.of(period.first) if period else None
        return named if period and named and named.last <= period.last else None

    return Day(of, vague=dated.vague)


def _in_next_week(number: int, today: date) -> Day:
    return once(week_of(today + timedelta(days=7)).first + timedelta(days=number))


def _either(near: Day, far: Day, today: date) -> Day:
    """`volgende maandag`: sure where the next one is in the next week, else one of the two."""
    next_, later = near.of(today + DAY), far.of(today)
    return far if next_ == later else Day(far.of, vague=True)


def _by_week(words: Sequence[str], at: int, _: date) -> Read | None:
    """`week 3`, `wk. 3 van 2027`."""
    if word_at(words, at) not in WEEK:
        return None
    after = at + 1
    while word_at(words, after) in (".", "nr", "nummer", "number"):
        after += 1
    number = _number(words, after, 53)
    if number is None or not words[after].isdecimal():
        return None
    year_at = after + 1 + (word_at(words, after + 1) in ("van", "of", "in"))
    if YEAR.match(word_at(words, year_at)):
        first = week_of_year(number).of(date(int(words[year_at]), 1, 8))
        return (once(first.first, first.last) if first else never()), year_at + 1
    return week_of_year(number), after + 1


def _part(words: Sequence[str], at: int, today: date) -> Read | None:
    return read_part(words, at, today, partial(_longest, (*_WHOLE, _on_a_weekday)))


def _by_name(words: Sequence[str], at: int, _: date) -> Read | None:
    for length in range(NAME_WORDS_MAX, 0, -1):
        named = NAMED.get(" ".join(words[at : at + length]))
        if named and len(words) >= at + length:
            if YEAR.match(word_at(words, at + length)):
                year = int(words[at + length])
                return _in_year(named, year), at + length + 1
            return named, at + length
    return None


def _in_year(named: Day, year: int) -> Day:
    """The one of a year."""
    period = named.of(date(year, 1, 1)) if not named.vague else None
    if period and period.first.year != year:
        period = named.of(period.after)
    return once(period.first, period.last) if period else never()


def _number(words: Sequence[str], at: int, most: int = 31) -> int | None:
    word = word_at(words, at)
    number = int(word) if word.isdecimal() and len(word) <= len("31") else CARDINALS.get(word, 0)
    return number if 1 <= number <= most else None


# A day in another one is read once, or a message of nothing but such words would cost its square.
_DATES: tuple[Reader, ...] = (_in_figures, _of_a_month, _month_first, _by_week)
_WHOLE: tuple[Reader, ...] = (*_DATES, read_relative, _by_name)
