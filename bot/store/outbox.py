"""The outbox: a row for every reminder, written before the send (DESIGN 3, rule 5).

planned → sending → sent, or planned again, or failed, expired or stopped with a reason in words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.channel import Address
from bot.store.database import writing
from bot.store.subscriptions import Subscriptions

CHANGED = "the meeting was moved or cancelled"
"""Why a row was stopped that is planned again when the meeting is held as it was after all."""
EDITS = 5
"""How often the earlier cards of somebody who was sent a correction are tried to edit."""
EDIT_AGAIN = timedelta(minutes=1)
CLEANED = 500
"""Rows removed in one transaction, so that nobody waits long for it."""

TOLD = "told is not null and (state in ('sent', 'sending') or doubts > 0)"
"""What people were told: what was sent, what is being sent, and what may have arrived."""
_ROW = """
    select o.*, c.address, c.language, (
      select told from outbox t indexed by idx_outbox_conversation_occurrence
      where t.conversation = o.conversation and t.occurrence = o.occurrence and t.id <> o.id
        and t.told is not null and (t.state in ('sent', 'sending') or t.doubts > 0)
      order by coalesce(t.sent_at, t.claimed_at) desc, t.id desc limit 1) as told_before
    from outbox o
    join subscriptions s on s.conversation = o.conversation and s.active = 1
    join conversations c on c.id = o.conversation and c.address <> ''
"""
# Where a row goes that was not sent: it waits again, unless it was stopped meanwhile.
_STILL = """
    case when exists (
      select 1 from subscriptions s where s.conversation = outbox.conversation and s.active = 1
        and (outbox.lead like 'change%' or s.paused_until is null or s.paused_until <= :at))
    then 'planned' else 'stopped' end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reminder or correction that is to be sent, or a correction that was."""

    id: int
    occurrence: str
    lead: str
    conversation: str
    due: datetime
    attempts: int
    doubts: int
    why: str
    """How the attempt before ended."""
    told_before: str | None
    """What the conversation was told of the occurrence last, by another row."""
    address: Address
    language: str | None

    @property
    def correction(self) -> bool:
        """Whether it tells of a change."""
        return self.lead.startswith("change")


@dataclass(frozen=True, slots=True)
class Send:
    """A row still has something to say: this."""

    told: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A row has nothing to say any more."""

    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A card about an occurrence that a conversation holds already."""

    activity: str
    thread: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction that was sent, and the earlier cards that say something else."""

    row: Row | None
    """None where nobody is there any more."""
    cards: list[Earlier]


Judge = Callable[[Row], Send | Drop]


