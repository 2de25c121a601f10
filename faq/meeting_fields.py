"""The fields of a series that a change of one occurrence may have, too, and the changes themselves."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from faq.errors import Problem
from faq.meeting_change import Change, Details
from faq.meetings import FILE
from faq.reader import Reader
from faq.recurrence import YEARS

D = TypeVar("D", date, datetime)


def duration(read: Reader) -> timedelta:
    """How long a meeting lasts; an hour and a half where it cannot be read."""
    minutes = read.take("duration_minutes", int, "90")
    if minutes is not None and not 0 < minutes <= 24 * 60:
        read.problem("duration_minutes", f"{minutes} minuten kan niet.", "kies 1 tot 1440.")
        minutes = None
    return timedelta(minutes=90 if minutes is None else minutes)


def url(read: Reader) -> str:
    """The link to take part; empty where there is none."""
    link = read.take("url", str, '"https://teams.microsoft.com/l/…"', "") or ""
    if link and not re.fullmatch(r"https://[^\s\x00-\x20<>\"]+", link):
        read.problem("url", f"{link!r} is geen webadres.", "begin met https://, zonder spaties.")
        return ""
    return link


def moment(read: Reader, key: str, value: datetime | None) -> datetime | None:
    """A local time; what was written with a zone is a problem."""
    if value is not None and value.tzinfo is not None:
        read.problem(
            key, "hier hoort een tijd zonder zone.", f"schrijf: {key} = 2027-01-12T10:00:00"
        )
        value = value.replace(tzinfo=None)
    return _possible(read, key, value)


def _possible(read: Reader, key: str, value: D | None) -> D | None:
    """A day or moment in a year in which something of ours may take place."""
    if value is not None and value.year not in YEARS:
        read.problem(key, f"het jaar {value.year} kan niet.", "schrijf bijvoorbeeld: 2027.")
        return None
    return value


def changes_of(read: Reader, series: str, problems: list[Problem]) -> Iterator[Change]:
    """The `[[series.change]]` tables of a series."""
    for table in read.take("change", list, "[[series.change]] …", []) or []:
        if not isinstance(table, dict):
            read.problem(
                "change", "dit is geen tabel.", "begin elke wijziging met [[series.change]]."
            )
            continue
        day = table.get("date")
        inner = Reader(table, FILE, f"{series} {day or ''}".strip(), problems)
        when = inner.take("date", date, "2027-05-11")
        if isinstance(when, datetime):
            inner.problem("date", "hier hoort een dag zonder tijd.", "schrijf: date = 2027-05-11")
            when = when.date()
        when = _possible(inner, "date", when)
        moved = moment(
            inner, "moved_to", _optional(inner, "moved_to", datetime, "2027-05-18T10:00:00")
        )
        cancelled = _optional(inner, "cancelled", bool, "true")
        reason, details = inner.text("reason", optional=True), _details(inner)
        inner.done()
        if (moved is None and not details.values()) == (not cancelled):
            inner.problem(
                "moved_to",
                "zeg wat er anders is: verplaatst, een andere plaats of link, of dat zij vervalt.",
                "schrijf moved_to = …, location = … of cancelled = true, niet allebei.",
            )
            continue
        if when is not None:
            yield Change(when, moved, reason, details)


def _details(read: Reader) -> Details:
    """What one occurrence has otherwise than its series."""
    return Details(
        title=read.text("title") if read.has("title") else None,
        location=_optional(read, "location", str, '"Teams"'),
        url=url(read) if read.has("url") else None,
        duration=duration(read) if read.has("duration_minutes") else None,
        agenda=read.text("agenda") if read.has("agenda") else None,
    )


def _optional(read: Reader, key: str, kind: type[Any], example: str) -> Any:
    """The value of a key that may be left out."""
    return read.take(key, kind, example) if read.has(key) else None
