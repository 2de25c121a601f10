"""Before migration m006 a lead was one text and a reason a sentence: how they are translated."""

import re

from sqlite_utils import Database

UNITS = {"d": 1440, "h": 60, "m": 1}
REASONS = {
    "stop": "stop",
    "paused": "paused",
    "other leads chosen": "other_leads",
    "blocked": "blocked",
    "removed": "removed",
    "uninstalled": "uninstalled",
    "disabled": "disabled",
    "deleted": "deleted",
    "the meeting was moved or cancelled": "meeting_changed",
    "the meeting has started": "meeting_started",
    "the meeting is past": "meeting_past",
    "what people were told is so again": "change_undone",
    "a nearer reminder took its place": "superseded",
    "cut off": "cut_off",
    "not found": "not_found",
    "the address cannot be read": "bad_address",
}
IN_DOUBT = ("504", "cut off: ", "broke: ", "the answer was not the connector's")
SETUP = ("401", "no token")


def read_lead(lead: str) -> dict[str, str | int]:
    """The columns for a `lead`: `7d`, `7d 2026-12-15T11:00` for a meeting that was moved, or `change 2`."""
    first, _, second = lead.partition(" ")
    if first == "change":
        return {"kind": "correction", "number": int(second), "moment": ""}
    minutes = int(first[:-1]) * UNITS[first[-1]]
    return {"kind": "reminder", "number": minutes, "moment": second}


def read_why(state: str, why: str) -> dict[str, str]:
    """The columns for a `why`; what is no sentence of ours is the detail."""
    if why in REASONS:
        return {"reason": REASONS[why], "detail": ""}
    given_up = re.fullmatch(r"after \d+ attempts: (.*)", why, re.DOTALL)
    if given_up:
        return {"reason": "gave_up", "detail": given_up[1]}
    if state == "failed":
        return {"reason": "refused", "detail": why}
    if why.startswith(IN_DOUBT):
        return {"reason": "in_doubt", "detail": why}
    return {"reason": "setup" if why.startswith(SETUP) else "later", "detail": why}


NEW_OUTBOX_SQL = """
    create table new_outbox (
      id integer primary key,
      occurrence text not null,
      kind text not null check (kind in ('reminder', 'correction')),
      number integer not null,        -- minutes before the meeting; of a correction which one, from 1
      moment text not null default '', -- the new local start, of a reminder for a meeting that was moved
      conversation text not null,
      state text not null check (state in ('planned', 'sending', 'sent', 'failed', 'expired', 'stopped')),
      reason text,                    -- Reason, in bot/store/values.py
      detail text not null default '', -- the connector's status, or the name of an exception
      due text not null,
      next_try text not null,
      attempts integer not null default 0,
      doubts integer not null default 0, -- attempts that may have arrived
      claimed_by text,
      claimed_at text,
      announced integer not null default 0, -- whether the recipient may have heard what follows
      announced_start text,           -- the start that the recipient heard; null: that the meeting is off
      sent_at text,
      activity text,
      thread text not null default '',
      edits integer not null default 0, -- how many more times the earlier cards may be tried to edit
      -- Of no use any more. A process of the version before, which still runs while this one takes over,
      -- records in `why` how what it was just sending ended, and reads `lead` when a member writes.
      lead text,
      why text
    ) strict
"""

FILL_SQL = """
    insert into new_outbox (id, occurrence, kind, number, moment, conversation, state, reason, detail,
      due, next_try, attempts, doubts, claimed_by, claimed_at, announced, announced_start,
      sent_at, activity, thread, edits)
    select o.id, o.occurrence, l.kind, l.number, l.moment, o.conversation, o.state, r.reason,
      coalesce(r.detail, ''), o.due, o.next_try, o.attempts, o.doubts, o.claimed_by, o.claimed_at,
      o.told is not null, nullif(o.told, 'cancelled'), o.sent_at, o.activity, o.thread, o.edits
    from outbox o
    left join old_leads l on l.lead = o.lead
    left join old_reasons r on r.state = o.state and r.why = o.why
"""


def translate(db: Database) -> None:
    """One row for every lead and every reason that occurs, with what it is in the new columns."""
    leads = [row["lead"] for row in db.query("select distinct lead from outbox")]
    reasons = [
        (row["state"], row["why"])
        for row in db.query("select distinct state, why from outbox where why <> ''")
    ]
    db["old_leads"].create({"lead": str, "kind": str, "number": int, "moment": str}, pk="lead")
    db["old_leads"].insert_all({"lead": lead} | read_lead(lead) for lead in leads)
    db["old_reasons"].create(
        {"state": str, "why": str, "reason": str, "detail": str}, pk=("state", "why")
    )
    db["old_reasons"].insert_all(
        {"state": state, "why": why} | read_why(state, why) for state, why in reasons
    )
