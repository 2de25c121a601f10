"""Edits the cards that were sent before a correction; the correction itself is already out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.channel import Channel, Gone, InDoubt, Later, Result, Sent
from bot.rate_limit import RateLimiter
from bot.reminders.cards import card_of
from bot.reminders.threads import InThread
from bot.reminders.worker import Stage
from bot.store.edits import EarlierCard, Edit, Edits
from bot.store.values import Row
from dialogs.context import Context
from dialogs.values import Card

log = logging.getLogger(__name__)


class CardEdits:
    """Puts what is true now in the place of the cards that say something else."""

    def __init__(
        self,
        edits: Edits,
        channel: Channel,
        limiter: RateLimiter,
        context: Callable[[], Context],
        *,
        in_thread: InThread,
        on_result: Callable[[Result], None],
    ) -> None:
        """Touch the store only inside `in_thread`; say each result to `on_result`."""
        self._edits, self._channel, self._limiter = edits, channel, limiter
        self._context, self._in_thread, self._on_result = context, in_thread, on_result

    def stage(self, due_by: datetime) -> Stage[Edit]:
        """What was to be edited by then; an edit that fails is due again later."""
        return Stage(lambda: self._in_thread(lambda: self._edits.claim(due_by)), self._edit)

    async def _edit(self, edit: Edit) -> None:
        if edit.row is None:
            return
        row, card = edit.row, card_of(self._context(), edit.row)
        results = []
        for number, earlier in enumerate(edit.cards):
            if number:
                await self._limiter.acquire()
            results.append(await self._update(row, earlier, card))
        if not any(isinstance(result, Later | InDoubt) for result in results):
            await self._in_thread(lambda: self._edits.finish(row))

    async def _update(self, row: Row, earlier: EarlierCard, card: Card) -> Result:
        where = earlier.thread or row.address.conversation_id
        address = replace(row.address, conversation_id=where)
        result = await self._channel.update(address, earlier.activity, card)
        self._on_result(result)
        if not isinstance(result, Sent):
            why = result.reason if isinstance(result, Gone) else result.why
            log.info("an earlier card could not be edited: %s", why)
        return result
