"""Sends one row that was claimed: asks first where an earlier attempt may have arrived."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.channel import Channel, InDoubt, Later, Result
from bot.clock import Clock
from bot.patience import within
from bot.silence import Silence
from bot.store.values import Kind, Row
from dialogs.card import Card

log = logging.getLogger(__name__)

SEND_SECONDS = 60.0
"""Of one send, with the wait for a token and for another message in the same conversation."""


class Sender:
    """Posts a card where its row belongs; whatever breaks becomes a result."""

    def __init__(self, channel: Channel, silence: Silence, clock: Clock) -> None:
        """Send through `channel`, but not to whom `silence` forbids it."""
        self._channel, self._silence, self._clock = channel, silence, clock

    async def send(self, row: Row, card: Card, stopping: Callable[[], bool]) -> Result | None:
        """How the send ended; None where it must not be sent, which may have been said a moment ago.

        Nothing comes between that question and the conversation's turn to be sent to, so whatever is sent
        after all arrives before the answer to who said stop.

        Args:
            row: what is sent.
            card: as it looks now.
            stopping: whether nothing more is to be begun.
        """
        if row.doubts:
            answer = await self._guarded(self._channel.ask(row.address), "not asked")
            if isinstance(answer, Later | InDoubt):
                # Nobody answers, so one more send would only be one more that may have arrived.
                return Later(answer.why)
            if stopping():
                return Later("the process stops")
        correction = row.kind is Kind.CORRECTION
        if self._silence.forbids(row.conversation, self._clock(), correction=correction):
            return None
        # In a channel a post of its own, not a reply under an old one that nobody opens.
        channel = row.address.place == "channel"
        send = self._channel.start_thread if channel else self._channel.send
        return await self._guarded(send(row.address, card), "cut off")

    async def _guarded(self, call: Coroutine[Any, Any, Result], cut_off: str) -> Result:
        try:
            return await within(SEND_SECONDS, call)
        except TimeoutError:
            return InDoubt(f"{cut_off}: took too long")
        except Exception as error:
            log.exception("a send broke")
            return InDoubt(f"broke: {type(error).__name__}")
