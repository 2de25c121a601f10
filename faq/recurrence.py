"""Recurrences (RFC 5545): which dates follow from a rule, and which rules would take for ever."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

OCCURRENCES_MAX = 20_000
"""Of one rule: one without an end is looked at this far; daily, that is fifty years."""
YEARS = range(1970, 2101)
"""In which anything of ours may take place; beyond them moments cannot be reckoned with everywhere."""

_PART = re.compile(r"([A-Z]+)=([A-Z0-9+,-]{1,200})")
_WHOLE = {"INTERVAL": 999, "COUNT": OCCURRENCES_MAX}
"""Parts that are a whole number from 1 to this."""
_DATE = re.compile(r"UNTIL=(\d{4})-?(\d\d)-?(\d\d)(?=;|$)")
_SPARSE = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYEASTER"}
"""Parts that may leave no day at all: day by day, that takes seconds to find out, up to the year 9999."""


def mistake(rule: str, starts: datetime) -> str:
    """What is wrong with a rule, in Dutch; empty where nothing is."""
    upper = rule.upper()
    frequency = re.search(r"FREQ=(\w+)", upper)
    if not frequency or frequency[1] not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return "de regel moet met FREQ=DAILY, WEEKLY, MONTHLY of YEARLY beginnen."
    if "DTSTART" in upper or "\n" in rule:
        return "de regel mag alleen de herhaling bevatten; het begin staat bij starts."
    if re.search(r"UNTIL=\w+Z", upper):
        return "achter UNTIL hoort een plaatselijke tijd zonder Z, zoals UNTIL=20271231T235959."
    if re.search(r"INTERVAL=0+(;|$)", upper):
        return "INTERVAL=0 is geen herhaling."
    if re.search("EXDATE|RDATE", upper):
        return "EXDATE en RDATE horen hier niet; zet onder de reeks een [[series.change]] met cancelled of moved_to."
    if odd := _odd(rule):
        return odd
    try:
        first = next(rule_dates(rule, starts), None)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        return f"dit is geen herhaling volgens RFC 5545 ({error})."
    if first is None:
        return "deze regel levert geen enkele bijeenkomst op."
    if first != starts:
        return f"de eerste bijeenkomst valt dan op {first:%d-%m-%Y %H:%M}, maar starts zegt {starts:%d-%m-%Y %H:%M}."
    return ""


def _odd(rule: str) -> str:
    """What is wrong with the form of a rule, in Dutch; empty where nothing is."""
    names = []
    for part in rule.upper().strip(";").split(";"):
        match = _PART.fullmatch(part.strip())
        if not match:
            return f"{part[:40]!r} is geen onderdeel van een herhaling."
        name, value = match.groups()
        names.append(name)
        most = _WHOLE.get(name)
        if most and not (re.fullmatch(r"\d{1,5}", value) and 1 <= int(value) <= most):
            return f"achter {name} hoort een geheel getal van 1 tot {most}."
    frequency = re.search(r"FREQ=(DAILY|WEEKLY)", rule.upper())
    if frequency and _SPARSE & set(names):
        return f"bij FREQ={frequency[1]} horen alleen BYDAY en BYMONTH; kies anders FREQ=MONTHLY."
    twice = next((name for name in names if names.count(name) > 1), "")
    return f"{twice} staat er dubbel." if twice else ""


def rule_dates(rule: str, starts: datetime) -> Iterator[datetime]:
    """Local times of a recurrence; of one without an end the first `OCCURRENCES_MAX`.

    A date behind UNTIL, as calendars write it, means that day and all of it.

    Args:
        rule: as RFC 5545, 3.3.10, has it.
        starts: local time of the first, without a zone.

    Raises:
        ValueError, TypeError, KeyError, IndexError, OverflowError: where it is no rule.
    """
    rule = _DATE.sub(r"UNTIL=\1\2\3T235959", rule.upper())
    return islice(iter(rrulestr(rule, dtstart=starts)), OCCURRENCES_MAX)
