"""Plans: for everybody who wants to hear of a meeting a row in the outbox, written before the send."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.plans_query import (
    HEARD_A_START_TO_COME_SQL,
    HEARD_ANOTHER_START_SQL,
    OWED_CORRECTIONS_SQL,
    SUPERSEDE_SQL,
    WANTED_REMINDERS_SQL,
    WRITE_CORRECTIONS_SQL,
    WRITE_REMINDERS_SQL,
)
from bot.store.values import Announcement, State

LONGEST_WAIT = timedelta(hours=2)
"""Longer than any row waits for its next attempt; what waits longer was planned by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Due:
    """A lead of an occurrence that is due."""

    minutes: int
    moment: str
    """The new local start of a meeting that was moved, which is announced anew; else empty."""
    at: datetime
    usual: bool
    """Whether it is a lead of the series, for who chose none."""


class Plans:
    """Writes rows; each stands once for an occurrence, a lead and a conversation, so planning twice is once."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Write to the table `outbox` of `database`."""
        self._db = database

    def chosen_leads(self) -> tuple[timedelta, ...]:
        """Every lead that somebody chose."""
        rows = self._db.query("select distinct minutes from chosen_leads")
        return tuple(timedelta(minutes=row["minutes"]) for row in rows)

    def occurrences(self) -> list[str]:
        """Every occurrence that the outbox knows."""
        rows = self._db.query(
            # Jumps from one to the next in the index, whatever the number of rows.
            """
            with recursive jump (occurrence) as (
              select min(occurrence) from outbox union all
              select (select min(o.occurrence) from outbox o where o.occurrence > jump.occurrence)
              from jump where jump.occurrence is not null)
            select occurrence from jump where occurrence is not null
            """
        )
        return [row["occurrence"] for row in rows]

    def reminders(
        self, occurrence: str, due: Sequence[Due], announcement: Announcement, now: datetime
    ) -> int:
        """Write a row for everybody for whom a reminder of an occurrence is due; how many.

        Of several that are overdue only the nearest; one that still waits gives way to it.

        Args:
            occurrence: the meeting's key.
            due: every lead that is due.
            announcement: what is announced of the meeting now.
            now: the moment, UTC.
        """
        values = _wanted_values(occurrence, due, announcement, now)
        if not self._any(WANTED_REMINDERS_SQL, values):
            return 0
        with write_transaction(self._db):
            written: int = self._db.execute(WRITE_REMINDERS_SQL, values).rowcount
            self._db.execute(SUPERSEDE_SQL, {"occurrence": occurrence})
        return written

    def wanted(
        self, occurrence: str, due: Sequence[Due], announcement: Announcement, now: datetime
    ) -> int:
        """For how many `reminders` would write a row now."""
        values = _wanted_values(occurrence, due, announcement, now)
        return self._count(WANTED_REMINDERS_SQL, values)

    def owed(self, occurrence: str, announcement: Announcement, now: datetime) -> int:
        """For how many `corrections` would write a row now."""
        values = _owed_values(occurrence, announcement, now)
        if not self._may_be_owed(announcement, values, now):
            return 0
        return self._count(OWED_CORRECTIONS_SQL, values)

    def corrections(self, occurrence: str, announcement: Announcement, now: datetime) -> int:
        """Write a correction for everybody who heard something that is no longer so; how many.

        Args:
            occurrence: the meeting's key.
            announcement: what is announced of it now.
            now: the moment, UTC.
        """
        values = _owed_values(occurrence, announcement, now)
        with write_transaction(self._db):
            written: int = self._db.execute(WRITE_CORRECTIONS_SQL, values).rowcount
        return written

    def pull_forward(self, now: datetime) -> int:
        """Try now what waits longer than anything does: the clock was set back since; how many rows."""
        values = {"now": now.isoformat(), "latest": (now + LONGEST_WAIT).isoformat()}
        late = f"from outbox where state = '{State.PLANNED}' and next_try > :latest"
        if not list(self._db.query(f"select 1 {late} limit 1", values)):
            return 0
        with write_transaction(self._db):
            pulled: int = self._db.execute(
                f"update outbox set next_try = :now where id in (select id {late})", values
            ).rowcount
        return pulled

    def _may_be_owed(
        self, announcement: Announcement, values: Mapping[str, object], now: datetime
    ) -> bool:
        """A cheap look: whether anybody heard anything else that still matters."""
        to_come = announcement.start is not None and announcement.start > now
        return self._any(HEARD_ANOTHER_START_SQL if to_come else HEARD_A_START_TO_COME_SQL, values)

    def _count(self, query: str, values: Mapping[str, object]) -> int:
        (row,) = self._db.query(f"select count(*) as n from ({query})", values)
        return int(row["n"])

    def _any(self, query: str, values: Mapping[str, object]) -> bool:
        return bool(list(self._db.query(f"{query} limit 1", values)))


def _wanted_values(
    occurrence: str, due: Sequence[Due], announcement: Announcement, now: datetime
) -> dict[str, object]:
    """The parameters of `WANTED_REMINDERS_SQL`."""
    return {
        **_owed_values(occurrence, announcement, now),
        "usual_minutes": min((d.minutes for d in due if d.usual), default=None),
        "due": json.dumps([(d.minutes, d.moment, d.at.isoformat()) for d in due]),
    }


def _owed_values(occurrence: str, announcement: Announcement, now: datetime) -> dict[str, object]:
    """The parameters of `OWED_CORRECTIONS_SQL`."""
    return {
        "occurrence": occurrence,
        "start": announcement.column,
        "shown": announcement.shown,
        "now": now.isoformat(),
    }
