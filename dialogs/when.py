"""Moments in people's words: `tot 1 september`, `t/m wk 3`, `drie weken`, `een dag en een uur vooraf`.

Own code: dateparser and its like are slow to import, guess where we must ask, and know no `t/m`.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from faq.tokens import folded

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "maandag monday",
            "dinsdag tuesday",
            "woensdag wednesday",
            "donderdag thursday",
            "vrijdag friday",
            "zaterdag saturday",
            "zondag sunday",
        )
    )
    for name in names.split()
}
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "een one a an 1e",
            "twee two",
            "drie three",
            "vier four",
            "vijf five",
            "zes six",
            "zeven seven",
            "acht eight",
            "negen nine",
            "tien ten",
        ),
        start=1,
    )
    for word in words.split()
}
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
_LAST_TO = re.compile(rf".*\b(?={_TO}\b)", re.DOTALL)
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
    said = folded(text)
    # Of `van 1 december t/m 10 december` the end counts.
    said = _LAST_TO.sub("", said) if _LAST_TO.search(said) else said
    extra = timedelta(days=1) if _THROUGH.search(said) else timedelta()
    for found in _days(said, today):
        if found is None:
            continue
        day, whole = found
        if day is None:
            continue
        return day + (whole if extra else timedelta())
    return None


def begins_an_end(text: str) -> bool:
    """Whether a text is the second half of a pause: `tot na de zomer`."""
    return re.match(rf"\s*{_TO}\b", folded(text)) is not None


def _days(said: str, today: date) -> Iterator[tuple[date | None, timedelta] | None]:
    """Every way to read a day, the surest first: (first day, how long it lasts)."""
    one = timedelta(days=1)
    if match := _ISO.search(said):
        yield _made(int(match[1]), int(match[2]), int(match[3]), one)
    if match := _DAY_MONTH.search(said):
        yield _next(today, MONTHS[match[2]], int(match[1]), match[3], one)
    if match := _MONTH_DAY.search(said):
        yield _next(today, MONTHS[match[1]], int(match[2]), match[3], one)
    if match := _NUMERIC.search(said):
        yield _next(today, int(match[2]), int(match[1]), match[3], one)
    if match := _WEEK.search(said):
        yield _week(today, int(match[1]))
    if match := _SPAN.search(said):
        yield _span(today, _count(match[1]), match[2]), timedelta()
    if match := _NEXT.search(said):
        monday = today + timedelta(days=7 - today.weekday())
        month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield (monday if match[2] == "week" else month), timedelta(days=7)
    if match := _BARE_MONTH.search(said):
        first = _next(today, MONTHS[match[1]], 1, None, one)
        yield (
            (first[0], (first[0] + timedelta(days=32)).replace(day=1) - first[0]) if first else None
        )
    if match := _BARE_DAY.search(said):
        yield _next_day(today, int(match[1])), one
    if match := _UNTIL_WEEKDAY.search(said):
        yield today + timedelta(days=(WEEKDAYS[match[1]] - today.weekday() - 1) % 7 + 1), one
    if _TOMORROW.search(said):
        yield today + one, one


def _made(year: int, month: int, day: int, lasts: timedelta) -> tuple[date, timedelta] | None:
    try:
        return date(year, month, day), lasts
    except ValueError:
        return None


def _next(
    today: date, month: int, day: int, year: str | None, lasts: timedelta
) -> tuple[date, timedelta] | None:
    if year:
        return _made(int(year) if len(year) == 4 else 2000 + int(year), month, day, lasts)
    # Four years on, for a 29th of February.
    for candidate in range(today.year, today.year + 5):
        found = _made(candidate, month, day, lasts)
        if found and found[0] > today:
            return found
    return None


def _next_day(today: date, day: int) -> date | None:
    """The next such day of a month; None for a 32nd."""
    for later in range(1, 63):
        found = today + timedelta(days=later)
        if found.day == day:
            return found
    return None


def _week(today: date, number: int) -> tuple[date, timedelta] | None:
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


def _span(today: date, count: int, unit: str) -> date:
    if unit.startswith(("dag", "day")):
        return today + timedelta(days=count)
    if unit.startswith(("w",)):
        return today + timedelta(weeks=count)
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(today.day, last))


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
    """How long before a meeting somebody wants to be reminded; empty where the text does not say.

    The longest first, each once; at most 60 days and at least a minute.
    """
    said = folded(text)
    matches = list(_LEAD.finditer(said))
    # `een dag voor de bijeenkomst`, but not `aanmelden voor de bijeenkomst over een week`.
    if not _BEFORE.search(said) and not any(match[4] for match in matches):
        return ()
    found = set()
    for match in matches:
        number, unit = match[1] or match[2], match[3]
        if number is None and unit in ("d", "u", "h", "m", "min"):
            continue
        size = next(size for starts, size in _UNITS if unit.startswith(starts))
        times = 1 if number is None or unit.startswith(("half", "anderhalf")) else _count(number)
        lead = size * times
        if timedelta(minutes=1) <= lead <= timedelta(days=60):
            found.add(lead)
    return tuple(sorted(found, reverse=True)[:5])


def midnight(day: date) -> datetime:
    """The start of a day, without a zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local wall-clock time, the zone comes last
