"""Subscriptions: who wants to hear of the meetings, from when, and how long before."""

from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from bot.store import withdrawals
from bot.store.rows import first_row
from bot.store.values import Reason
from dialogs.values import Subscription
from faq.meetings import lead_minutes


def read_subscription(row: dict[str, Any] | None) -> Subscription | None:
    """What a dialog needs of a row."""
    if row is None:
        return None
    begins, until = row["paused_from"], row["paused_until"]
    return Subscription(
        active=bool(row["active"]),
        leads=row["leads"] or None,
        paused_from=datetime.fromisoformat(begins) if begins else None,
        paused_until=datetime.fromisoformat(until) if until else None,
        ended_because=row["ended_because"],
    )


_AFTER_A_PAUSE_SQL = """
    case when paused_until is null or coalesce(paused_from, '') > excluded.since then since
      else max(since, min(paused_until, excluded.since)) end
"""
"""`since` where a pause ends, now or because it ran out: what was due in it is not made up for."""


class Subscriptions:
    """Reads and writes subscriptions; the caller opens the transaction."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the tables `subscriptions` and `chosen_leads` of `database`."""
        self._db = database

    def row(self, conversation: str) -> dict[str, Any] | None:
        """The subscription of a conversation as it is kept, with its `leads`; None where there never was one."""
        row = first_row(
            self._db, "select * from subscriptions where conversation = ?", conversation
        )
        if row is None:
            return None
        leads = self._db.query(
            "select minutes from chosen_leads where conversation = ? order by minutes desc",
            [conversation],
        )
        return row | {"leads": tuple(timedelta(minutes=lead["minutes"]) for lead in leads)}

    def subscribe(
        self, conversation: str, leads: tuple[timedelta, ...] | None, now: datetime
    ) -> list[int]:
        """Subscribe, or subscribe again, which ends a pause; the ids of the rows that were stopped.

        Once is enough: `since` stays for who is subscribed already.
        """
        self._db.execute(
            f"""
            insert into subscriptions (conversation, active, since) values (?, 1, ?)
            on conflict (conversation) do update set
              since = case when active = 0 then excluded.since else {_AFTER_A_PAUSE_SQL} end,
              active = 1, paused_from = null, paused_until = null, ended_because = null
            """,
            [conversation, now.isoformat()],
        )
        return self.choose(conversation, leads, now) if leads is not None else []

    def end(self, conversation: str, reason: Reason) -> list[int]:
        """No more messages, also not those already queued, corrections neither; the ids of what was stopped."""
        self._db.execute(
            """
            update subscriptions
            set active = 0, paused_from = null, paused_until = null, ended_because = ?
            where conversation = ? and active = 1
            """,
            [reason, conversation],
        )
        if reason is not Reason.STOP:
            # Nobody is there, so nobody can take it back.
            self._db.execute("delete from undo where conversation = ?", [conversation])
        return withdrawals.withdraw_all(self._db, conversation, reason)

    def pause(
        self, conversation: str, begins: datetime | None, until: datetime, now: datetime
    ) -> list[int]:
        """No reminders from `begins`, or at once, until `until`; the ids of the rows that were stopped.

        At once what is queued is dropped; of a pause that begins later nothing is queued yet. What is
        due in a pause is not made up for. A correction is no reminder: who heard of a meeting hears
        that it moved, also in a pause.
        """
        later = begins is not None and begins > now
        self._db.execute(
            f"""
            insert into subscriptions (conversation, active, since, paused_from, paused_until)
            values (?, 1, ?, ?, ?)
            on conflict (conversation) do update
              set since = {_AFTER_A_PAUSE_SQL}, active = 1, paused_from = excluded.paused_from,
                paused_until = excluded.paused_until, ended_because = null
            """,
            [
                conversation,
                now.isoformat(),
                begins.isoformat() if begins and later else None,
                until.isoformat(),
            ],
        )
        if later:
            return []
        return withdrawals.withdraw_reminders(self._db, conversation, Reason.PAUSED)

    def reactivate(self, conversation: str, now: datetime) -> None:
        """Somebody writes again where an administrator had disabled the bot: the subscription is active again."""
        self._db.execute(
            """
            update subscriptions set active = 1, ended_because = null, since = ?
            where conversation = ? and active = 0 and ended_because = ?
            """,
            [now.isoformat(), conversation, Reason.DISABLED],
        )

    def forget(self, conversation: str) -> None:
        """Remove the subscription and everything that was sent or queued for it."""
        for table in ("subscriptions", "chosen_leads", "undo"):
            self._db.execute(f"delete from {table} where conversation = ?", [conversation])
        withdrawals.forget(self._db, conversation)

    def choose(
        self, conversation: str, leads: tuple[timedelta, ...] | None, now: datetime
    ) -> list[int]:
        """From now on these leads, or those of each series; the ids of the rows that were stopped.

        One that was due before it was chosen is not made up for.
        """
        minutes = [lead_minutes(lead) for lead in leads or ()]
        marks = ",".join("?" * len(minutes))
        self._db.execute(
            f"delete from chosen_leads where conversation = ? and minutes not in ({marks})",
            [conversation, *minutes],
        )
        for each in minutes:
            self._db.execute(
                "insert or ignore into chosen_leads (conversation, minutes, since) values (?, ?, ?)",
                [conversation, each, now.isoformat()],
            )
        if not minutes:
            # Which of them a series has itself, the planner knows.
            return withdrawals.withdraw_reminders(self._db, conversation, Reason.WISH_UNDONE)
        return withdrawals.withdraw_reminders(
            self._db, conversation, Reason.OTHER_LEADS, but=minutes
        )
