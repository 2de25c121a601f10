"""Who is subscribed, and what became of each reminder, in numbers; nothing is written and nobody is named."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlite_utils

from bot.store.outbox_query import paused_sql
from bot.store.values import Kind, Reason, State


class Subscribed(StrEnum):
    """How it stands with the reminders of a conversation that ever wanted them."""

    ON = "on"
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    """It wants them, and has no address any more."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Conversations that stand alike."""

    state: Subscribed
    place: str
    reason: Reason | None
    """Why they ended."""
    count: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """Rows of one occurrence that ended, or wait, alike."""

    occurrence: str
    kind: Kind
    minutes: int
    """Before the meeting; 0 of corrections."""
    state: State
    reason: Reason | None
    detail: str
    count: int


def subscribers(database: sqlite_utils.Database, now: datetime) -> list[Subscribers]:
    """How many conversations there are of each state and place; the most first."""
    rows = database.query(
        f"""
        select case when s.active = 0 then '{Subscribed.ENDED}'
            when c.address = '' then '{Subscribed.UNREACHABLE}'
            when {paused_sql(":now")} then '{Subscribed.PAUSED}' else '{Subscribed.ON}' end as state,
          c.place, case when s.active = 0 then s.ended_because end as reason, count(*) as n
        from subscriptions s join conversations c on c.id = s.conversation
        group by 1, 2, 3 order by n desc, 1, 2, 3
        """,
        {"now": now.isoformat()},
    )
    return [
        Subscribers(Subscribed(row["state"]), row["place"], _reason(row["reason"]), row["n"])
        for row in rows
    ]


def delivered(database: sqlite_utils.Database, since: datetime) -> list[Delivered]:
    """What became of everything that was due since then, of each occurrence; the longest lead first."""
    rows = database.query(
        f"""
        select occurrence, kind, case kind when '{Kind.REMINDER}' then number else 0 end as minutes,
          state, reason, detail, count(*) as n
        from outbox where due >= ?
        group by 1, 2, 3, 4, 5, 6 order by occurrence, kind desc, minutes desc, n desc, state, reason
        """,
        [since.isoformat()],
    )
    return [
        Delivered(
            row["occurrence"],
            Kind(row["kind"]),
            row["minutes"],
            State(row["state"]),
            _reason(row["reason"]),
            row["detail"],
            row["n"],
        )
        for row in rows
    ]


def _reason(code: str | None) -> Reason | None:
    return Reason(code) if code else None
