"""What of the entries depends on the day on which one looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from faq.entries import Entry, Knowledge
from faq.errors import Problem

SOON = timedelta(days=30)
"""So long before `review_by` an answer is due, so that members never read that it is late."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens to an entry by itself, on a day."""

    day: date
    entry: Entry
    what: Literal["starts", "changes", "ends"]


def coming(knowledge: Knowledge, after: date, until: date) -> list[Coming]:
    """Everything that changes by itself after a day, up to and with another."""
    changes = [
        change
        for entry in knowledge.entries.values()
        for change in _changes(entry)
        if after < change.day <= until
    ]
    return sorted(changes, key=lambda change: (change.day, change.entry.id))


def _changes(entry: Entry) -> Iterator[Coming]:
    if entry.starts > date.min:
        yield Coming(entry.starts, entry, "starts")
    for later in entry.later:
        yield Coming(later.starts, entry, "changes")
    if entry.until < date.max:
        yield Coming(entry.until + timedelta(days=1), entry, "ends")


def due(knowledge: Knowledge, today: date) -> list[Entry]:
    """The entries that a person should hold against their sources, the most urgent first.

    First what nobody ever checked. Then by risk: whoever wrote an answer set `review_by` sooner the
    sooner it may become wrong. Then by age.
    """
    entries = [
        entry
        for entry in knowledge.entries.values()
        if entry.until > today and (entry.check is None or entry.review_by <= today + SOON)
    ]
    return sorted(
        entries,
        key=lambda e: (e.check is not None, e.review_by, e.check.on if e.check else e.read),
    )


def problems(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning for every entry that is due for a check, is over, or has a date that cannot be."""
    for entry in knowledge.entries.values():
        yield from _unlikely(entry, today)
        yield from _over(entry, today)


def _over(entry: Entry, today: date) -> Iterator[Problem]:
    """What is not offered any more, or was replaced: it can go, so that nobody mends it in vain."""
    if entry.until < today:
        what = f"{entry.until:%d-%m-%Y} was de laatste dag van dit antwoord."
        yield entry.problem("until", what, "haal het weg als het niet terugkomt.", warning=True)
    elif entry.on(today) is not entry:
        what = "het latere antwoord geldt al."
        mend = "zet het op de plaats van answer, en haal dat [[entry.later]] weg."
        yield entry.problem("later", what, mend, warning=True)


def _unlikely(entry: Entry, today: date) -> Iterator[Problem]:
    """Due for a check, or said to have been read or checked on a day that has not come yet."""
    if entry.review_by <= today:
        what = f"dit antwoord moest voor {entry.review_by:%d-%m-%Y} worden nagekeken, door {entry.owner}."
        mend = "kijk het na bij de bron: python app.py review"
        yield entry.problem("review_by", what, mend, warning=True)
    # What could not be read as a day is far away, and was told already.
    if today < entry.read < date.max:
        what = f"{entry.read:%d-%m-%Y} is nog niet geweest."
        mend = "schrijf de dag waarop de bronnen zijn gelezen."
        yield entry.problem("read", what, mend, warning=True)
    if entry.check and today < entry.check.on < date.max:
        what = f"{entry.check.on:%d-%m-%Y} is nog niet geweest."
        mend = "schrijf de dag waarop iemand het antwoord naast de bron hield."
        yield entry.problem("checked", what, mend, warning=True)
