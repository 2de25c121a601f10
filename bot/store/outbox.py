"""The outbox: a row for every reminder, written before the send (DESIGN 3, rule 5).

planned → sending → sent, or planned again, or failed, expired or stopped with a reason in words.
"""

import os
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.channel import Address
from bot.store.subscriptions import Subscriptions

LEASE = timedelta(seconds=60)
"""After this time a claim of a process that cannot be asked is taken to be dead; a send takes 17 s at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reminder or correction that is to be sent."""

    id: int
    occurrence: str
    lead: str
    conversation: str
    due: datetime
    attempts: int
    address: Address
    language: str | None

    @property
    def correction(self) -> bool:
        """Whether it tells of a change."""
        return self.lead.startswith("change")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told last of an occurrence."""

    conversation: str
    told: str
    activity: str
    corrections: int


class Outbox:
    """Plans, claims and records; every method is one transaction, claims are atomic in the database."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Keep it in this database."""
        self._db = database
        self._subscriptions = Subscriptions(database)
        self.me = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    # Plan.

    def chosen_leads(self) -> tuple[timedelta, ...]:
        """Every lead that somebody chose."""
        return tuple(
            timedelta(minutes=r["minutes"])
            for r in self._db.query("select distinct minutes from chosen_leads")
        )

    def plan(
        self,
        occurrence: str,
        due: Sequence[tuple[timedelta, str, datetime]],
        usual: Sequence[timedelta],
        now: datetime,
    ) -> int:
        """Write a row for everybody for whom a reminder of an occurrence is due.

        Of several overdue leads of one conversation only the nearest is written, and none that was
        due before the conversation subscribed, or while it was paused.

        Args:
            occurrence: the meeting's key.
            due: every lead that is due: its duration, its text and when it was due; the nearest first.
            usual: the leads of the series, for who chose none.
            now: the moment, UTC.

        Returns:
            How many rows were written.
        """
        written = 0
        wants = """
            s.active = 1 and (s.paused_until is null or s.paused_until <= :now)
            and s.since <= :due and coalesce(s.paused_until, '') <= :due
            and exists (select 1 from conversations c where c.id = s.conversation)
        """
        insert = """
            insert or ignore into outbox (occurrence, lead, conversation, state, due, next_try)
            select :occurrence, :lead, s.conversation, 'planned', :due, :now from subscriptions s
        """
        nearest = next((d for d in due if d[0] in usual), None)
        with self._db.atomic():
            for lead, text, moment in due:
                values = {
                    "occurrence": occurrence,
                    "lead": text,
                    "due": moment.isoformat(),
                    "now": now.isoformat(),
                    "minutes": int(lead.total_seconds()) // 60,
                }
                if nearest and nearest[0] == lead:
                    unchosen = "not exists (select 1 from chosen_leads l where l.conversation = s.conversation)"
                    written += self._db.execute(
                        f"{insert} where {wants} and {unchosen}", values
                    ).rowcount
                chosen = """
                    exists (select 1 from chosen_leads l where l.conversation = s.conversation and l.minutes = :minutes)
                    and not exists (
                      select 1 from chosen_leads l where l.conversation = s.conversation and l.minutes < :minutes)
                """
                # A nearer lead that is not due yet must not hide this one, so only due leads are compared.
                smaller = [int(d[0].total_seconds()) // 60 for d in due if d[0] < lead]
                if smaller:
                    marks = ",".join(str(minutes) for minutes in smaller)
                    chosen = chosen.replace("l.minutes < :minutes", f"l.minutes in ({marks})")
                else:
                    chosen = chosen.split("and not exists")[0]
                written += self._db.execute(f"{insert} where {wants} and {chosen}", values).rowcount
        return written

    def told(self, occurrence: str) -> list[Told]:
        """What each conversation was told last of an occurrence: by a reminder, or by a correction."""
        rows = self._db.query(
            """
            select o.conversation, o.told, o.activity,
              (select count(*) from outbox c where c.occurrence = o.occurrence and c.conversation = o.conversation
                and c.lead like 'change%') as corrections
            from outbox o where o.occurrence = ? and o.state = 'sent' and o.id = (
              select id from outbox l where l.occurrence = o.occurrence and l.conversation = o.conversation
                and l.state = 'sent' order by l.sent_at desc, l.id desc limit 1)
            """,
            [occurrence],
        )
        return [
            Told(r["conversation"], r["told"], r["activity"] or "", r["corrections"]) for r in rows
        ]

    def told_occurrences(self) -> list[str]:
        """Occurrences that somebody was told of."""
        rows = self._db.query("select distinct occurrence from outbox where state = 'sent'")
        return [row["occurrence"] for row in rows]

    def plan_correction(self, occurrence: str, told: Told, now: datetime) -> None:
        """Write a correction for one who was told something that is no longer so."""
        with self._db.atomic():
            pending = self._db.query(
                """
                select 1 from outbox where occurrence = ? and conversation = ? and lead like 'change%'
                  and state in ('planned', 'sending')
                """,
                [occurrence, told.conversation],
            )
            if next(iter(pending), None):
                return
            self._db.execute(
                """
                insert or ignore into outbox (occurrence, lead, conversation, state, due, next_try)
                values (?, ?, ?, 'planned', ?, ?)
                """,
                [
                    occurrence,
                    f"change {told.corrections + 1}",
                    told.conversation,
                    now.isoformat(),
                    now.isoformat(),
                ],
            )

    # Deliver.

    def claim(self, now: datetime) -> Row | None:
        """Take the next row that may be sent; no other process will get it. None where nothing is due.

        What is queued for who stopped meanwhile is not taken: `stop` holds at once. A correction is
        also for those who paused, for they were told.
        """
        with self._db.atomic():
            rows = self._db.query(
                """
                update outbox set state = 'sending', claimed_by = :me, claimed_at = :now, attempts = attempts + 1
                where id = (
                  select o.id from outbox o join subscriptions s on s.conversation = o.conversation
                  where o.state = 'planned' and o.next_try <= :now and s.active = 1
                    and (o.lead like 'change%' or s.paused_until is null or s.paused_until <= :now)
                  order by o.next_try, o.id limit 1)
                  and state = 'planned'
                returning *
                """,
                {"me": self.me, "now": now.isoformat()},
            )
            row = next(iter(rows), None)
            if row is None:
                return None
            found = next(
                iter(
                    self._db.query(
                        "select address, language from conversations where id = ?",
                        [row["conversation"]],
                    )
                ),
                None,
            )
            if found is None:
                self._db.execute(
                    "update outbox set state = 'stopped', why = 'no address' where id = ?",
                    [row["id"]],
                )
                return None
        return Row(
            id=row["id"],
            occurrence=row["occurrence"],
            lead=row["lead"],
            conversation=row["conversation"],
            due=datetime.fromisoformat(row["due"]),
            attempts=row["attempts"],
            address=Address.from_json(found["address"]),
            language=found["language"],
        )

    def earlier_cards(self, row: Row) -> list[tuple[str, str]]:
        """The cards about an occurrence that a conversation holds already: (activity, lead), the newest first."""
        rows = self._db.query(
            """
            select activity, lead from outbox where occurrence = ? and conversation = ? and state = 'sent'
              and activity <> '' and id <> ? order by sent_at desc, id desc
            """,
            [row.occurrence, row.conversation, row.id],
        )
        return [(found["activity"], found["lead"]) for found in rows]

    def sent(self, row: Row, *, activity: str, told: str, now: datetime) -> None:
        """It was delivered."""
        self._finish(row, "sent", "", sent_at=now.isoformat(), activity=activity, told=told)

    def again(self, row: Row, *, at: datetime, why: str, doubt: bool = False) -> None:
        """It was not delivered, or we cannot know: try again at `at`."""
        self._finish(row, "planned", why, next_try=at.isoformat(), doubts=int(doubt))

    def end(self, row: Row, state: str, why: str) -> None:
        """It will not be sent: failed, expired or stopped."""
        self._finish(row, state, why)

    def gone(self, row: Row, why: str) -> None:
        """Nobody is there any more: the row fails and the subscription ends."""
        with self._db.atomic():
            self._db.execute(
                "update outbox set state = 'failed', why = ? where id = ?", [why, row.id]
            )
            self._subscriptions.end(row.conversation, why)

    def release(self, now: datetime) -> int:
        """Plan again what a process was sending that is no more; how many such rows in doubt there were."""
        released = 0
        with self._db.atomic():
            for row in list(
                self._db.query(
                    "select id, claimed_by, claimed_at from outbox where state = 'sending'"
                )
            ):
                stale = now - datetime.fromisoformat(row["claimed_at"]) > LEASE
                if row["claimed_by"] != self.me and (stale or self._dead(row["claimed_by"])):
                    self._db.execute(
                        """
                        update outbox set state = 'planned', next_try = ?, doubts = doubts + 1, why = 'cut off'
                        where id = ? and state = 'sending'
                        """,
                        [now.isoformat(), row["id"]],
                    )
                    released += 1
        return released

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return {
            r["state"]: r["n"]
            for r in self._db.query("select state, count(*) as n from outbox group by state")
        }

    def clean(self, before: datetime) -> None:
        """Remove what was due before a moment and is finished."""
        with self._db.atomic():
            self._db.execute(
                "delete from outbox where state not in ('planned', 'sending') and due < ?",
                [before.isoformat()],
            )

    def _dead(self, claimed_by: str) -> bool:
        """Whether the process behind a claim is known to be no more: on this machine we can ask."""
        host, pid, _ = claimed_by.rsplit(":", 2)
        mine = self.me.rsplit(":", 2)
        if host != mine[0]:
            return False
        if pid == mine[1]:
            return True  # a former process with our number, as in a container
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except (OSError, ValueError):
            return False
        return False

    def _finish(self, row: Row, state: str, why: str, **more: str | int) -> None:
        """Record the end of a claim of ours; a claim that was taken over meanwhile is left alone."""
        doubts = more.pop("doubts", 0)
        sets = "".join(f", {name} = :{name}" for name in more)
        with self._db.atomic():
            self._db.execute(
                f"""
                update outbox set state = :state, why = :why, doubts = doubts + :doubts{sets}
                where id = :id and claimed_by = :me and state = 'sending'
                """,  # noqa: S608 - names of columns from this module only
                {"state": state, "why": why, "doubts": doubts, "id": row.id, "me": self.me, **more},
            )
