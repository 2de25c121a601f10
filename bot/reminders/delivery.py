"""Rows of the outbox → sent, and how each send ended → recorded."""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channel import Channel, InDoubt, Later, Result
from bot.rate_limit import RateLimiter
from bot.reminders.cards import card_of
from bot.reminders.edits import CardEdits
from bot.reminders.planning import still_due
from bot.reminders.recording import record
from bot.reminders.threads import InThread
from bot.reminders.worker import Stage, Worker
from bot.retry import CircuitBreaker, RetryPolicy
from bot.store.edits import Edits
from bot.store.outbox import Outbox
from bot.store.values import Reason, Row
from dialogs.context import Context
from dialogs.values import Card

log = logging.getLogger(__name__)

SEND_SECONDS = 40.0
"""Of one send, with the wait for a token and for another message in the same conversation."""


class Delivery:
    """Sends what is due. A send that failed is never recorded as sent."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        edits: Edits,
        channel: Channel,
        limiter: RateLimiter,
        context: Callable[[], Context],
        clock: Callable[[], datetime],
        in_thread: InThread,
        is_dead: Callable[[str], bool],
        worker_id: str,
        rng: random.Random,
        on_result: Callable[[str], None],
    ) -> None:
        """Send through `channel` as fast as `limiter` allows; touch the store only inside `in_thread`.

        `is_dead` says whether the process that claimed a row is no more, `worker_id` is this one's
        name there, `rng` is the jitter, `on_result` counts how sends end.
        """
        self._outbox, self._channel, self._limiter = outbox, channel, limiter
        self._context, self._clock, self._in_thread = context, clock, in_thread
        self._is_dead, self._worker_id, self._on_result = is_dead, worker_id, on_result
        self._policy = RetryPolicy(rng=rng)
        self._breaker = CircuitBreaker(self._policy)
        self._worker = Worker(limiter)
        self._edits = CardEdits(
            edits, channel, limiter, context, in_thread=in_thread, on_result=self._slow_down
        )
        self._draining: asyncio.Task[None] | None = None

    async def beat(self) -> None:
        """See to it that what is due is being sent; does not wait for it.

        Raises:
            Exception: what broke the sending since the beat before; it starts anew.
        """
        self._worker.standby(False)
        now = self._clock()
        await self._in_thread(lambda: self._outbox.requeue_orphans(self._is_dead, now))
        before, running = self._draining, self._draining is not None and not self._draining.done()
        if not running and not self._worker.stopped:
            self._draining = asyncio.create_task(self._drain())
        if before is not None and before.done() and not before.cancelled() and before.exception():
            raise before.exception() or AssertionError

    async def finished(self) -> None:
        """Wait until what a beat began is done.

        Raises:
            Exception: what broke it; the next beat does not raise it once more.
        """
        draining = self._draining
        if draining is None:
            return
        try:
            await draining
        finally:
            if self._draining is draining:
                self._draining = None

    async def _drain(self) -> None:
        """Send everything that is due now, then edit the cards that went before.

        Raises:
            Exception: the first that broke a send or its record; the others went on.
        """
        now = self._clock()
        # Nothing of ours is under way, so a claim of ours could not be recorded: it is in doubt, too.
        requeued = await self._in_thread(
            lambda: self._outbox.requeue_orphans(
                lambda process: process == self._worker_id or self._is_dead(process), now
            )
        )
        if requeued:
            log.warning("%d sends were cut off and are in doubt; they are planned again", requeued)
        sends = Stage(lambda: self._claim(now), self._send)
        await self._worker.work(sends, self._edits.stage(now))

    def standby(self) -> None:
        """Claim nothing more until the next beat: another process has newer meetings and sends."""
        self._worker.standby(True)

    async def stop(self) -> None:
        """Claim nothing more, and finish what is under way."""
        await self._worker.stop(*filter(None, [self._draining]))

    async def _claim(self, due_by: datetime) -> tuple[Row, Context] | None:
        """A row, and the context that it was still due in: the card must say what is recorded as announced."""
        context, now = self._context(), self._clock()
        row = await self._in_thread(
            lambda: self._outbox.claim(
                now, lambda claimed: still_due(context.calendar, claimed, now), due_by=due_by
            )
        )
        return (row, context) if row else None

    async def _send(self, claimed: tuple[Row, Context]) -> None:
        """Send one row that was claimed a moment ago, and record how it ended."""
        row, context = claimed
        now = self._clock()
        wait = self._limiter.reserve(row.conversation)
        if wait > 0:
            moment = now + timedelta(seconds=wait)
            await self._in_thread(
                lambda: self._outbox.reschedule(
                    row, at=moment, reason=row.reason, detail=row.detail, counts=False
                )
            )
            return
        try:
            card = card_of(context, row)
        except Exception as error:
            log.exception("a reminder could not be written")
            result: Result = Later(type(error).__name__)
        else:
            result = await self._post(row, card)
        self._on_result(type(result).__name__.lower())
        self._slow_down(result)
        await self._record(row, result)

    async def _post(self, row: Row, card: Card) -> Result:
        channel = row.address.place == "channel"
        try:
            async with asyncio.timeout(SEND_SECONDS):
                # In a channel a post of its own, not a reply under an old one that nobody opens.
                send = self._channel.start_thread if channel else self._channel.send
                return await send(row.address, card)
        except TimeoutError:
            return InDoubt("cut off: took too long")
        except Exception as error:
            log.exception("a send broke")
            return InDoubt(f"broke: {type(error).__name__}")

    def _slow_down(self, result: Result) -> None:
        """Where the server asks for it, or nothing gets through, everybody waits."""
        seconds = self._breaker.pause(result)
        if seconds > 0:
            self._limiter.pause(seconds)

    async def _record(self, row: Row, result: Result) -> None:
        retry = self._policy.after(
            result,
            attempts=row.attempts,
            doubts=row.doubts,
            not_found_before=row.reason is Reason.NOT_FOUND,
        )
        now = self._clock()
        await self._in_thread(lambda: record(self._outbox, row, result, retry, now))
