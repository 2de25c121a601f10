"""Plans: for everybody who wants to hear of a meeting a row in the outbox, written before the send."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from bot.store.database import writing
from bot.store.outbox import CHANGED, TOLD


@dataclass(frozen=True, slots=True)
class Due:
    """A lead of an occurrence that is due."""

    minutes: int
    lead: str
    """How the row is named: `7d`, with the new moment behind it where the meeting was moved."""
    at: datetime
    usual: bool
    """Whether it is a lead of the series, for who chose none."""


# Of several overdue leads of one conversation only the nearest; none that was due before the
# conversation subscribed, or before it chose the lead, or while it was paused; and none for who was
# told by a correction after the reminder was due. The cheapest question first, for at most beats
# everybody has a row already.
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
      select json_extract(value, '$[0]') as minutes, json_extract(value, '$[1]') as lead,
        json_extract(value, '$[2]') as at
      from json_each(:due))
    select s.conversation, d.lead, d.at from ({_NEAREST}) n
    cross join due d on d.minutes = n.minutes
    cross join subscriptions s on s.conversation = n.conversation
    where not exists (
        select 1 from outbox o where o.occurrence = :occurrence and o.lead = d.lead
          and o.conversation = s.conversation and not (o.state = 'stopped' and o.why = '{CHANGED}'))
      and s.active = 1 and (s.paused_until is null or s.paused_until <= :now)
      and max(s.since, coalesce(s.paused_until, ''), n.chosen) <= d.at
      and not exists (
        select 1 from outbox o indexed by idx_outbox_conversation_occurrence
        where o.conversation = s.conversation and o.occurrence = :occurrence and case
          when o.lead like 'change%' then o.state in ('planned', 'sending')
            or (o.state = 'sent' and o.told = :told and o.sent_at >= d.at)
          else o.due > d.at and o.state in ('planned', 'sending', 'sent') end)
"""
# Who was told of a moment that is past has nothing to hear, unless the meeting is still to come.
_OWED = f"""
    select t.conversation, (
        select count(*) from outbox c indexed by idx_outbox_conversation_occurrence
        where c.conversation = t.conversation and c.occurrence = :occurrence
          and c.lead like 'change%') as corrections
    from (
      select conversation, told, row_number() over (
        partition by conversation order by coalesce(sent_at, claimed_at) desc, id desc) as last
      from outbox where occurrence = :occurrence and {TOLD}) t
    join subscriptions s on s.conversation = t.conversation and s.active = 1
    where t.last = 1 and t.told <> :told
      and ((t.told <> 'cancelled' and t.told > :now) or (:told <> 'cancelled' and :told > :now))
      and not exists (
        select 1 from outbox p indexed by idx_outbox_conversation_occurrence
        where p.conversation = t.conversation and p.occurrence = :occurrence and p.lead like 'change%'
          and (p.state in ('planned', 'sending') or (p.state = 'failed' and p.told = :told)))
"""


