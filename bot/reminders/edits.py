"""Edits the cards that were sent before a correction; the correction itself is already out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.channel import Channel, Gone, Result, Sent
from bot.clock import Clock
from bot.reminders.backpressure import Backpressure
from bot.reminders.cards import outdated_card
from bot.reminders.planning import worth_until
from bot.reminders.threads import InThread
from bot.reminders.worker import Stage
from bot.store.edits import EarlierCard, Edit, Edits
from bot.store.values import Row
from dialogs.card import Card
from dialogs.context import Context

log = logging.getLogger(__name__)


class CardEdits:
    """Makes one line, with what is true now, of the cards that say something else."""

    def __init__(
        self,
        edits: Edits,
        channel: Channel,
        pressure: Backpressure,
        *,
        context: Callable[[], Context],
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """Touch the store only inside `in_thread`; say each result to `pressure`."""
        self._edits, self._channel, self._pressure = edits, channel, pressure
        self._context, self._clock, self._in_thread = context, clock, in_thread

    def stage(self) -> Stage[Edit]:
        """What is to be edited when the first is claimed; an edit that fails is due again later."""
        due_by: list[datetime] = []

        async def claim() -> Edit | None:
            due_by.append(self._clock())
            return await self._in_thread(lambda: self._edits.claim(due_by[0]))

        return Stage(claim, self._edit)

    async def _edit(self, edit: Edit) -> None:
        if edit.row is None:
            return
        row, card = edit.row, outdated_card(self._context(), edit.row)
        results = []
        for number, earlier in enumerate(edit.cards):
            if number:
                await self._pressure.limiter.acquire()
            results.append(await self._update(row, earlier, card))
        past = worth_until(self._context().calendar, row) <= self._clock()
        if past or all(isinstance(result, Sent | Gone) for result in results):
            await self._in_thread(lambda: self._edits.finish(row))

    async def _update(self, row: Row, earlier: EarlierCard, card: Card) -> Result:
        where = earlier.thread or row.address.conversation_id
        address = replace(row.address, conversation_id=where)
        result = await self._channel.update(address, earlier.activity, card)
        self._pressure.note(result, row.conversation)
        if not isinstance(result, Sent):
            why = result.reason if isinstance(result, Gone) else result.why
            log.info("an earlier card could not be edited: %s", why)
        return result
