"""What stands in a row of the outbox: its kind, its state, why it is there, and what it announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.channel import Address
from faq.meetings import lead_text


class State(StrEnum):
    """How far a row of the outbox is; `NEXT_STATES` says where it may go."""

    PLANNED = "planned"
    """Waits for its first attempt, or for another one."""
    SENDING = "sending"
    """A process claimed it."""
    SENT = "sent"
    FAILED = "failed"
    """It could not be delivered."""
    EXPIRED = "expired"
    """It was not delivered in time."""
    STOPPED = "stopped"
    """Nobody wants it any more, or it is no longer so."""


NEXT_STATES: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SENDING, State.FAILED, State.EXPIRED, State.STOPPED}),
    State.SENDING: frozenset({State.SENT, State.PLANNED, State.FAILED, State.STOPPED}),
    State.SENT: frozenset(),
    State.FAILED: frozenset(),
    # Only with a reason of `COMES_BACK`.
    State.EXPIRED: frozenset({State.PLANNED}),
    State.STOPPED: frozenset({State.PLANNED}),
}
"""Where a row may go from each state; every row begins as planned."""


class Kind(StrEnum):
    """What a row sends."""

    REMINDER = "reminder"
    CORRECTION = "correction"


class Reason(StrEnum):
    """Why a row waits or ended, or a subscription ended; its words are `reason.*` in dialogs/texts."""

    # What the recipient chose.
    STOP = "stop"
    PAUSED = "paused"
    OTHER_LEADS = "other_leads"
    WISH_UNDONE = "wish_undone"
    """The recipient took back what stopped the row, or what planned it."""
    # Nobody is there any more: each `GoneReason` of bot/channel.py, and a conversation that is not found twice.
    BLOCKED = "blocked"
    REMOVED = "removed"
    UNINSTALLED = "uninstalled"
    DISABLED = "disabled"
    DELETED = "deleted"
    # There is nothing to say any more.
    MEETING_CHANGED = "meeting_changed"
    MEETING_STARTED = "meeting_started"
    MEETING_PAST = "meeting_past"
    CHANGE_UNDONE = "change_undone"
    SUPERSEDED = "superseded"
    # How a send ended; the `detail` beside it is the connector's status, or the name of an exception.
    LATER = "later"
    IN_DOUBT = "in_doubt"
    CUT_OFF = "cut_off"
    SETUP = "setup"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    BAD_ADDRESS = "bad_address"


COMES_BACK = (Reason.MEETING_CHANGED, Reason.WISH_UNDONE, Reason.MEETING_STARTED)
"""From these a row is planned again, where it is wanted after all.

A meeting that had started and is to come was moved, or the clock was wrong.
"""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What recipients hear of a meeting; who heard another one is owed a correction."""

    start: datetime | None
    """UTC; None where it is off."""
    shown: str = ""
    """What else they see of it, as `faq.meeting_shown` writes it; empty where it is off, or was not kept."""

    @classmethod
    def of_columns(cls, start: str | None, shown: str) -> "Announcement":
        """What the columns `announced_start` and `announced_shown` say."""
        return cls(datetime.fromisoformat(start) if start else None, shown)

    def same_as(self, other: "Announcement") -> bool:
        """Whether who heard one knows the other; what was not kept is no difference."""
        known = self.shown and other.shown
        return self.start == other.start and (not known or self.shown == other.shown)

    @property
    def column(self) -> str | None:
        """As the column `announced_start` has it."""
        return self.start.isoformat() if self.start else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reminder or correction that is to be sent, or a correction that was."""

    id: int
    occurrence: str
    kind: Kind
    number: int
    """Minutes before the meeting of a reminder; of a correction which one it is, from 1."""
    moment: str
    """Of a reminder for a meeting that was moved: its new local start; else empty."""
    conversation: str
    due: datetime
    attempts: int
    """With this one."""
    doubts: int
    """Attempts that may have arrived."""
    reason: Reason | None
    """How the attempt before ended."""
    detail: str
    announced_before: Announcement | None
    """What the conversation heard of the occurrence last, from another row."""
    address: Address
    language: str | None


@dataclass(frozen=True, slots=True)
class StillDue:
    """A row still has something to say: this."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class NoLongerDue:
    """A row has nothing to say any more."""

    state: State
    reason: Reason
    detail: str = ""


def label(kind: str, number: int, moment: str) -> str:
    """A row in short, for who looks into the store: `7d`, `7d 2026-12-15T11:00` or `change 1`."""
    if kind == Kind.CORRECTION:
        return f"change {number}"
    return f"{lead_text(timedelta(minutes=number))} {moment}".rstrip()
