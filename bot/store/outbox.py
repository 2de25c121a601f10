"""The outbox: a row for every reminder, written before the send (rule 5 of docs/architecture.md).

`claim` takes a row, one of `mark_sent`, `reschedule`, `finish` and `recipient_gone` records how its send
ended, and `requeue_orphans` takes care of what was claimed and never recorded.
"""

from collections.abc import Callable
from datetime import datetime

import sqlite_utils

from bot.retry import DOUBTS_MAX
from bot.store.database import delete_in_steps, write_transaction
from bot.store.lease import Lease
from bot.store.outbox_query import (
    OUTBOX_ROW_SQL,
    PLANNED_OR_STOPPED_SQL,
    UNFINISHED_SQL,
    paused_sql,
    planned_because,
    read_row,
)
from bot.store.subscriptions import Subscriptions
from bot.store.values import Kind, NoLongerDue, Reason, Row, State, StillDue
from bot.store.watch import WatchedDatabase

EDITS = 1
"""Of a correction that was sent: its earlier cards are to be edited, until they are or the meeting is past."""
StillDueCheck = Callable[[Row], StillDue | NoLongerDue]


class Outbox:
    """Claims and records; every method is one transaction, claims are atomic in the database."""

    def __init__(self, database: sqlite_utils.Database, lease: Lease) -> None:
        """Read and write the table `outbox` of `database`; claims carry the name of the owner of `lease`."""
        self._db, self._lease, self._worker_id = database, lease, lease.owner
        self._subscriptions = Subscriptions(database)

    def claim(self, now: datetime, still_due: StillDueCheck, *, due_by: datetime) -> Row | None:
        """Take the next row that was due by then; None where there is none, or where somebody else sends.

        What is queued for who stopped meanwhile is not taken: `stop` holds at once. A correction is
        also for those who paused, for they heard of the meeting. `still_due` decides, in the same
        transaction, whether the row still has something to say; what may have arrived `DOUBTS_MAX`
        times already is given up, whatever broke: the send, its record or the process.
        Raises `NoRoomError` where the disk is full: how it ends might not be recorded.
        """
        while True:
            with write_transaction(self._db):
                values = self._next(now, due_by)
                if values is None:
                    return None
                row = read_row(values)
                verdict = _verdict(row, still_due)
                if isinstance(verdict, NoLongerDue):
                    self._end_unsent(values["id"], verdict)
                    continue
                told = verdict.announcement
                self._db.execute(
                    f"""
                    update outbox set state = '{State.SENDING}', claimed_by = ?, claimed_at = ?,
                      attempts = attempts + 1, announced = 1, announced_start = ?, announced_shown = ?
                    where id = ?
                    """,
                    [self._worker_id, now.isoformat(), told.column, told.shown, values["id"]],
                )
            return row

    def _next(self, now: datetime, due_by: datetime) -> dict[str, object] | None:
        if isinstance(self._db, WatchedDatabase):
            self._db.watch.require_room()
        if not self._lease.is_ours():
            return None
        rows = self._db.query(
            f"""
            {OUTBOX_ROW_SQL} where o.state = '{State.PLANNED}' and o.next_try <= :due_by
              and (o.kind = '{Kind.CORRECTION}' or not {paused_sql(":now")})
            order by o.next_try, o.id limit 1
            """,
            {"now": now.isoformat(), "due_by": due_by.isoformat()},
        )
        return next(iter(rows), None)

    def _end_unsent(self, id_: object, verdict: NoLongerDue) -> None:
        self._db.execute(
            "update outbox set state = ?, reason = ?, detail = ? where id = ?",
            [verdict.state, verdict.reason, verdict.detail, id_],
        )

    def mark_sent(self, row: Row, *, activity: str, thread: str, now: datetime) -> None:
        """It was delivered; a correction leaves the earlier cards to be edited."""
        self._record(
            row,
            f"""
            state = '{State.SENT}', reason = null, detail = '', sent_at = :now, activity = :activity,
            thread = :thread, edits = :edits, next_try = :now
            """,
            now=now.isoformat(),
            activity=activity,
            thread=thread,
            edits=EDITS if row.kind is Kind.CORRECTION else 0,
        )

    def reschedule(
        self,
        row: Row,
        *,
        at: datetime,
        reason: Reason | None,
        detail: str = "",
        doubt: bool = False,
        counts: bool = True,
    ) -> None:
        """It was not delivered, or (`doubt`) we cannot know: try again at `at`, unless it was stopped meanwhile."""
        self._record(
            row,
            f"""
            attempts = attempts - :uncounted, doubts = doubts + :doubt, next_try = :at,
            announced = (doubts + :doubt > 0), state = {PLANNED_OR_STOPPED_SQL},
            reason = {planned_because(":reason")}, detail = :detail
            """,
            uncounted=int(not counts),
            doubt=int(doubt),
            at=at.isoformat(),
            reason=reason,
            detail=detail,
        )

    def finish(
        self, row: Row, state: State, reason: Reason, detail: str = "", *, doubt: bool = False
    ) -> None:
        """It will not be sent again: failed, expired or stopped; with `doubt` it may have arrived."""
        self._record(
            row,
            "state = :state, reason = :reason, detail = :detail, doubts = doubts + :doubt",
            state=state,
            reason=reason,
            detail=detail,
            doubt=int(doubt),
        )

    def recipient_gone(self, row: Row, reason: Reason) -> None:
        """Nobody is there any more: the row fails, the subscription ends, the address is not kept.

        A bot that an administrator switched off may be switched on again, so there the address stays.
        """

        def end() -> None:
            ended = "state = :state, reason = :reason, detail = ''"
            self._record_claim(row, ended, state=State.FAILED, reason=reason)
            self._subscriptions.end(row.conversation, reason)
            if reason is not Reason.DISABLED:
                self._db.execute(
                    "update conversations set address = '' where id = ?", [row.conversation]
                )

        self._write(end)

    def requeue_orphans(self, is_dead: Callable[[str], bool], now: datetime) -> int:
        """Plan again what a process that is no more was sending: each is in doubt; how many rows."""
        claims = self._db.query(
            f"select distinct claimed_by from outbox where state = '{State.SENDING}'"
        )
        requeued = 0
        for process in [claim["claimed_by"] for claim in claims]:
            if not is_dead(process):
                continue
            with write_transaction(self._db):
                requeued += self._db.execute(
                    f"""
                    update outbox set state = {PLANNED_OR_STOPPED_SQL}, next_try = :at, doubts = doubts + 1,
                      reason = {planned_because(":reason")}, detail = ''
                    where state = '{State.SENDING}' and claimed_by = :process
                    """,
                    {"at": now.isoformat(), "process": process, "reason": Reason.CUT_OFF},
                ).rowcount
        return requeued

    def clean(self, before: datetime) -> int:
        """Remove what was due before a moment and is finished; how many rows."""
        finished = f"state not in {UNFINISHED_SQL} and due < ?"
        return delete_in_steps(self._db, "outbox", finished, before.isoformat())

    def _record(self, row: Row, sets: str, **values: str | int | None) -> None:
        self._write(lambda: self._record_claim(row, sets, **values))

    def _write(self, do: Callable[[], None]) -> None:
        """Do it in one transaction, in the room that is reserved where the disk is full."""

        def write() -> None:
            with write_transaction(self._db):
                do()

        if isinstance(self._db, WatchedDatabase):
            self._db.watch.reserve.for_record(write)
        else:
            write()

    def _record_claim(self, row: Row, sets: str, **values: str | int | None) -> None:
        """Record the end of a claim of ours; a claim that was taken over meanwhile is left alone."""
        self._db.execute(
            f"""
            update outbox set {sets}
            where id = :id and claimed_by = :worker_id and state = '{State.SENDING}'
            """,
            {"id": row.id, "worker_id": self._worker_id, **values},
        )


def _verdict(row: Row | None, still_due: StillDueCheck) -> StillDue | NoLongerDue:
    """Whether a row that is claimed is sent; None is a row whose address cannot be read."""
    if row is None:
        return NoLongerDue(State.FAILED, Reason.BAD_ADDRESS)
    if row.doubts >= DOUBTS_MAX:
        return NoLongerDue(State.FAILED, Reason.GAVE_UP, row.detail or str(row.reason or ""))
    return still_due(row)
