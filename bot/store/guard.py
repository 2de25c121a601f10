"""The conversations as the desk sees them: whatever fails in the store is one error of ours."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.channel import Address
from bot.handler import StoreUnavailableError
from bot.store.conversations import Conversations
from dialogs.values import Change, ConversationState


class Guarded:
    """See `bot.handler.Keeper`."""

    def __init__(self, conversations: Conversations | None) -> None:
        """None where the database could not be opened for writing."""
        self._kept = conversations

    def state(self, address: Address, now: datetime) -> ConversationState:
        """See `Conversations`."""
        with self._at_work() as kept:
            return kept.state(address, now)

    def refresh(self, address: Address, now: datetime) -> None:
        """See `Conversations`."""
        with self._at_work() as kept:
            kept.refresh(address, now)

    def welcome(self, address: Address, now: datetime) -> bool:
        """See `Conversations`."""
        with self._at_work() as kept:
            return kept.welcome(address, now)

    def apply(self, address: Address, changes: Iterable[Change], now: datetime) -> None:
        """See `Conversations`."""
        with self._at_work() as kept:
            kept.apply(address, changes, now)

    def remove(self, address: Address) -> None:
        """See `Conversations`."""
        with self._at_work() as kept:
            kept.remove(address)

    @contextmanager
    def _at_work(self) -> Iterator[Conversations]:
        if self._kept is None:
            raise StoreUnavailableError("it could not be opened")
        try:
            yield self._kept
        except sqlite3.Error as error:
            raise StoreUnavailableError(type(error).__name__) from error
