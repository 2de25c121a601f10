"""How often a series is held, where its rule says so simply enough for one sentence."""

import re
from dataclasses import dataclass
from typing import Literal

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_READ = {"FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}
"""Parts of a rule that a rhythm takes in; with any other it is none."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every `interval` weeks or months, on a weekday; in a month on the `nth` of them, -1 is the last."""

    unit: Literal["week", "month"]
    interval: int
    weekday: int
    """Monday is 0."""
    nth: int = 0


def rhythm(rule: str) -> Rhythm | None:
    """The rhythm of a recurrence (RFC 5545, 3.3.10); None where one sentence cannot say it.

    Args:
        rule: as `meetings.toml` has it, such as `FREQ=MONTHLY;BYDAY=2TU`.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    day = re.fullmatch(r"([+-]?\d)?([A-Z]{2})", parts.get("BYDAY", ""))
    if set(parts) - _READ or day is None or day[2] not in _WEEKDAYS or parts.get("COUNT") == "1":
        return None
    interval, nth = int(parts.get("INTERVAL", "1")), int(day[1] or parts.get("BYSETPOS", "0"))
    weekday = _WEEKDAYS.index(day[2])
    if parts.get("FREQ") == "WEEKLY" and not nth:
        return Rhythm("week", interval, weekday)
    if parts.get("FREQ") == "MONTHLY" and (1 <= nth <= 4 or nth == -1):
        return Rhythm("month", interval, weekday, nth)
    return None
