"""Plans: for everybody who wants to hear of a meeting a row in the outbox, written before the send."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.outbox_query import ANNOUNCED_SQL
from bot.store.values import Announcement, Reason


@dataclass(frozen=True, slots=True)
class Due:
    """A lead of an occurrence that is due."""

    minutes: int
    moment: str
    """The new local start of a meeting that was moved, which is announced anew; else empty."""
    at: datetime
    usual: bool
    """Whether it is a lead of the series, for who chose none."""


# Of several overdue leads of one conversation only the nearest; none that was due before the
# conversation subscribed, or before it chose the lead, or while it was paused; and none for who heard
# of the meeting by a correction after the reminder was due. The cheapest question first, for at most
# beats everybody has a row already.
_NEAREST = """
    select s.conversation, :usual_minutes as minutes, '' as chosen from subscriptions s
    where :usual_minutes is not null
      and not exists (select 1 from chosen_leads c where c.conversation = s.conversation)
    union all
    select c.conversation, min(c.minutes), c.since from chosen_leads c
    where c.minutes in (select json_extract(value, '$[0]') from json_each(:due))
    group by c.conversation
"""
_WANTED = f"""
    with due as materialized (
      select json_extract(value, '$[0]') as minutes, json_extract(value, '$[1]') as moment,
        json_extract(value, '$[2]') as at
      from json_each(:due))
    select s.conversation, d.minutes, d.moment, d.at from ({_NEAREST}) n
    cross join due d on d.minutes = n.minutes
    cross join subscriptions s on s.conversation = n.conversation
    where not exists (
        select 1 from outbox o
        where o.occurrence = :occurrence and o.kind = 'reminder' and o.number = d.minutes
          and o.moment = d.moment and o.conversation = s.conversation
          and not (o.state = 'stopped' and o.reason = '{Reason.MEETING_CHANGED}'))
      and s.active = 1 and (s.paused_until is null or s.paused_until <= :now)
      and max(s.since, coalesce(s.paused_until, ''), n.chosen) <= d.at
      and not exists (
        select 1 from outbox o indexed by idx_outbox_conversation_occurrence
        where o.conversation = s.conversation and o.occurrence = :occurrence and case o.kind
          when 'correction' then o.state in ('planned', 'sending')
            or (o.state = 'sent' and o.announced_start is :start and o.sent_at >= d.at)
          else o.due > d.at and o.state in ('planned', 'sending', 'sent') end)
"""
_WRITE_REMINDERS = f"""
    insert into outbox (occurrence, kind, number, moment, conversation, state, due, next_try)
    select :occurrence, 'reminder', w.minutes, w.moment, w.conversation, 'planned', w.at, :now
    from ({_WANTED}) w where true
    on conflict (occurrence, kind, number, moment, conversation) do update
      set state = 'planned', due = excluded.due, next_try = excluded.next_try, reason = null, detail = ''
"""
# Who heard of a moment that is past has nothing to hear, unless the meeting is still to come. A start
# of null is a meeting that is off, which is never later than now.
OWED = f"""
    select heard.conversation, heard.start, (
        select count(*) from outbox c indexed by idx_outbox_conversation_occurrence
        where c.conversation = heard.conversation and c.occurrence = :occurrence
          and c.kind = 'correction') as corrections
    from (
      select conversation, announced_start as start, row_number() over (
        partition by conversation order by coalesce(sent_at, claimed_at) desc, id desc) as last
      from outbox where occurrence = :occurrence and {ANNOUNCED_SQL}) heard
    join subscriptions s on s.conversation = heard.conversation and s.active = 1
    where heard.last = 1 and heard.start is not :start
      and (heard.start > :now or :start > :now)
      and not exists (
        select 1 from outbox p indexed by idx_outbox_conversation_occurrence
        where p.conversation = heard.conversation and p.occurrence = :occurrence and p.kind = 'correction'
          and (p.state in ('planned', 'sending')
            or (p.state = 'failed' and p.announced = 1 and p.announced_start is :start)))
"""
"""To whom a correction of :occurrence, which is at :start now, is owed; what each heard last, how many each had."""
# Cheap, by the index: of most meetings nobody heard anything else that still matters.
_HEARD_OTHERWISE = """
    select 1 from outbox where occurrence = :occurrence and announced = 1
      and (announced_start < :start or announced_start > :start or announced_start is null)
"""
_HEARD_OF_A_START_TO_COME = """
    select 1 from outbox where occurrence = :occurrence and announced = 1 and announced_start > :now
"""


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

        Args:
            occurrence: the meeting's key.
            due: every lead that is due.
            announcement: what is announced of the meeting now.
            now: the moment, UTC.
        """
        values: dict[str, str | int | None] = {
            "occurrence": occurrence,
            "start": announcement.column,
            "now": now.isoformat(),
            "usual_minutes": min((d.minutes for d in due if d.usual), default=None),
            "due": json.dumps([(d.minutes, d.moment, d.at.isoformat()) for d in due]),
        }
        if not self._any(_WANTED, values):
            return 0
        with write_transaction(self._db):
            written: int = self._db.execute(_WRITE_REMINDERS, values).rowcount
            self._supersede(occurrence)
        return written

    def _supersede(self, occurrence: str) -> None:
        """A reminder that still waits gives way to the nearer one."""
        self._db.execute(
            """
            update outbox set state = 'expired', reason = ?, detail = ''
            where occurrence = ? and state = 'planned' and kind = 'reminder' and exists (
              select 1 from outbox n indexed by idx_outbox_conversation_occurrence
              where n.conversation = outbox.conversation
                and n.occurrence = outbox.occurrence and n.due > outbox.due
                and n.kind = 'reminder' and n.state in ('planned', 'sending', 'sent'))
            """,
            [Reason.SUPERSEDED, occurrence],
        )

    def corrections(self, occurrence: str, announcement: Announcement, now: datetime) -> int:
        """Write a correction for everybody who heard something that is no longer so; how many.

        Args:
            occurrence: the meeting's key.
            announcement: what is announced of it now.
            now: the moment, UTC.
        """
        values = {
            "occurrence": occurrence,
            "start": announcement.column,
            "now": now.isoformat(),
        }
        to_come = announcement.start is not None and announcement.start > now
        otherwise = _HEARD_OTHERWISE if to_come else _HEARD_OF_A_START_TO_COME
        if not self._any(otherwise, values) or not self._any(OWED, values):
            return 0
        with write_transaction(self._db):
            written: int = self._db.execute(
                f"""
                insert into outbox (occurrence, kind, number, conversation, state, due, next_try)
                select :occurrence, 'correction', w.corrections + 1, w.conversation, 'planned', :now, :now
                from ({OWED}) w
                """,
                values,
            ).rowcount
        return written

    def _any(self, query: str, values: Mapping[str, object]) -> bool:
        return bool(list(self._db.query(f"{query} limit 1", values)))