class Outbox:
    """Claims and records; every method is one transaction, claims are atomic in the database."""

    def __init__(self, database: sqlite_utils.Database, me: str) -> None:
        """Keep it in this database; claims carry the name `me`."""
        self._db, self._me = database, me
        self._subscriptions = Subscriptions(database)

    # Deliver.

    def claim(self, now: datetime, still_due: Judge, *, due_by: datetime) -> Row | None:
        """Take the next row that was due by then; no other process will get it. None where there is none.

        What is queued for who stopped meanwhile is not taken: `stop` holds at once. A correction is
        also for those who paused, for they were told. `judge` decides, in the same transaction,
        whether the row still has something to say.
        """
        while True:
            with writing(self._db):
                values = self._next(now, due_by)
                if values is None:
                    return None
                row = _row(values)
                if row is None:
                    self._db.execute(
                        "update outbox set state = 'failed', why = 'the address cannot be read' where id = ?",
                        [values["id"]],
                    )
                    continue
                verdict = still_due(row)
                if isinstance(verdict, Drop):
                    self._db.execute(
                        "update outbox set state = ?, why = ? where id = ?",
                        [verdict.state, verdict.why, row.id],
                    )
                    continue
                self._db.execute(
                    """
                    update outbox set state = 'sending', claimed_by = ?, claimed_at = ?, attempts = attempts + 1,
                      told = ? where id = ?
                    """,
                    [self._me, now.isoformat(), verdict.told, row.id],
                )
            return row

    def _next(self, now: datetime, due_by: datetime) -> dict[str, object] | None:
        found = self._db.query(
            f"""
            {_ROW} where o.state = 'planned' and o.next_try <= :due_by
              and (o.lead like 'change%' or s.paused_until is null or s.paused_until <= :now)
            order by o.next_try, o.id limit 1
            """,
            {"now": now.isoformat(), "due_by": due_by.isoformat()},
        )
        return next(iter(found), None)

    def sent(self, row: Row, *, activity: str, thread: str, now: datetime) -> None:
        """It was delivered; a correction leaves the earlier cards to be edited."""
        self._finish(
            row,
            "state = 'sent', why = null, sent_at = :now, activity = :activity, thread = :thread, edits = :edits,"
            " next_try = :now",
            now=now.isoformat(),
            activity=activity,
            thread=thread,
            edits=EDITS if row.correction else 0,
        )

    def again(
        self, row: Row, *, at: datetime, why: str, doubt: bool = False, counts: bool = True
    ) -> None:
        """It was not delivered, or (`doubt`) we cannot know: try again at `at`, unless it was stopped meanwhile.

        Without `counts` it is put back as if it had not been taken.
        """
        self._finish(
            row,
            f"""
            attempts = attempts - :uncounted, doubts = doubts + :doubt, next_try = :at, why = :why,
            told = case when doubts + :doubt > 0 then told end,
            state = {_STILL}
            """,
            uncounted=int(not counts),
            doubt=int(doubt),
            at=at.isoformat(),
            why=why,
        )

    def end(self, row: Row, state: str, why: str) -> None:
        """It will not be sent: failed, expired or stopped."""
        self._finish(row, "state = :state, why = :why", state=state, why=why)

    def gone(self, row: Row, why: str) -> None:
        """Nobody is there any more: the row fails, the subscription ends, the address is not kept.

        A bot that an administrator switched off may be switched on again, so there the address stays.
        """
        with writing(self._db):
            self._db.execute(
                "update outbox set state = 'failed', why = ? where id = ?", [why, row.id]
            )
            self._subscriptions.end(row.conversation, why)
            if why != "disabled":
                self._db.execute(
                    "update conversations set address = '' where id = ?", [row.conversation]
                )

    def release(self, dead: Callable[[str], bool], now: datetime) -> int:
        """Plan again what was cut off in a process that is no more: it is in doubt; how many rows."""
        claims = self._db.query("select distinct claimed_by from outbox where state = 'sending'")
        released = 0
        for process in [claim["claimed_by"] for claim in claims]:
            if not dead(process):
                continue
            with writing(self._db):
                released += self._db.execute(
                    f"""
                    update outbox set state = {_STILL}, next_try = :at, doubts = doubts + 1, why = 'cut off'
                    where state = 'sending' and claimed_by = :process
                    """,
                    {"at": now.isoformat(), "process": process},
                ).rowcount
        return released

    # Edit the cards that were sent before a correction.

    def claim_edit(self, now: datetime) -> Edit | None:
        """A correction that was sent, and the earlier cards that say something else; None where all are edited.

        Editing twice does no harm, so a crash on the way needs no memory: it is tried again.
        """
        with writing(self._db):
            taken = self._db.query(
                """
                update outbox set edits = edits - 1, next_try = :later where id = (
                  select id from outbox where edits > 0 and next_try <= :now order by next_try limit 1)
                returning id
                """,
                {"now": now.isoformat(), "later": (now + EDIT_AGAIN).isoformat()},
            )
            id_ = next((row["id"] for row in taken), None)
            if id_ is None:
                return None
            rows = self._db.query(f"{_ROW} where o.id = ?", [id_])
            row = next((_row(values) for values in rows), None)
            earlier = self._db.query(
                """
                select e.activity, e.thread from outbox o
                join outbox e indexed by idx_outbox_conversation_occurrence
                  on e.conversation = o.conversation and e.occurrence = o.occurrence
                where o.id = ? and e.id <> o.id and e.state = 'sent' and e.activity <> ''
                order by e.sent_at desc, e.id desc
                """,
                [id_],
            )
            cards = [Earlier(found["activity"], found["thread"]) for found in earlier]
            if row is None or not cards:
                self._db.execute("update outbox set edits = 0 where id = ?", [id_])
        return Edit(row, cards) if row else Edit(None, [])

    def edited(self, row: Row) -> None:
        """The earlier cards are edited, or cannot be."""
        with writing(self._db):
            self._db.execute("update outbox set edits = 0 where id = ?", [row.id])

    # Look and clean.

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return {
            r["state"]: r["n"]
            for r in self._db.query("select state, count(*) as n from outbox group by state")
        }

    def clean(self, deliveries_before: datetime, questions_before: datetime) -> int:
        """Remove what was due, or asked, before a moment and is finished; how many rows."""
        removed = 0
        for table, where, before in (
            (
                "outbox",
                "state not in ('planned', 'sending') and due < ?",
                deliveries_before.isoformat(),
            ),
            ("unanswered", "day < ?", questions_before.date().isoformat()),
        ):
            while True:
                with writing(self._db):
                    some: int = self._db.execute(
                        f"delete from {table} where id in (select id from {table} where {where} limit {CLEANED})",
                        [before],
                    ).rowcount
                removed += some
                if some < CLEANED:
                    break
        return removed

    def _finish(self, row: Row, sets: str, **values: str | int) -> None:
        """Record the end of a claim of ours; a claim that was taken over meanwhile is left alone."""
        with writing(self._db):
            self._db.execute(
                f"update outbox set {sets} where id = :id and claimed_by = :me and state = 'sending'",
                {"id": row.id, "me": self._me, **values},
            )


def _row(values: dict[str, object]) -> Row | None:
    """The row; None where its address is damaged, so that one bad row does not hold up all others."""
    try:
        address = Address.from_json(str(values["address"]))
    except (ValueError, TypeError, AttributeError):
        return None
    return Row(
        id=int(str(values["id"])),
        occurrence=str(values["occurrence"]),
        lead=str(values["lead"]),
        conversation=str(values["conversation"]),
        due=datetime.fromisoformat(str(values["due"])),
        attempts=int(str(values["attempts"])) + 1,
        doubts=int(str(values["doubts"])),
        why=str(values["why"] or ""),
        told_before=str(values["told_before"]) if values["told_before"] else None,
        address=address,
        language=str(values["language"]) if values["language"] else None,
    )
