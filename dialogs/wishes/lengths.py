"""Lengths of time: drie weken, anderhalf uur, 1u30, een kwartier, an hour and a half, 1,5 maand."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from fractions import Fraction

from dialogs.wishes.numbers import HALF, behind_a_half, read_number
from faq.meetings import LEAD_MAX


class Unit(Enum):
    """What is counted."""

    SECOND = auto()
    MINUTE = auto()
    HOUR = auto()
    DAY = auto()
    WORKDAY = auto()
    WEEK = auto()
    MONTH = auto()
    YEAR = auto()


_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WEEK: 10080}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_NAMES = {
    Unit.SECOND: "seconde seconden second seconds sec",
    Unit.MINUTE: "minuut minuten minuutje minuutjes minute minutes min mins mn",
    Unit.HOUR: "uur uren uurtje uurtjes hour hours hrs hr",
    Unit.DAY: "dag dagen dagje dagjes day days etmaal etmalen",
    Unit.WORKDAY: "werkdag werkdagen workday workdays weekday weekdays",
    Unit.WEEK: "week weken weekje weekjes weeks wk wkn",
    Unit.MONTH: "maand maanden maandje maandjes mnd month months",
    Unit.YEAR: "jaar jaren jaartje year years jr",
}
UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}
_LETTERS = {"m": Unit.MINUTE, "u": Unit.HOUR, "h": Unit.HOUR, "d": Unit.DAY, "w": Unit.WEEK}
"""Only behind a figure: 1d, 2u, 15m."""
_SINGULAR = frozenset(
    ("dag", "day", "uur", "hour", "week", "maand", "month", "minuut", "minute", "uurtje")
)
_QUARTERS = frozenset(("kwartier", "kwartiertje", "kwartieren", "quarter", "quarters"))
_CLOCK = re.compile(r"\d{1,2}\.\d{2}\Z")
"""A time of a day, as Dutch writes it; 1.5 is a number."""
_VAGUE = frozenset(("paar", "enkele", "aantal", "several", "few", "couple", "meerdere", "some"))


@dataclass(frozen=True, slots=True)
class Length:
    """So much of a unit; `amount` is None where nobody can say how much: a few days."""

    amount: Fraction | None
    unit: Unit
    bare: bool = False
    """Without a number: `de week ervoor`, but not `deze week`."""

    @property
    def lead(self) -> timedelta | None:
        """As a lead: whole minutes, or longer, up to `LEAD_MAX`; None where it is not allowed."""
        if self.amount is None or self.unit not in _MINUTES:
            return None
        minutes = self.amount * _MINUTES[self.unit]
        allowed = minutes.denominator == 1 and 1 <= minutes <= LEAD_MAX / timedelta(minutes=1)
        return timedelta(minutes=int(minutes)) if allowed else None

    def after(self, day: date) -> date | None:
        """The day so much later; None where it is no number of days, or too far."""
        if self.amount is None or self.amount > 1000:
            return None
        if self.unit in _DAYS:
            days = self.amount * _DAYS[self.unit]
            return day + timedelta(days=int(days)) if days.denominator == 1 else None
        if self.unit not in (Unit.MONTH, Unit.YEAR):
            return None
        months = self.amount * (12 if self.unit is Unit.YEAR else 1)
        later = _months_after(day, int(months))
        if months.denominator == 1:
            return later
        # Half a month is fifteen days.
        return later + timedelta(days=15) if months.denominator == HALF.denominator else None


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_length(words: Sequence[str], at: int) -> tuple[Length, int] | None:
    """The length that begins at a place, and the place behind it; None where none does."""
    vague = _vague(words, at)
    if vague:
        return vague
    number = None if _CLOCK.match(_word(words, at)) else read_number(words, at)
    if number is None:
        unit = UNITS.get(_word(words, at)) if _word(words, at) in _SINGULAR else None
        if _word(words, at) in _QUARTERS:
            return _with_quarters(words, Fraction(1), at)
        return (Length(Fraction(1), unit, bare=True), at + 1) if unit else None
    amount, after = number
    after += _word(words, after) == "-"
    if _word(words, after) in _QUARTERS:
        return _with_quarters(words, amount, after)
    return _counted(words, amount, after)


def _counted(words: Sequence[str], amount: Fraction, at: int) -> tuple[Length, int] | None:
    """An amount and its unit, and what belongs to it: 1u30, 1 uur 30 minuten, an hour and a half."""
    unit = UNITS.get(_word(words, at)) or _letter(words, at)
    if unit is None:
        return None
    after = at + 1
    half = behind_a_half(words, after)
    if half and UNITS.get(_word(words, half)) is None:
        return Length(amount + HALF, unit), half
    if unit is Unit.HOUR:
        minutes = read_number(words, after)
        if minutes and minutes[0].denominator == 1 and words[after].isdecimal():
            behind = minutes[1]
            named = _word(words, behind) in ("m", "min", "minuten", "minutes", "mins", "minuut")
            # `1u30` and `1 uur 30 min`; a figure that counts something else is left.
            if named or (len(words[after]) == len("30") and not UNITS.get(_word(words, behind))):
                return Length(amount * 60 + minutes[0], Unit.MINUTE), behind + named
    return Length(amount, unit), after


def _letter(words: Sequence[str], at: int) -> Unit | None:
    """A unit in one letter, behind a figure."""
    return _LETTERS.get(_word(words, at)) if _word(words, at - 1)[:1].isdecimal() else None


def _with_quarters(words: Sequence[str], amount: Fraction, at: int) -> tuple[Length, int]:
    """Quarters of an hour, with or without the hour named."""
    after = at + 1
    after += _word(words, after) == "of" and _word(words, after + 1) in ("an", "a")
    after += _word(words, after) in ("an", "a")
    after += _word(words, after) in ("hour", "uur")
    return Length(amount * 15, Unit.MINUTE), after


def _vague(words: Sequence[str], at: int) -> tuple[Length, int] | None:
    """`een paar dagen`, `a few hours`: a length of which nobody knows how long."""
    after = at + (_word(words, at) in ("een", "a", "an"))
    if _word(words, after) not in _VAGUE:
        return None
    after += 1
    after += _word(words, after) == "of"
    unit = UNITS.get(_word(words, after))
    return (Length(None, unit), after + 1) if unit else None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
