"""Sends one row that was claimed: asks first where an earlier attempt may have arrived."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.channel import Channel, InDoubt, Later, Result, Sent
from bot.clock import Clock
from bot.patience import within
from bot.silence import Silence, unless
from bot.store.values import Kind, Row
from dialogs.card import Card

log = logging.getLogger(__name__)

LATE_MAX = 1_000
"""Late answers that are remembered; the oldest are of rows that came to an end without them."""
SEND_SECONDS = 60.0
"""Of one send, with the wait for a token and for another message in the same conversation."""


class Sender:
    """Posts a card where its row belongs; whatever breaks becomes a result."""

    def __init__(self, channel: Channel, silence: Silence, clock: Clock) -> None:
        """Send through `channel`, but not to whom `silence` forbids it."""
        self._channel, self._silence, self._clock = channel, silence, clock
        self._late: OrderedDict[int, asyncio.Task[Result]] = OrderedDict()
        """Row → what the answer to its last attempt says, where that did not come in time."""

    async def send(self, row: Row, card: Card, stopping: Callable[[], bool]) -> Result | None:
        """How the send ended; None where it must not be sent, which may have been said a moment ago.

        That is asked again when all is there that an attempt needs, a token too, so whatever is sent after all
        arrives before the answer to who said stop.

        Args:
            row: what is sent.
            card: as it looks now.
            stopping: whether nothing more is to be begun.
        """
        if row.doubts:
            if (known := self._known(row)) is not None:
                return known
            answer = await self._guarded(self._channel.ask(row.address), "not asked")
            if isinstance(answer, Later | InDoubt):
                # Nobody answers, so one more send would only be one more that may have arrived.
                return Later(answer.why)
            if stopping():
                return Later("the process stops")
        if self._forbidden(row):
            return None
        # In a channel a post of its own, not a reply under an old one that nobody opens.
        channel = row.address.place == "channel"
        send = self._channel.start_thread if channel else self._channel.send
        with unless(partial(self._forbidden, row)):
            result = await self._guarded(send(row.address, card), "cut off")
        if isinstance(result, Later) and self._forbidden(row):
            return None
        return self._remembered(row, result)

    def _forbidden(self, row: Row) -> bool:
        correction = row.kind is Kind.CORRECTION
        return self._silence.forbids(row.conversation, self._clock(), correction=correction)

    def _remembered(self, row: Row, result: Result) -> Result:
        if isinstance(result, InDoubt) and result.late is not None:
            self._late[row.id] = result.late
            while len(self._late) > LATE_MAX:
                self._late.popitem(last=False)
        return result

    def _known(self, row: Row) -> Result | None:
        """What the answer to the attempt before says by now; None where it says nothing, or that it did not arrive."""
        late = self._late.get(row.id)
        if late is None:
            return None
        if not late.done():
            return Later("the answer to the attempt before is waited for")
        del self._late[row.id]
        result = None if late.cancelled() else late.result()
        return result if isinstance(result, Sent) else None

    async def _guarded(self, call: Coroutine[Any, Any, Result], cut_off: str) -> Result:
        try:
            return await within(SEND_SECONDS, call)
        except TimeoutError:
            return InDoubt(f"{cut_off}: took too long")
        except Exception as error:
            log.exception("a send broke")
            return InDoubt(f"broke: {type(error).__name__}")
