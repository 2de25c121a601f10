"""Periods that recur: a day of a month, a weekday, a holiday; which one is meant depends on a day to count from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.wishes.tokens import words

DAY = timedelta(days=1)
LEAP = 9
"""Years within which there is a 29th of February, whatever the century."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both of them in it; `last` is the day before `first` where a moment between days is meant."""

    first: date
    last: date

    @property
    def after(self) -> date:
        """The day after it."""
        return self.last + DAY


Recurrence = Callable[[date], Period | None]
"""The first such period that ends on a day or after it; None where there is none."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a period that was named."""

    of: Recurrence
    weekly: bool = False
    """A weekday: the next one is near, and the one meant may be another."""
    vague: bool = False
    """What it gives is a guess: `half januari`, `in de zomer`."""
    number: int | None = None
    """A day of which the month is still to come: the first of `5 t/m 12 januari`."""


def once(first: date, last: date | None = None) -> Day:
    """A period that is there once; it may be past."""
    period = Period(first, last or first)
    return Day(lambda _: period)


def never() -> Day:
    """Something that nobody can tell the days of."""
    return Day(lambda _: None, vague=True)


def yearly(period: Callable[[int], Period | None], *, vague: bool = False) -> Day:
    """A period that each year has, or some years have.

    Args:
        period: the one that begins in a year; None where that year has none.
        vague: whether it is a guess.
    """

    def of(day: date) -> Period | None:
        years = range(day.year - 1, min(day.year + LEAP, date.max.year))
        periods = (period(year) for year in years)
        return next((p for p in periods if p and p.last >= day), None)

    return Day(of, vague=vague)


def day_of_year(month: int, day: int) -> Day:
    """A day of each year; none for a 31st of February."""
    return yearly(lambda year: _single(year, month, day))


def day_of_month(number: int) -> Day:
    """The next such day of a month: `de 15e`."""

    def of(day: date) -> Period | None:
        days = (day + timedelta(days=later) for later in range(63))
        return next((Period(d, d) for d in days if d.day == number), None)

    return Day(of, number=number)


def month_of_year(month: int) -> Day:
    """A whole month."""
    return yearly(lambda year: month_of(date(year, month, 1)))


def weekday(number: int) -> Day:
    """A day of the week, Monday is 0."""

    def of(day: date) -> Period:
        next_ = day + timedelta(days=(number - day.weekday()) % 7)
        return Period(next_, next_)

    return Day(of, weekly=True)


def week_of_year(number: int) -> Day:
    """A week by its number (ISO 8601)."""

    def period(year: int) -> Period | None:
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            return None
        return Period(monday, monday + timedelta(days=6))

    return yearly(period)


def week_of(day: date) -> Period:
    """The week of a day, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - DAY)


def turn_after(period: Period) -> Period:
    """The moment between the end of a period and the day after it."""
    return Period(period.after, period.last)


def _single(year: int, month: int, day: int) -> Period | None:
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return Period(named, named)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def christmas_holiday(year: int) -> Period:
    """The two weeks of the schools, alike in all regions: from the Saturday on or before 25 December.

    https://www.rijksoverheid.nl/onderwerpen/schoolvakanties
    """
    christmas = date(year, 12, 25)
    saturday = christmas - timedelta(days=(christmas.weekday() - 5) % 7)
    return Period(saturday, saturday + timedelta(days=15))


def _from_easter(days: int) -> Day:
    def period(year: int) -> Period:
        named = easter(year) + timedelta(days=days)
        return Period(named, named)

    return yearly(period)


def _kings_day(year: int) -> Period:
    """27 April, or the day before where that is a Sunday."""
    named = date(year, 4, 27)
    named -= DAY * (named.weekday() == 6)
    return Period(named, named)


def _summer(year: int) -> Period:
    return Period(date(year, 7, 1), date(year, 8, 31))


def _christmas(year: int) -> Period:
    return Period(date(year, 12, 25), date(year, 12, 26))


def _names() -> Iterator[tuple[str, Day]]:
    """Every name of a day or a holiday, and what it is."""
    for named, names in (
        (day_of_year(12, 25), "eerste kerstdag/1 e kerstdag/christmas day"),
        (day_of_year(12, 26), "tweede kerstdag/2 e kerstdag/boxing day"),
        (day_of_year(12, 24), "kerstavond/christmas eve"),
        (day_of_year(12, 31), "oudjaar/oudjaarsdag/oudejaarsdag/new year's eve/new years eve"),
        (day_of_year(1, 1), "nieuwjaar/nieuwjaarsdag/new year's day/new years day/new year"),
        (day_of_year(12, 5), "sinterklaas/pakjesavond"),
        (day_of_year(5, 5), "bevrijdingsdag/liberation day"),
        (yearly(_kings_day), "koningsdag/king's day/kings day"),
        (_from_easter(-2), "goede vrijdag/good friday"),
        (_from_easter(0), "eerste paasdag/1 e paasdag/easter sunday"),
        (_from_easter(1), "tweede paasdag/2 e paasdag/easter monday"),
        (_from_easter(39), "hemelvaart/hemelvaartsdag/ascension day"),
        (_from_easter(49), "eerste pinksterdag/1 e pinksterdag/whit sunday"),
        (_from_easter(50), "tweede pinksterdag/2 e pinksterdag/whit monday"),
        (yearly(christmas_holiday), "kerstvakantie/christmas holiday/christmas holidays"),
        (yearly(christmas_holiday), "christmas break/kerstperiode"),
        (yearly(_christmas, vague=True), "kerst/kerstmis/kerstdagen/christmas/feestdagen/xmas"),
        (yearly(_summer, vague=True), "zomer/zomervakantie/zomerreces/summer/summer holiday"),
        (yearly(_summer, vague=True), "summer holidays/summer break/summer vacation/zomermaanden"),
        (never(), "meivakantie/herfstvakantie/voorjaarsvakantie/krokusvakantie/carnaval/bouwvak"),
        (never(), "pasen/easter/pinksteren/herfst/voorjaar/lente/winter/autumn/spring/reces"),
        (never(), "wintersport/paasvakantie/schoolvakantie/schoolvakanties/ramadan/half term"),
    ):
        for name in names.split("/"):
            spelled = " ".join(words(name))
            yield spelled, named
            yield spelled.replace("1 e ", "1 ste ").replace("2 e ", "2 de "), named


NAMED = dict(_names())
"""Days and holidays by name; the words of a name as the grammar reads them, with a space between."""
NAME_WORDS_MAX = max(len(name.split()) for name in NAMED)
