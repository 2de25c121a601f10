"""The cards that were sent before a correction, and are edited once it is out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.lease import Lease
from bot.store.outbox_query import OUTBOX_ROW_SQL, read_row
from bot.store.rows import first_row
from bot.store.values import Kind, Row, State

EDIT_AGAIN = timedelta(minutes=1)
EDIT_AGAIN_MAX = timedelta(minutes=15)
"""Until an edit that failed is tried again: at first, and in the end."""


@dataclass(frozen=True, slots=True)
class EarlierCard:
    """A card about an occurrence that a conversation holds already."""

    activity: str
    thread: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction that was sent, and the earlier cards that say something else."""

    row: Row | None
    """None where nobody is there any more."""
    cards: list[EarlierCard]


class Edits:
    """The corrections whose earlier cards are still to be edited; every method is one transaction.

    Editing twice does no harm, so a crash on the way needs no memory: it is tried again.
    """

    def __init__(self, database: sqlite_utils.Database, lease: Lease) -> None:
        """Read and write the table `outbox` of `database`, while `lease` is ours."""
        self._db, self._lease = database, lease

    def claim(self, now: datetime) -> Edit | None:
        """Take the next correction whose earlier cards say something else.

        None where all are edited, or where another process, or a newer version, is the one that sends.
        """
        with write_transaction(self._db):
            id_ = self._take(now) if self._lease.is_ours() else None
            if id_ is None:
                return None
            rows = self._db.query(f"{OUTBOX_ROW_SQL} where o.id = ?", [id_])
            row = next((read_row(values) for values in rows), None)
            cards = self._earlier_cards(id_)
            if row is None or not cards or self._is_overtaken(id_):
                self._finish(id_)
                cards = []
        return Edit(row, cards) if row else Edit(None, [])

    def finish(self, row: Row) -> None:
        """The earlier cards of this correction are edited, or cannot be."""
        with write_transaction(self._db):
            self._finish(row.id)

    def _take(self, now: datetime) -> int | None:
        """The next; where it fails it is due again in a while, a longer one the longer it has failed."""
        row = first_row(
            self._db,
            "select id, sent_at from outbox where edits > 0 and next_try <= ? order by next_try limit 1",
            now.isoformat(),
        )
        if row is None:
            return None
        wait = min(max(now - datetime.fromisoformat(row["sent_at"]), EDIT_AGAIN), EDIT_AGAIN_MAX)
        self._db.execute(
            "update outbox set next_try = ? where id = ?", [(now + wait).isoformat(), row["id"]]
        )
        return int(row["id"])

    def _earlier_cards(self, id_: int) -> list[EarlierCard]:
        rows = self._db.query(
            f"""
            select e.activity, e.thread from outbox o
            join outbox e indexed by idx_outbox_conversation_occurrence
              on e.conversation = o.conversation and e.occurrence = o.occurrence
            where o.id = ? and (e.sent_at, e.id) < (o.sent_at, o.id)
              and e.state = '{State.SENT}' and e.activity <> ''
            order by e.sent_at desc, e.id desc
            """,
            [id_],
        )
        return [EarlierCard(row["activity"], row["thread"]) for row in rows]

    def _is_overtaken(self, id_: int) -> bool:
        """Whether a later correction was sent; it edits all earlier cards, and says what is true now."""
        later = self._db.query(
            f"""
            select 1 from outbox o join outbox l indexed by idx_outbox_conversation_occurrence
              on l.conversation = o.conversation and l.occurrence = o.occurrence
            where o.id = ? and l.kind = '{Kind.CORRECTION}' and l.state = '{State.SENT}'
              and (l.sent_at, l.id) > (o.sent_at, o.id) limit 1
            """,
            [id_],
        )
        return bool(list(later))

    def _finish(self, id_: int) -> None:
        self._db.execute("update outbox set edits = 0 where id = ?", [id_])
