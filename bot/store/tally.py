"""Counts for who watches the bot: rows by how they ended, what is late, who is subscribed."""

from collections.abc import Mapping
from datetime import datetime

import sqlite_utils

from bot.store.outbox_query import UNFINISHED_SQL, paused_sql
from bot.store.rows import first_row
from bot.store.values import Kind, State


class Tally:
    """Counts over all tables; reads only."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read `database`."""
        self._db = database

    def rows(self) -> Mapping[tuple[str, str], int]:
        """How many rows of the outbox there are by state and reason; of what is still to be sent, without one."""
        rows = self._db.query(
            f"""
            select state, case when state in {UNFINISHED_SQL} or state = '{State.SENT}' then ''
              else coalesce(reason, '') end as reason, count(*) as n
            from outbox group by 1, 2
            """
        )
        return {(row["state"], row["reason"]): row["n"] for row in rows}

    def late(self, due_before: datetime, now: datetime) -> int:
        """Rows that were due before a moment and are not sent yet, to who wants them now."""
        return self._count(
            f"""
            select count(*) as n from outbox o
            join subscriptions s on s.conversation = o.conversation and s.active = 1
            where o.state in {UNFINISHED_SQL} and o.due < ?
              and (o.kind = '{Kind.CORRECTION}' or not {paused_sql("?")})
            """,
            due_before.isoformat(),
            *[now.isoformat()] * 2,
        )

    def subscribed(self) -> int:
        """Conversations that want reminders and can be reached."""
        return self._count(
            """
            select count(*) as n from subscriptions s
            join conversations c on c.id = s.conversation and c.address <> '' where s.active = 1
            """
        )

    def _count(self, query: str, *values: str) -> int:
        row = first_row(self._db, query, *values)
        return int(row["n"]) if row else 0
