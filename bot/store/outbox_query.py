"""How rows of the outbox are read: what a send needs, and what counts as heard."""

from datetime import datetime
from enum import StrEnum

import sqlite_utils

from bot.channel import Address
from bot.store.values import Announcement, Kind, Reason, Row, State, label


def value_list(*values: StrEnum) -> str:
    """Values as SQL lists them: ('planned', 'sending')."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def paused_sql(moment: str) -> str:
    """Whether a subscription `s` has a pause at a moment, an expression of SQL; the end is not in it."""
    return (
        f"(s.paused_until is not null and coalesce(s.paused_from, '') <= {moment}"
        f" and {moment} < s.paused_until)"
    )


UNFINISHED_SQL = value_list(State.PLANNED, State.SENDING)
"""What waits to be sent, or is being sent."""

ANNOUNCED_SQL = (
    f"announced = 1 and (state in {value_list(State.SENT, State.SENDING)} or doubts > 0)"
)
"""What people heard: what was sent, what is being sent, and what may have arrived."""
OUTBOX_ROW_SQL = f"""
    select o.*, c.address, c.language,
      before.id is not null as heard_before, before.announced_start as start_before,
      before.announced_shown as shown_before
    from outbox o
    join subscriptions s on s.conversation = o.conversation and s.active = 1
    join conversations c on c.id = o.conversation and c.address <> ''
    left join outbox before on before.id = (
      select t.id from outbox t indexed by idx_outbox_conversation_occurrence
      where t.conversation = o.conversation and t.occurrence = o.occurrence and t.id <> o.id and {ANNOUNCED_SQL}
      order by coalesce(t.sent_at, t.claimed_at) desc, t.id desc limit 1)
"""
"""The rows `o` of who is still there, with what is needed to send them; `read_row` reads them."""


THE_SUBSCRIPTION_SQL = "from subscriptions s where s.conversation = outbox.conversation"
PLANNED_OR_STOPPED_SQL = f"""
    case when exists (
      select 1 {THE_SUBSCRIPTION_SQL} and s.active = 1 and (outbox.kind = '{Kind.CORRECTION}' or (
        s.since <= outbox.due and not {paused_sql("outbox.claimed_at")})))
    then '{State.PLANNED}' else '{State.STOPPED}' end
"""
"""The state of a row that was not sent: it waits again, unless the recipient stopped or paused since its claim.

That holds also for who wants reminders again by now: what was due before is not made up for.
"""


def planned_because(reason: str) -> str:
    """The reason of a row that `PLANNED_OR_STOPPED_SQL` plans, as SQL; of one that it stops, why it does."""
    stopped = f"coalesce((select max(s.ended_because) {THE_SUBSCRIPTION_SQL}), '{Reason.PAUSED}')"
    return f"case {PLANNED_OR_STOPPED_SQL} when '{State.PLANNED}' then {reason} else {stopped} end"


def read_row(values: dict[str, object]) -> Row | None:
    """The row; None where its address is damaged, so that one bad row does not hold up all others."""
    try:
        address = Address.from_json(str(values["address"]))
    except (ValueError, TypeError, AttributeError):
        return None
    start = values["start_before"]
    shown = str(values["shown_before"] or "")
    before = Announcement.of_columns(str(start) if start else None, shown)
    return Row(
        id=int(str(values["id"])),
        occurrence=str(values["occurrence"]),
        kind=Kind(str(values["kind"])),
        number=int(str(values["number"])),
        moment=str(values["moment"]),
        conversation=str(values["conversation"]),
        due=datetime.fromisoformat(str(values["due"])),
        attempts=int(str(values["attempts"])) + 1,
        doubts=int(str(values["doubts"])),
        reason=Reason(str(values["reason"])) if values["reason"] else None,
        detail=str(values["detail"]),
        announced_before=before if values["heard_before"] else None,
        address=address,
        language=str(values["language"]) if values["language"] else None,
    )


def deliveries(database: sqlite_utils.Database, conversation: str) -> list[str]:
    """Everything that was sent to a conversation, or is queued for it, each in a few words."""
    rows = database.query("select * from outbox where conversation = ?", [conversation])
    return [
        f"{row['occurrence']} {label(row['kind'], row['number'], row['moment'])} {row['state']}"
        for row in rows
    ]
