"""What the organiser looks at: what will be sent, what waits, and how it ended; nothing is written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.store.database import open_read_only
from bot.store.file import UnusableDatabaseError
from bot.store.outbox_query import UNFINISHED_SQL, paused_sql
from bot.store.plans import Due, Plans
from bot.store.plans_query import OWED_CORRECTIONS_SQL
from bot.store.values import Announcement, Kind, Reason, State, label


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait to be sent."""

    occurrence: str
    kind: Kind
    lead: str
    """Of reminders: `7d`, with the new moment behind it where the meeting was moved."""
    count: int


@dataclass(frozen=True, slots=True)
class Owed:
    """Conversations that heard the same of a meeting, which is no longer so."""

    before: Announcement
    """What they heard last."""
    count: int


@dataclass(frozen=True, slots=True)
class Ended:
    """Rows that ended alike."""

    state: State
    reason: Reason | None
    detail: str
    count: int


def require_readable(path: Path, command: str) -> sqlite_utils.Database:
    """A connection that can only read, for a command that has nothing to say without a database.

    Raises:
        UnusableDatabaseError: where there is none of this version; an empty answer would be that of
            another bot than the one that runs.
    """
    database = open_read_only(path)
    if database is not None:
        return database
    state = "is of an older version; start the bot once" if path.exists() else "does not exist"
    raise UnusableDatabaseError(
        f"DATABASE_PATH {path} {state}. Under systemd: deploy/ladderbotctl {command}."
    )


class Report:
    """Counts conversations: of what is still to be sent, and of what was."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read `database`."""
        self._db = database
        self.plans = Plans(database)

    def audience(self, due: Due) -> int:
        """To how many conversations a reminder goes that is due then, as things are now."""
        return self._count(
            f"""
            select count(*) as n from subscriptions s
            join conversations v on v.id = s.conversation and v.address <> ''
            left join chosen_leads c on c.conversation = s.conversation and c.minutes = :minutes
            where s.active = 1 and max(s.since, coalesce(c.since, '')) <= :at and not {paused_sql(":at")}
              and (c.minutes is not null or (:usual and not exists (
                select 1 from chosen_leads n where n.conversation = s.conversation)))
            """,
            {"minutes": due.minutes, "usual": due.usual, "at": due.at.isoformat()},
        )

    def owed(self, occurrence: str, announcement: Announcement, now: datetime) -> list[Owed]:
        """To how many conversations a correction is owed that is not queued yet, by what they heard; most first."""
        rows = self._db.query(
            f"""
            select start, shown, count(*) as n from ({OWED_CORRECTIONS_SQL})
            group by start, shown order by n desc, start
            """,
            {
                "occurrence": occurrence,
                "start": announcement.column,
                "shown": announcement.shown,
                "now": now.isoformat(),
            },
        )
        return [Owed(Announcement.of_columns(row["start"], row["shown"]), row["n"]) for row in rows]

    def waiting(self) -> list[Waiting]:
        """What waits to be sent; the corrections of an occurrence together."""
        rows = self._db.query(
            f"""
            select occurrence, kind, case kind when '{Kind.REMINDER}' then number else 0 end as number, moment,
              count(*) as n
            from outbox where state in {UNFINISHED_SQL}
            group by 1, 2, 3, 4 order by occurrence, kind, number desc, moment
            """
        )
        return [
            Waiting(
                row["occurrence"],
                Kind(row["kind"]),
                label(row["kind"], row["number"], row["moment"]),
                row["n"],
            )
            for row in rows
        ]

    def ended(self, since: datetime) -> list[Ended]:
        """How what was due since then ended, the most first."""
        rows = self._db.query(
            f"""
            select state, reason, detail, count(*) as n from outbox
            where due >= ? and state not in {UNFINISHED_SQL}
            group by state, reason, detail order by n desc
            """,
            [since.isoformat()],
        )
        return [
            Ended(
                State(row["state"]),
                Reason(row["reason"]) if row["reason"] else None,
                row["detail"],
                row["n"],
            )
            for row in rows
        ]

    def _count(self, query: str, values: dict[str, object]) -> int:
        return int(next(iter(self._db.query(query, values)))["n"])
