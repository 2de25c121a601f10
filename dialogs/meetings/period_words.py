"""The days, months and seasons that stand in a question."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from dialogs.lexicon import MONTHS, NUMBERS, WEEKDAYS
from dialogs.meetings.period import Period, Today, in_year

PLACE = "§"
"""What stands in the words where a period stood, so that what is around it can be read."""
_DAY = timedelta(days=1)


def periods(words: str, today: Today) -> tuple[list[Period], str]:
    """The periods in a text, in its order, and the text with `PLACE` for each.

    Args:
        words: as `faq.tokens.folded` gives them.
        today: the day of the question, on the calendar of the meetings.
    """
    read: list[tuple[int, Period]] = []
    for pattern, make in _READERS:
        pieces: list[str] = []
        end = 0
        for match in pattern.finditer(words):
            period = make(match, today)
            if period is not None:
                # As long as what it replaces, so that the order of all periods stays known.
                pieces += [words[end : match.start()], PLACE.ljust(len(match[0]))]
                end = match.end()
                read.append((match.start(), period))
        words = "".join([*pieces, words[end:]])
    return [period for _, period in sorted(read, key=lambda pair: pair[0])], words


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - _DAY


def _exactly(year: int, month: int, day: int) -> Period | None:
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return Period(named, named, "day")


def _day(day: str, month: int, year: str | None, today: Today) -> Period | None:
    if not year:
        return today.nearest(lambda candidate: _exactly(candidate, month, int(day)))
    number = int(year) if len(year) == 4 else 2000 + int(year)
    return _exactly(number, month, int(day)) if today.knows(number) else None


def _month(match: re.Match[str], today: Today) -> Period | None:
    month, year = MONTHS[match[1]], match[2]

    def whole(number: int) -> Period:
        first = date(number, month, 1)
        return Period(first, _month_end(first), "month")

    if not year:
        return today.nearest(whole)
    return whole(int(year)) if today.knows(int(year)) else None


def _year(match: re.Match[str], today: Today) -> Period | None:
    year = int(match[1])
    return Period(date(year, 1, 1), date(year, 12, 31), "year") if today.knows(year) else None


def _season(
    first: tuple[int, int], last: tuple[int, int], match: re.Match[str], today: Today
) -> Period | None:
    def of(year: int) -> Period:
        ends = in_year(date(2028, *last), year + (last < first))
        return Period(date(year, *first), ends, "day" if first == last else "span")

    year = match[match.re.groups]
    if not year:
        return today.nearest(of)
    return of(int(year)) if today.knows(int(year)) else None


def _this_or_next(match: re.Match[str], today: Today) -> Period:
    """`deze maand`, `volgende week`, `vorig jaar`."""
    which, unit = match[1], match[2]
    step = -1 if re.match(_LAST, which) else 0 if re.match(_THIS, which) else 1
    day = today.day
    if unit.startswith("w"):
        monday = day - timedelta(days=day.weekday()) + step * timedelta(weeks=1)
        return Period(monday, monday + timedelta(days=6), "span")
    if unit.startswith("m"):
        first = (day.replace(day=15) + step * timedelta(days=30)).replace(day=1)
        return Period(first, _month_end(first), "month")
    year = day.year + step
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def _near_day(days: int, _: re.Match[str], today: Today) -> Period:
    day = today.day + timedelta(days=days)
    return Period(day, day, "day")


def _weekday(match: re.Match[str], today: Today) -> Period:
    """The next such day; today is one, too."""
    ahead = (WEEKDAYS[match[1]] - today.day.weekday()) % 7
    day = _near_day(ahead - 7 if today.past else ahead, match, today)
    return replace(day, bare=match[0] == match[1])


def _day_of_week(week: int, day: int, match: re.Match[str], today: Today) -> Period:
    """`volgende week dinsdag`, `dinsdag volgende week`: `week` and `day` are the groups of these words."""
    which = match[week]
    step = -1 if re.match(_LAST, which) else 0 if re.match(_THIS, which) else 1
    monday = -today.day.weekday() + 7 * step
    return _near_day(monday + WEEKDAYS[match[day]], match, today)


def _coming(match: re.Match[str], today: Today) -> Period:
    """`de komende drie maanden`."""
    count = int(match[1]) if match[1].isdigit() else NUMBERS[match[1]]
    days = count * (7 if match[2].startswith("w") else 31 if match[2].startswith("m") else 366)
    return Period(today.day, today.day + timedelta(days=days), "span")


_THIS, _LAST = r"dit|deze|this", r"vorige?|afgelopen|verleden|last|previous"
_NEXT = r"volgende?|komende?|aankomende?|aanstaande|next|coming|upcoming"
# Not the `may` of `may I bring a colleague?`.
_MONTHS = (
    rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})(?!(?<=may) (?:i|we|my|you|a|the)\b)"
)
_WEEKDAYS = rf"({'|'.join(WEEKDAYS)})"
_OF_YEAR = r"(?:,? (?:(?:van|in|of) )?(20\d\d))?\b"
_TH = r"(?:e|de|ste|th|st|nd|rd)?"
_COUNT = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})"
_SEASONS: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    # School holidays differ by region and year, so these are wide; the answer says which days it read.
    (r"kerst\w*vakantie|kerstreces|christmas (?:holidays?|break|recess)", (12, 19), (1, 5)),
    (r"(?:eerste |1e )?kerst(?:mis|dag)?|christmas", (12, 25), (12, 26)),
    (r"oud en nieuw|oudjaar|jaarwisseling|new year'?s eve", (12, 31), (12, 31)),
    (r"nieuwjaar|new year", (1, 1), (1, 1)),
    (r"voorjaarsvakantie|krokusvakantie", (2, 10), (3, 7)),
    (r"meivakantie|may holidays?", (4, 24), (5, 9)),
    (r"herfstvakantie|autumn break", (10, 10), (10, 31)),
    (r"zomer(?:vakantie|reces)|bouwvak|summer (?:holidays?|break|recess)", (7, 1), (8, 31)),
    (r"zomer(?:maanden|periode)?|summer", (6, 1), (8, 31)),
    (r"najaar|herfst|autumn", (9, 1), (11, 30)),
    (r"voorjaar|lente|spring", (3, 1), (5, 31)),
    (r"winter", (12, 1), (2, 29)),
    (r"(?:eerste|1e|first) (?:kwartaal|quarter)|q1", (1, 1), (3, 31)),
    (r"(?:tweede|2e|second) (?:kwartaal|quarter)|q2", (4, 1), (6, 30)),
    (r"(?:derde|3e|third) (?:kwartaal|quarter)|q3", (7, 1), (9, 30)),
    (r"(?:vierde|4e|laatste|fourth|last) (?:kwartaal|quarter)|q4", (10, 1), (12, 31)),
    (r"eerste (?:half ?jaar|helft)|first half", (1, 1), (6, 30)),
    (r"tweede (?:half ?jaar|helft)|second half", (7, 1), (12, 31)),
)
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Today], Period | None]], ...] = (
    (
        re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b"),
        lambda m, today: _day(m[3], int(m[2]), m[1], today),
    ),
    (
        re.compile(rf"\b(\d{{1,2}}){_TH} (?:of )?{_MONTHS}{_OF_YEAR}"),
        lambda m, today: _day(m[1], MONTHS[m[2]], m[3], today),
    ),
    (
        re.compile(rf"\b{_MONTHS} (\d{{1,2}}){_TH}{_OF_YEAR}(?! ?uur)"),
        lambda m, today: _day(m[2], MONTHS[m[1]], m[3], today),
    ),
    (
        re.compile(r"\b(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}|\d{2}))?\b"),
        lambda m, today: _day(m[1], int(m[2]), m[3], today),
    ),
    *(
        (re.compile(rf"\b(?:{names}){_OF_YEAR}"), partial(_season, first, last))
        for names, first, last in _SEASONS
    ),
    (
        re.compile(rf"\b{_MONTHS}(20\d\d)?(?=bijeenkomst|sessie|overleg|vergadering|cop\b)"),
        _month,
    ),
    (re.compile(rf"\b(?:(?:begin|half|medio|mid|eind|einde) )?{_MONTHS}{_OF_YEAR}"), _month),
    (
        re.compile(rf"\b({_THIS}|{_NEXT}|{_LAST}) week {_WEEKDAYS}\b"),
        partial(_day_of_week, 1, 2),
    ),
    (
        re.compile(rf"\b{_WEEKDAYS} ({_THIS}|{_NEXT}|{_LAST}) week\b"),
        partial(_day_of_week, 2, 1),
    ),
    (re.compile(rf"\b({_THIS}|{_NEXT}|{_LAST}) (week|maand|month|jaar|year)\b"), _this_or_next),
    (re.compile(r"\b(20\d\d)\b"), _year),
    (re.compile(rf"\b(?:{_NEXT}) {_COUNT} (weken|weeks|maanden|months|jaar|years)\b"), _coming),
    (re.compile(r"\b(?:vandaag|vanmiddag|vanochtend|today)\b"), partial(_near_day, 0)),
    (re.compile(r"\b(?:gisteren|gister|yesterday)\b"), partial(_near_day, -1)),
    (re.compile(r"\b(?:overmorgen|day after tomorrow)\b"), partial(_near_day, 2)),
    (re.compile(r"\b(?:morgen|tomorrow)\b"), partial(_near_day, 1)),
    (re.compile(rf"\b(?:(?:{_THIS}|{_NEXT}) )?{_WEEKDAYS}\b(?! (?:van|of) )"), _weekday),
)
"""What reads a period, the longest first; where one reads none (`31 februari`), the next may try."""
