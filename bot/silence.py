"""Who wants no reminders any more: known the moment it is said, whatever the store does."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.changes import Change, ForgetMe, Pause, Subscribe, Undo, Unsubscribe

KEPT_FOR = timedelta(minutes=5)
"""After it is recorded; longer than anything that was claimed before can be under way."""
KEPT_MAX = 50_000
"""Conversations; the oldest that are recorded go first."""

_forbidden: ContextVar[Callable[[], bool]] = ContextVar("forbidden")


@contextlib.contextmanager
def unless(forbidden: Callable[[], bool]) -> Iterator[None]:
    """What is sent within asks `forbidden` once more, after it waited for whatever it needed."""
    token = _forbidden.set(forbidden)
    try:
        yield
    finally:
        _forbidden.reset(token)


def withdrawn() -> bool:
    """Whether what is about to leave may not leave any more; asked last before every attempt."""
    forbidden = _forbidden.get(None)
    return forbidden is not None and forbidden()


@dataclass(frozen=True, slots=True)
class _Wish:
    everything: bool
    """Corrections too: a stop, and not a pause."""
    until: datetime | None
    """When a pause ends; None for a stop."""
    recorded_at: datetime | None = None


def silences(change: Change, now: datetime) -> bool:
    """Whether a change means that reminders are to stop at once; it must hold even where it cannot be stored."""
    at_once = not isinstance(change, Pause) or change.begins is None or change.begins <= now
    return at_once and isinstance(change, Unsubscribe | ForgetMe | Pause)


class Silence:
    """What members said, in memory; turns write here and the reminders look. No method waits for anything."""

    def __init__(self) -> None:
        self._wishes: OrderedDict[str, _Wish] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, conversation: str, changes: Iterable[Change], now: datetime) -> None:
        """Hold to these changes from now on."""
        for change in changes:
            if silences(change, now):
                until = change.until if isinstance(change, Pause) else None
                with self._lock:
                    self._wishes[conversation] = _Wish(until is None, until)
                    self._wishes.move_to_end(conversation)

    def recorded(self, conversation: str, changes: Iterable[Change], now: datetime) -> None:
        """The store knows of these changes: what was said before gives way to what it says."""
        with self._lock:
            if any(isinstance(change, Subscribe | Undo) for change in changes):
                self._wishes.pop(conversation, None)
            if (wish := self._wishes.get(conversation)) is not None:
                self._wishes[conversation] = replace(wish, recorded_at=now)
            self._let_go(now)

    def _let_go(self, now: datetime) -> None:
        for other, old in list(self._wishes.items()):
            if old.recorded_at is None:
                continue
            if now - old.recorded_at < KEPT_FOR and len(self._wishes) <= KEPT_MAX:
                break
            del self._wishes[other]

    def forbids(self, conversation: str, now: datetime, *, correction: bool) -> bool:
        """Whether a reminder, or a correction, may not leave for this conversation now."""
        wish = self._wishes.get(conversation)
        if wish is None:
            return False
        paused = wish.until is not None and now < wish.until and not correction
        return wish.everything or paused
