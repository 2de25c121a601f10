"""`meetings.toml`: what it must look like, and every mistake an organiser can make in it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from faq.dates import across
from faq.errors import Problem
from faq.meeting_fields import changes_of, duration, moment, url
from faq.meetings import FILE, LEAD_MAX, LEADS_MAX, Calendar, Series, lead_of
from faq.reader import Reader, toml
from faq.recurrence import mistake


def parse(raw: bytes) -> tuple[Calendar, list[Problem]]:
    """Read `meetings.toml`; every mistake is a problem, in Dutch."""
    problems: list[Problem] = []
    table = toml(FILE, raw, problems)
    if not table:
        return Calendar.empty(), problems
    read = Reader(table, FILE, "", problems)
    zone, country = _zone(read), _country(read)
    all_series: dict[str, Series] = {}
    for number, inner in enumerate(read.take("series", list, "[[series]] …") or [], start=1):
        series = _series(inner, number, problems)
        if series is None:
            continue
        if series.id in all_series:
            what, mend = "dit id bestaat al.", "geef elke reeks een eigen id."
            problems.append(Problem(file=FILE, entry=series.id, field="id", what=what, mend=mend))
        all_series[series.id] = series
    read.done()
    calendar = Calendar(tuple(all_series.values()), zone, country)
    problems += across(calendar)
    return calendar, problems


def _zone(read: Reader) -> str:
    name = read.take("timezone", str, '"Europe/Amsterdam"') or "Europe/Amsterdam"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        read.problem(
            "timezone",
            f"de tijdzone {name!r} bestaat niet.",
            'schrijf: timezone = "Europe/Amsterdam"',
        )
        return "Europe/Amsterdam"
    return name


def _country(read: Reader) -> str:
    """Its form only: which countries there are takes a tenth of a start to say, and `check` says it."""
    name = read.take("public_holidays", str, '"NL"', "") or ""
    if name and not re.fullmatch("[A-Z]{2,3}", name):
        read.problem(
            "public_holidays",
            f"{name!r} is geen landcode van twee of drie letters.",
            'schrijf: public_holidays = "NL"',
        )
        return ""
    return name


def _series(table: object, number: int, problems: list[Problem]) -> Series | None:
    if not isinstance(table, dict):
        what, mend = f"reeks {number} is geen tabel.", "begin elke reeks met [[series]]."
        problems.append(Problem(file=FILE, what=what, mend=mend))
        return None
    read = Reader(table, FILE, str(table.get("id") or f"reeks {number}"), problems)
    id_ = read.id('"cop-implementatie"')
    title = read.text("title")
    starts = moment(read, "starts", read.take("starts", datetime, "2027-01-12T10:00:00"))
    lasts = duration(read)
    rule = _rule(read, starts)
    location, link = read.take("location", str, '"Teams"') or "", url(read)
    leads = tuple(_leads(read))
    agenda = read.text("agenda", optional=True)
    changes = tuple(changes_of(read, id_, problems))
    read.done()
    if not (id_ and title.nl and starts and rule):
        return None
    return Series(
        id=id_,
        title=title,
        starts=starts,
        duration=lasts,
        rule=rule,
        location=location,
        url=link,
        leads=leads,
        agenda=agenda,
        changes=changes,
    )


def _rule(read: Reader, starts: datetime | None) -> str:
    """The recurrence; empty where it cannot be used."""
    rule = read.take("rrule", str, '"FREQ=MONTHLY;BYDAY=2TU"') or ""
    wrong = mistake(rule, starts) if rule and starts else ""
    if wrong:
        read.problem("rrule", wrong, 'schrijf bijvoorbeeld: rrule = "FREQ=MONTHLY;BYDAY=2TU"')
        return ""
    return rule


def _leads(read: Reader) -> Iterator[timedelta]:
    texts = read.take("reminders", list, '["7d", "1d", "1h"]') or []
    seen: set[timedelta] = set()
    if len(texts) > LEADS_MAX:
        read.problem(
            "reminders",
            f"er staan {len(texts)} herinneringen.",
            f"houd er hooguit {LEADS_MAX} over.",
        )
    for value in texts:
        lead = lead_of(value) if isinstance(value, str) else None
        if lead is None or lead > LEAD_MAX:
            read.problem(
                "reminders",
                f"{value!r} is geen tijd vooraf.",
                'schrijf bijvoorbeeld "7d", "1d", "1h" of "15m".',
            )
        elif lead in seen:
            read.problem("reminders", f"{value!r} staat er dubbel.", "laat haar één keer staan.")
        else:
            seen.add(lead)
            yield lead
