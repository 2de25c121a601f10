"""The conversations as a turn needs them: it reads at once, and waits for a write a moment at most.

Writes are done in order by a thread and a connection of their own. Where another process holds the
database's lock, or the disk fails, a plain question is answered all the same, and a stop holds: it is
known in memory at once, and kept until it can be written.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from dataclasses import dataclass, field
from datetime import datetime

from bot.channel import Address
from bot.silence import Silence, silences
from bot.store.conversations import Conversations
from bot.store.errors import StoreUnavailableError
from dialogs.changes import Change, KeepUnanswered
from dialogs.values import ConversationState

log = logging.getLogger(__name__)

WAIT_SECONDS = 2.0
"""How long a turn waits for a write; a turn has nine seconds, and others wait behind it."""
AGAIN_SECONDS = 0.5
"""Between two attempts at a write that must not be lost."""
OLD_SECONDS = 30.0
"""After which a write that nobody waits for is given up: the next turn of its conversation makes it anew."""
CLOSE_SECONDS = 1.5
"""How long the end of the process waits for what is still to be written."""


@dataclass(slots=True)
class _Write:
    do: Callable[[Conversations], bool | None]
    kept: bool
    """Tried until it succeeds; else until nobody waits for it any more, or it is old."""
    since: float
    result: "Future[bool | None]" = field(default_factory=Future)
    under_way: threading.Lock = field(default_factory=threading.Lock)
    """Held during an attempt: whoever gives up knows how the last one ended."""
    abandoned: bool = False


class WriteBehind:
    """What the handler asks of the store; see `bot.handler.ConversationStore`."""

    def __init__(
        self, reading: Conversations, writing: Callable[[], Conversations], silence: Silence
    ) -> None:
        """Read with `reading`, in the caller's thread; write with `writing()`, in a thread of our own."""
        self._reading, self._silence = reading, silence
        self._writes: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._stuck = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=[writing], name="writer", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Write what still can be written."""
        self._writes.put(None)
        self._thread.join(CLOSE_SECONDS)
        self._closed.set()
        self._thread.join(AGAIN_SECONDS * 2)

    def state(self, address: Address, now: datetime) -> ConversationState:
        """What is known of a conversation; that somebody spoke in it is written beside the turn."""
        state, news = self._reading.known(address, now)
        if news:
            self._put(lambda store: store.keep(address, now))
        return state

    def refresh(self, address: Address, now: datetime) -> None:
        """Refresh the address of a conversation that we know, beside the turn."""
        self._put(lambda store: store.refresh(address, now))

    def welcome(self, address: Address, now: datetime) -> bool:
        """As `Conversations.welcome`."""
        return bool(self._wait(self._put(lambda store: store.welcome(address, now))))

    def apply(self, address: Address, changes: Sequence[Change], now: datetime) -> None:
        """Carry out what a dialog decided, all or nothing.

        Raises:
            StoreUnavailableError: where it is not written in time. A change that silences the bot holds
                all the same, and is written as soon as it can be; any other is given up.
        """
        self._silence.note(address.root, changes, now)

        def write(store: Conversations) -> None:
            store.keep(address, now)
            store.apply(address, changes, now)
            self._silence.recorded(address.root, changes, now)

        written = self._put(write, kept=any(silences(change, now) for change in changes))
        if not all(isinstance(change, KeepUnanswered) for change in changes):
            self._wait(written)

    def remove(self, address: Address) -> None:
        """The bot was removed: as a stop, that is written as soon as it can be."""
        self._wait(self._put(lambda store: store.remove(address), kept=True))

    def _put(self, do: Callable[[Conversations], bool | None], *, kept: bool = False) -> _Write:
        write = _Write(do, kept, time.monotonic())
        self._writes.put(write)
        return write

    def _wait(self, write: _Write) -> bool | None:
        try:
            return write.result.result(0.0 if self._stuck.is_set() else WAIT_SECONDS)
        except StillWaiting:
            pass
        with write.under_way:
            if write.result.done():
                return write.result.result()
            write.abandoned = not write.kept
        raise StoreUnavailableError("it cannot be written in time")

    def _run(self, writing: Callable[[], Conversations]) -> None:
        store = writing()
        while (write := self._writes.get()) is not None:
            while not self._attempt(store, write):
                if self._closed.wait(AGAIN_SECONDS):
                    return

    def _attempt(self, store: Conversations, write: _Write) -> bool:
        """Whether this write is done with: it is written, or nobody needs it any more."""
        with write.under_way:
            old = not write.kept and time.monotonic() - write.since > OLD_SECONDS
            given_up = write.abandoned or old
            try:
                # What is given up still shows whether others can be written again.
                write.result.set_result(store.can_write() if given_up else write.do(store))
            except StoreUnavailableError as error:
                if not self._stuck.is_set():
                    log.error("the store cannot be written: %s", error)  # noqa: TRY400 - no trace
                self._stuck.set()
                if write.kept:
                    store.make_room()
                return given_up
            except Exception as error:
                log.exception("a write broke")
                write.result.set_exception(error)
                return True
            self._stuck.clear()
            return True
