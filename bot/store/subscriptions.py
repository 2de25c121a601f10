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
    until = row["paused_until"]
    return Subscription(
        active=bool(row["active"]),
        leads=row["leads"] or None,
        paused_until=datetime.fromisoformat(until) if until else None,
        ended_because=row["ended_because"],
    )


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
    ) -> None:
        """Subscribe, or subscribe again; once is enough: `since` stays for who is subscribed already.

        What was due during a pause is not made up for, whether the pause ran out or was ended.
        """
        self._db.execute(
            """
            insert into subscriptions (conversation, active, since) values (?, 1, ?)
            on conflict (conversation) do update set
              since = case when active = 0 then excluded.since
                      else max(since, min(coalesce(paused_until, ''), excluded.since)) end,
              active = 1, paused_until = null, ended_because = null
            """,
            [conversation, now.isoformat()],
        )
        if leads is not None:
            self._choose(conversation, leads, now)

    def end(self, conversation: str, reason: Reason) -> None:
        """No more messages, also not those already queued, corrections neither."""
        self._db.execute(
            """
            update subscriptions set active = 0, paused_until = null, ended_because = ?
            where conversation = ? and active = 1
            """,
            [reason, conversation],
        )
        withdrawals.withdraw_all(self._db, conversation, reason)

    def pause(self, conversation: str, until: datetime, now: datetime) -> None:
        """No reminders until `until`; what is queued is dropped, and what is due meanwhile is not made up for.

        A correction is no reminder: who heard of a meeting hears that it moved, also in a pause.
        """
        self._db.execute(
            """
            insert into subscriptions (conversation, active, since, paused_until) values (?, 1, ?, ?)
            on conflict (conversation) do update
              set active = 1, paused_until = excluded.paused_until, ended_because = null
            """,
            [conversation, now.isoformat(), until.isoformat()],
        )
        withdrawals.withdraw_reminders(self._db, conversation, Reason.PAUSED)

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
        for table in ("subscriptions", "chosen_leads"):
            self._db.execute(f"delete from {table} where conversation = ?", [conversation])
        withdrawals.forget(self._db, conversation)

    def _choose(self, conversation: str, leads: tuple[timedelta, ...], now: datetime) -> None:
        """From now on these leads; one that was due before it was chosen is not made up for."""
        minutes = [lead_minutes(lead) for lead in leads]
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
        withdrawals.withdraw_reminders(self._db, conversation, Reason.OTHER_LEADS, but=minutes)
