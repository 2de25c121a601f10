"""How somebody's reminders were before the last change, kept for a day so that it can be undone."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from bot.store import withdrawals
from bot.store.database import write_transaction
from bot.store.outbox_query import value_list
from bot.store.rows import first_row
from bot.store.subscriptions import read_subscription
from bot.store.values import Reason, State
from dialogs.values import UNDO_FOR, Subscription, Undoable

Snapshot = dict[str, Any]
"""A row of `subscriptions`, or none, and its rows of `chosen_leads` as [minutes, since]."""

_WISHES = value_list(Reason.STOP, Reason.PAUSED)
"""Why a row was not tried again, though its send had not ended when its recipient stopped or paused."""


class UndoLog:
    """Keeps the state before the last change of a conversation; but for `clean`, the caller opens the transaction."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `undo` of `database`, and put back what it says."""
        self._db = database

    def snapshot(self, conversation: str) -> Snapshot:
        """How the reminders of a conversation are now."""
        leads = self._db.execute(
            "select minutes, since from chosen_leads where conversation = ? order by minutes",
            [conversation],
        )
        subscription = first_row(
            self._db, "select * from subscriptions where conversation = ?", conversation
        )
        return {"subscription": subscription, "leads": [list(lead) for lead in leads]}

    def keep(
        self, conversation: str, before: Snapshot, withdrawn: Sequence[int], now: datetime
    ) -> None:
        """Keep what was before a change, where it changed anything.

        Args:
            conversation: whose reminders were changed.
            before: its `snapshot` before the change.
            withdrawn: ids of the rows of the outbox that the change stopped.
            now: the moment of the change; who undoes it names this moment.
        """
        if self.snapshot(conversation) == before:
            return
        self._db.execute(
            "insert or replace into undo (conversation, at, before) values (?, ?, ?)",
            [conversation, now.isoformat(), json.dumps(before | {"withdrawn": list(withdrawn)})],
        )

    def undoable(self, conversation: str, now: datetime) -> Undoable | None:
        """The change that can be undone, and what there was before it."""
        row = self._row(conversation)
        if row is None or datetime.fromisoformat(row["at"]) + UNDO_FOR < now:
            return None
        before = json.loads(row["before"])
        return Undoable(datetime.fromisoformat(row["at"]), _subscription(before))

    def restore(self, conversation: str, at: datetime) -> None:
        """Put back what there was before the change of that moment; nothing where another came after it.

        What the change stopped, and what it planned, is planned anew where it is still due.
        """
        kept = self._row(conversation)
        if kept is None or kept["at"] != at.isoformat():
            return
        before = json.loads(kept["before"])
        for table in ("subscriptions", "chosen_leads", "undo"):
            self._db.execute(f"delete from {table} where conversation = ?", [conversation])
        if row := before["subscription"]:
            columns, marks = ", ".join(row), ", ".join(f":{column}" for column in row)
            self._db.execute(f"insert into subscriptions ({columns}) values ({marks})", row)
        for minutes, since in before["leads"]:
            self._db.execute(
                "insert into chosen_leads values (?, ?, ?)", [conversation, minutes, since]
            )
        withdrawals.withdraw_reminders(self._db, conversation, Reason.WISH_UNDONE)
        self._db.execute(
            f"""
            update outbox set reason = ?, detail = ''
            where conversation = ? and state = '{State.STOPPED}'
              and (id in (select value from json_each(?)) or (reason in {_WISHES} and next_try >= ?))
            """,
            [Reason.WISH_UNDONE, conversation, json.dumps(before["withdrawn"]), kept["at"]],
        )

    def clean(self, before: datetime) -> None:
        """Remove what was changed before a moment."""
        with write_transaction(self._db):
            self._db.execute("delete from undo where at < ?", [before.isoformat()])

    def _row(self, conversation: str) -> dict[str, Any] | None:
        return first_row(self._db, "select * from undo where conversation = ?", conversation)


def _subscription(before: Snapshot) -> Subscription | None:
    """What a dialog says of a snapshot."""
    row = before["subscription"]
    if row is None:
        return None
    leads = [timedelta(minutes=minutes) for minutes, _ in before["leads"]]
    return read_subscription(row | {"leads": tuple(sorted(leads, reverse=True))})
