"""What a form submits, as a text that could have been typed; it asks for the same changes as a sentence does."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.wishes.breaks import LONGEST
from dialogs.wishes.periods import DAY
from dialogs.wishes.wish import Break, Settings
from faq.meetings import LEAD_MAX, lead_of

LEADS, BEGINS, LAST = "leads", "begins", "last"
"""The names of the fields."""
_SUBMITTED = re.compile(
    rf"[^:]{{1,60}}: {LEADS}=(?P<leads>[\w ,]{{0,80}}); {BEGINS}=(?P<begins>[^;]{{0,40}});"
    rf" {LAST}=(?P<last>[^;]{{0,40}})\Z"
)

Mistake = Literal["no_date", "no_last_day", "ends_before_it_begins", "past", "too_long", "no_lead"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in."""

    leads: tuple[timedelta, ...]
    begins: str
    """The first day of the pause, as it was submitted; empty where none was."""
    last: str
    """The last day of the pause."""


def submitted(says: str, leads: str, begins: str, last: str) -> str:
    """The text of a form whose button says `says`; the fields as a channel gives them."""
    clean = [" ".join(re.sub(r"[^\w /.:,-]", " ", field).split())[:40] for field in (begins, last)]
    return f"{says}: {LEADS}={' '.join(leads.replace(',', ' ').split())}; {BEGINS}={clean[0]}; {LAST}={clean[1]}"


def filled(text: str) -> Filled | None:
    """The form that a text is; None where it is none."""
    match = _SUBMITTED.match(text.strip())
    if match is None:
        return None
    named = map(lead_of, match["leads"].replace(",", " ").split())
    leads = {lead for lead in named if lead and lead <= LEAD_MAX}
    return Filled(
        tuple(sorted(leads, reverse=True)), match["begins"].strip(), match["last"].strip()
    )


def settings(form: Filled, today: date) -> Settings | Mistake:
    """What a form asks for, or what is wrong with it.

    Args:
        form: as it was filled in.
        today: the day on the calendar of the meetings.
    """
    begins, last = _date(form.begins), _date(form.last)
    if (form.begins and begins is None) or (form.last and last is None):
        return "no_date"
    if not form.leads:
        return "no_lead"
    if last is None:
        return "no_last_day" if begins else Settings(frozenset(form.leads), None)
    if last < (begins or last):
        return "ends_before_it_begins"
    if last < today:
        return "past"
    if last + DAY > today + LONGEST:
        return "too_long"
    start = begins if begins and begins > today else None
    return Settings(frozenset(form.leads), Break(start, last + DAY))


def _date(text: str) -> date | None:
    """A day as a form gives it: 2027-07-01, whatever follows it."""
    try:
        return date.fromisoformat(text[: len("2027-07-01")])
    except ValueError:
        return None
