"""A part of the calendar: what a day, a month or a season in a question means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["day", "month", "year", "span"]
YEARS_NEAR = 5
"""A year further away than this is none of the calendar's: `ISO 2015`, `2050`."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day that are meant, and as what they were named."""

    first: date
    last: date
    kind: Kind
    bare: bool = False
    """A day of the week without a date or a week: `dinsdag`, which may be another one than the nearest."""

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the question, and whether it looks back: `was`, `vorige`."""

    day: date
    past: bool = False

    def nearest(self, make: Callable[[int], Period | None]) -> Period | None:
        """What a name without a year means: the one that is not over yet; looking back, the one that has begun."""
        years = range(self.day.year + 1, self.day.year - 2, -1)
        some = [period for period in map(make, years) if period is not None]
        if self.past:
            return next((period for period in some if period.first <= self.day), None)
        return next((period for period in reversed(some) if period.last >= self.day), None)

    def knows(self, year: int) -> bool:
        """Whether a number is a year that a calendar of meetings may hold."""
        return abs(year - self.day.year) <= YEARS_NEAR


def joined(several: list[Period]) -> Period:
    """From the first of several periods to the last: `juli en augustus`."""
    first, last = several[0], several[-1]
    if len(several) == 1:
        return first
    ends = last.last if last.last >= first.first else in_year(last.last, last.last.year + 1)
    return Period(first.first, ends, "span")


def in_year(day: date, year: int) -> date:
    """The same day in another year; of a 29th of February the day before where it has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
