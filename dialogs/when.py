"""Moments in people's words: `tot 1 september`, `t/m wk 3`, `drie weken`, `een dag en een uur vooraf`.

Own code: dateparser and its like are slow to import, guess where we must ask, and know no `t/m`.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dialogs.lexicon import MONTHS, NUMBERS, WEEKDAYS
from faq.meetings import LEAD_MAX, LEADS_MAX
from faq.tokens import folded

_NUMBER = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
_MONTH = rf"({'|'.join(MONTHS)})"
_THROUGH = re.compile(r"\b(t/m|tm|tot en met|through|up to and including)\b")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:e|th|st|nd|rd)?\s+(?:of\s+)?{_MONTH}\b\.?(?:\s+(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:th|st|nd|rd)?\b(?:,?\s+(\d{{4}}))?")
_NUMERIC = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WEEK = re.compile(r"\b(?:week|wk)\.?\s*(?:nr\.?\s*|nummer\s*)?(\d{1,2})\b")
_SPAN = re.compile(
    rf"\b{_NUMBER}\s*(dag|dagen|day|days|week|weken|weeks|wk|wkn|maand|maanden|mnd|month|months)\b"
)
_NEXT = re.compile(r"\b(volgende|komende|next)\s+(week|maand|month)\b")
_TO = r"(?:tot en met|tot|t/m|tm|through|up to and including|until|till|til)"
_BARE_MONTH = re.compile(rf"\b{_TO}\s+(?:(?:begin|start of)\s+)?{_MONTH}\b")
_BARE_DAY = re.compile(rf"\b{_TO}\s+(?:de\s+|the\s+)?(\d{{1,2}})(?:e|th|st|nd|rd)\b")
_LAST_TO = re.compile(rf"\A.*\b(?={_TO}\b)", re.DOTALL)
_UNTIL_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")
_TOMORROW = re.compile(r"\b(morgen|tomorrow)\b")
_LEAD = re.compile(
    rf"\b(?:(\d{{1,3}})\s*|({'|'.join(NUMBERS)})\s+)?"
    r"(half\s*uur|half\s+(?:an\s+)?hour|anderhalf\s+uur|kwartier|quarter\s+of\s+an\s+hour|quarter"
    r"|dag|dagen|day|days|d|uur|uren|u|hour|hours|h|week|weken|weeks|minuten|minuut|minutes|minute|min|m)\b"
    r"(\s+voor\b)?"
)
_BEFORE = re.compile(
    r"\b(vooraf|tevoren|te voren|ervoor|before|beforehand|ahead|eerder|in advance|voordat)\b"
)


def until(text: str, today: date) -> date | None:
    """The first day on which reminders may come again; None where the text names no day we are sure of.

    `tot 1 september` is 1 September; `t/m 1 september` the day after. A day without a year is the
    next one of that name.
    """
    words = folded(text)
    # Of `van 1 december t/m 10 december` the end counts.
    words = _LAST_TO.sub("", words) if _LAST_TO.search(words) else words
    through = _THROUGH.search(words) is not None
    for span in _spans(words, today):
        if span is not None:
            first, lasts = span
            return first + lasts if through else first
    return None


def begins_an_end(text: str) -> bool:
    """Whether a text is the second half of a pause: `tot na de zomer`."""
    return re.match(rf"\s*{_TO}\b", folded(text)) is not None


_Span = tuple[date, timedelta]
"""A first day, and how long what was named lasts."""
_DAY = timedelta(days=1)


def _spans(words: str, today: date) -> Iterator[_Span | None]:
    """Every way to read a day, the surest first; None where it is no day of the calendar."""
    if match := _ISO.search(words):
        yield _exactly(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_MONTH.search(words):
        yield _next(today, MONTHS[match[2]], int(match[1]), match[3])
    if match := _MONTH_DAY.search(words):
        yield _next(today, MONTHS[match[1]], int(match[2]), match[3])
    if match := _NUMERIC.search(words):
        yield _next(today, int(match[2]), int(match[1]), match[3])
    if match := _WEEK.search(words):
        yield _week(today, int(match[1]))
    if match := _SPAN.search(words):
        yield _after(today, _count(match[1]), match[2]), timedelta()
    if match := _NEXT.search(words):
        yield _following(today, match[2]), timedelta(days=7)
    if match := _BARE_MONTH.search(words):
        yield _month(today, MONTHS[match[1]])
    if match := _BARE_DAY.search(words):
        yield _next_day(today, int(match[1]))
    if match := _UNTIL_WEEKDAY.search(words):
        yield today + timedelta(days=(WEEKDAYS[match[1]] - today.weekday() - 1) % 7 + 1), _DAY
    if _TOMORROW.search(words):
        yield today + _DAY, _DAY


def _exactly(year: int, month: int, day: int) -> _Span | None:
    try:
        return date(year, month, day), _DAY
    except ValueError:
        return None


def _next(today: date, month: int, day: int, year: str | None) -> _Span | None:
    """A day of a month; the next one of that name where the year is not named."""
    if year:
        return _exactly(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    # Four years on, for a 29th of February.
    days = (_exactly(candidate, month, day) for candidate in range(today.year, today.year + 5))
    return next((span for span in days if span and span[0] > today), None)


def _next_day(today: date, day: int) -> _Span | None:
    """The next such day of a month; None for a 32nd."""
    days = (today + timedelta(days=later) for later in range(1, 63))
    return next(((candidate, _DAY) for candidate in days if candidate.day == day), None)


def _following(today: date, unit: str) -> date:
    """The first day of the next week or month."""
    if unit == "week":
        return today + timedelta(days=7 - today.weekday())
    return _next_first(today)


def _next_first(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month(today: date, month: int) -> _Span | None:
    """A whole month, the next one of that name."""
    span = _next(today, month, 1, None)
    return (span[0], _next_first(span[0]) - span[0]) if span else None


def _week(today: date, number: int) -> _Span | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday > today:
            return monday, timedelta(days=7)
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _after(today: date, count: int, unit: str) -> date:
    """The day that is so many days, weeks or months on."""
    if unit.startswith(("dag", "day")):
        return today + timedelta(days=count)
    if unit.startswith(("w",)):
        return today + timedelta(weeks=count)
    years, month = divmod(today.month - 1 + count, 12)
    first = date(today.year + years, month + 1, 1)
    last = (_next_first(first) - _DAY).day
    return first.replace(day=min(today.day, last))


_LEAD_MIN = timedelta(minutes=1)
_UNITS = (
    (("half",), timedelta(minutes=30)),
    (("anderhalf",), timedelta(minutes=90)),
    (("kwartier", "quarter"), timedelta(minutes=15)),
    (("week", "weken"), timedelta(weeks=1)),
    (("da", "d"), timedelta(days=1)),
    (("u", "h"), timedelta(hours=1)),
    (("m",), timedelta(minutes=1)),
)


def leads(text: str) -> tuple[timedelta, ...]:
    """How long before a meeting a member wants to be reminded; empty where the text does not say.

    The longest first, each once; at most 60 days and at least a minute.
    """
    words = folded(text)
    matches = list(_LEAD.finditer(words))
    # `een dag voor de bijeenkomst`, but not `aanmelden voor de bijeenkomst over een week`.
    if not _BEFORE.search(words) and not any(match[4] for match in matches):
        return ()
    sizes = {_size(match[1] or match[2], match[3]) for match in matches}
    return tuple(
        sorted((size for size in sizes if _LEAD_MIN <= size <= LEAD_MAX), reverse=True)[:LEADS_MAX]
    )


def _size(number: str | None, unit: str) -> timedelta:
    """How long a lead is; nothing for a letter without a number, such as the `d` of `d'r`."""
    if number is None and unit in ("d", "u", "h", "m", "min"):
        return timedelta()
    size = next(size for starts, size in _UNITS if unit.startswith(starts))
    once = number is None or unit.startswith(("half", "anderhalf"))
    return size if once else size * _count(number or "")


def midnight(day: date) -> datetime:
    """The start of a day, without a zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local wall-clock time, the zone comes last