class Plans:
    """Writes rows; a row is unique per occurrence, lead and conversation, so planning twice is planning once."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Write them in this database."""
        self._db = database

    def chosen_leads(self) -> tuple[timedelta, ...]:
        """Every lead that somebody chose."""
        return tuple(
            timedelta(minutes=r["minutes"])
            for r in self._db.query("select distinct minutes from chosen_leads")
        )

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

    def reminders(self, occurrence: str, due: Sequence[Due], told: str, now: datetime) -> int:
        """Write a row for everybody for whom a reminder of an occurrence is due; how many.

        Args:
            occurrence: the meeting's key.
            due: every lead that is due.
            told: what is told of the meeting now.
            now: the moment, UTC.
        """
        values: dict[str, str | int | None] = {
            "occurrence": occurrence,
            "told": told,
            "now": now.isoformat(),
            "usual_minutes": min((d.minutes for d in due if d.usual), default=None),
            "due": json.dumps([(d.minutes, d.lead, d.at.isoformat()) for d in due]),
        }
        if not self._any(_WANTED, values):
            return 0
        with writing(self._db):
            written: int = self._db.execute(
                f"""
                insert into outbox (occurrence, lead, conversation, state, due, next_try)
                select :occurrence, w.lead, w.conversation, 'planned', w.at, :now from ({_WANTED}) w where true
                on conflict (occurrence, lead, conversation) do update
                  set state = 'planned', due = excluded.due, next_try = excluded.next_try, why = null
                """,
                values,
            ).rowcount
            # A reminder that still waits gives way to the nearer one.
            self._db.execute(
                """
                update outbox set state = 'expired', why = 'a nearer reminder took its place'
                where occurrence = ? and state = 'planned' and lead not like 'change%' and exists (
                  select 1 from outbox n indexed by idx_outbox_conversation_occurrence
                  where n.conversation = outbox.conversation
                    and n.occurrence = outbox.occurrence and n.due > outbox.due
                    and n.lead not like 'change%' and n.state in ('planned', 'sending', 'sent'))
                """,
                [occurrence],
            )
        return written

    def corrections(self, occurrence: str, told: str, now: datetime) -> int:
        """Write a correction for everybody who was told something that is no longer so; how many.

        Args:
            occurrence: the meeting's key.
            told: what is told of it now.
            now: the moment, UTC.
        """
        values = {"occurrence": occurrence, "told": told, "now": now.isoformat()}
        # Cheap, by the index: of most meetings nobody was told anything else that still matters.
        held = told != "cancelled" and told > values["now"]
        other = "(told < :told or told > :told)" if held else "told > :now and told < 'cancelled'"
        different = f"select 1 from outbox where occurrence = :occurrence and {other}"
        if not self._any(different, values) or not self._any(_OWED, values):
            return 0
        with writing(self._db):
            written: int = self._db.execute(
                f"""
                insert into outbox (occurrence, lead, conversation, state, due, next_try)
                select :occurrence, 'change ' || (w.corrections + 1), w.conversation, 'planned', :now, :now
                from ({_OWED}) w
                """,
                values,
            ).rowcount
        return written

    # Look ahead, and back; nothing is written.

    def audience(self, due: Due) -> int:
        """To how many conversations a reminder goes that is due then, as things are now."""
        found = self._db.query(
            """
            select count(*) as n from subscriptions s
            join conversations v on v.id = s.conversation and v.address <> ''
            left join chosen_leads c on c.conversation = s.conversation and c.minutes = :minutes
            where s.active = 1 and max(s.since, coalesce(s.paused_until, ''), coalesce(c.since, '')) <= :at
              and (c.minutes is not null or (:usual and not exists (
                select 1 from chosen_leads n where n.conversation = s.conversation)))
            """,
            {"minutes": due.minutes, "usual": due.usual, "at": due.at.isoformat()},
        )
        return int(next(iter(found))["n"])

    def owed(self, occurrence: str, told: str, now: datetime) -> int:
        """To how many conversations a correction is owed that is not queued yet."""
        values = {"occurrence": occurrence, "told": told, "now": now.isoformat()}
        found = self._db.query(f"select count(*) as n from ({_OWED})", values)
        return int(next(iter(found))["n"])

    def queued(self) -> list[tuple[str, str, int]]:
        """What waits to be sent: (occurrence, lead, to how many)."""
        rows = self._db.query(
            """
            select occurrence, case when lead like 'change%' then 'change' else lead end as lead, count(*) as n
            from outbox where state in ('planned', 'sending') group by 1, 2 order by 1, 2
            """
        )
        return [(row["occurrence"], row["lead"], row["n"]) for row in rows]

    def ended(self, since: datetime) -> list[tuple[str, str, int]]:
        """How what was due since then ended: (state, why, how many), the most first."""
        rows = self._db.query(
            """
            select state, coalesce(why, '') as why, count(*) as n from outbox
            where due >= ? and state not in ('planned', 'sending') group by 1, 2 order by 3 desc
            """,
            [since.isoformat()],
        )
        return [(row["state"], row["why"], row["n"]) for row in rows]

    def _any(self, query: str, values: Mapping[str, object]) -> bool:
        return bool(list(self._db.query(f"{query} limit 1", values)))
