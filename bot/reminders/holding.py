"""What is held back before many people are told: a file may be half written, or hold a slip of the key."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from faq.meetings import Calendar, Meeting
from faq.unlikely import FAR

log = logging.getLogger(__name__)

FEW = 3
"""Conversations that hear of a change at once: so few can be told again by hand."""
QUIET = timedelta(minutes=1)
"""How long the calendar must have been the same before more are told."""

ASKED = "it left the calendar, or moved far. Say yes with: python app.py confirm"
WAITING = "the file must have been the same for a minute."


def calendar_hash(calendar: Calendar) -> str:
    """The same for the same meetings, in every process."""
    return hashlib.sha256(repr(calendar).encode()).hexdigest()


def needs_a_yes(meeting: Meeting | None) -> bool:
    """Whether a change looks like a mistake: the meeting left the calendar, or moved very far.

    A series that was renamed, a first day that was moved and a file that was cut off all end so; a
    meeting that is off has a change that says so.
    """
    if meeting is None:
        return True
    return meeting.moved and abs(meeting.local.date() - meeting.date) > FAR


class Holding:
    """Says what must wait; the first calendar that it sees is not new."""

    def __init__(self, confirmed: Callable[[str], bool]) -> None:
        """`confirmed` says whether an organiser said yes to the calendar with a hash."""
        self._confirmed = confirmed
        self._hash = ""
        self._since: datetime | None = None
        self._named: set[tuple[str, str]] = set()

    def see(self, calendar: Calendar, now: datetime) -> None:
        """The calendar as it is at a moment, UTC; asked at every beat."""
        current = calendar_hash(calendar)
        if current != self._hash:
            self._since = now if self._hash else None
            self._hash = current

    def is_new(self, now: datetime) -> bool:
        """Whether the calendar changed less than `QUIET` ago."""
        return self._since is not None and self._since <= now < self._since + QUIET

    def holds(self, occurrence: str, meeting: Meeting | None, number: int, now: datetime) -> bool:
        """Whether so many conversations must wait for what there is to say of a meeting."""
        if number <= FEW:
            return False
        if needs_a_yes(meeting) and not self._confirmed(self._hash):
            self._name(occurrence, number, ASKED)
            return True
        if self.is_new(now):
            self._name(occurrence, number, WAITING)
            return True
        return False

    def _name(self, occurrence: str, number: int, why: str) -> None:
        """Log what is held back, once for each reading of the calendar."""
        if (self._hash, occurrence) not in self._named:
            self._named = {pair for pair in self._named if pair[0] == self._hash}
            self._named.add((self._hash, occurrence))
            log.warning(
                "held back: %d conversations are to hear of %s; %s", number, occurrence, why
            )
