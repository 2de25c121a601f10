"""Rows of the outbox → sent, and how each send ended → recorded."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channel import InDoubt, Later, Refused, Result
from bot.clock import Clock
from bot.health import Health
from bot.reminders.backpressure import Backpressure
from bot.reminders.cards import card_of
from bot.reminders.edits import CardEdits
from bot.reminders.pause import SharedPause
from bot.reminders.planning import still_due, worth_until
from bot.reminders.recording import Ending, Recorder, seemed_gone
from bot.reminders.sender import Sender
from bot.reminders.threads import InThread
from bot.reminders.worker import Stage, Worker
from bot.store.outbox import Outbox
from bot.store.processes import Processes
from bot.store.values import Row
from dialogs.context import Context

log = logging.getLogger(__name__)

SILENT_SECONDS = 60.0
"""Until it is looked at again what somebody wants no more; by then the store knows why."""


class Delivery:
    """Sends what is due. A send that failed is never recorded as sent."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        edits: CardEdits,
        sender: Sender,
        pressure: Backpressure,
        pause: SharedPause,
        context: Callable[[], Context],
        clock: Clock,
        in_thread: InThread,
        processes: Processes,
        on_result: Callable[[str], None],
    ) -> None:
        """Send through `sender` as fast as `pressure` allows; touch the store only inside `in_thread`.

        `processes` knows whose claims are nobody's any more, `on_result` counts how sends end.
        """
        self._outbox, self._edits, self._pressure, self._pause = outbox, edits, pressure, pause
        self._context, self._clock, self._in_thread = context, clock, in_thread
        self._processes, self._on_result = processes, on_result
        self._recorder = Recorder(outbox, clock, in_thread)
        self._worker = Worker(pressure.limiter, lambda: pressure.one_at_a_time)
        self._sender = sender
        self._draining: asyncio.Task[None] | None = None

    async def beat(self) -> None:
        """See to it that what is due is being sent; does not wait for it.

        Raises:
            Exception: what broke the sending since the beat before; it starts anew.
        """
        self._worker.standby(False)
        now = self._clock()
        await self._pause.read()
        await self._in_thread(lambda: self._outbox.requeue_orphans(self._processes.is_dead, now))
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
        now, ours = self._clock(), self._processes
        await self._recorder.record_waiting()
        # Nothing of ours is under way, so what else we claimed was cut off: it is in doubt, too.
        requeued = await self._in_thread(
            lambda: self._outbox.requeue_orphans(
                lambda process: process == ours.id or ours.is_dead(process), now
            )
        )
        if requeued:
            log.warning("%d sends were cut off and are in doubt; they are planned again", requeued)
        sends = Stage(lambda: self._claim(now), self._send)
        await self._worker.work(sends, self._edits.stage())

    def standby(self) -> None:
        """Claim nothing more until the next beat: another process sends."""
        self._worker.standby(True)

    async def stop(self) -> None:
        """Claim nothing more, and finish what is under way."""
        await self._worker.stop(*filter(None, [self._draining]))
        if self._recorder.waiting:
            await self._recorder.record_waiting()

    def health(self) -> Health:
        """Whether what is sent arrives, and is recorded."""
        if self._recorder.waiting:
            return Health(ok=False, detail=f"{self._recorder.waiting} sends cannot be recorded")
        return self._pressure.health()

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
        wait = self._pressure.limiter.reserve(row.conversation)
        if wait > 0:
            await self._put_back(row, wait)
            return
        try:
            card = card_of(context, row, self._clock())
        except Exception as error:
            log.exception("a reminder could not be written")
            self._on_result("unwritten")
            # Our own mistake says nothing of the connector, so nobody else waits for it.
            await self._record(row, context, Refused(f"not written: {type(error).__name__}"))
            return
        try:
            result = await self._sender.send(row, card, lambda: self._worker.stopped)
        except asyncio.CancelledError:
            await self._record(row, context, InDoubt("cut off by a stop"))
            raise
        if result is None:
            await self._put_back(row, SILENT_SECONDS)
            return
        self._on_result(type(result).__name__.lower())
        self._pressure.note(result, row.conversation)
        await self._record(row, context, result)
        if isinstance(result, Later):
            await self._pause.write()

    async def _put_back(self, row: Row, seconds: float) -> None:
        """The conversation may get nothing now; that is no attempt. Where it was stopped, it ends so."""
        moment = self._clock() + timedelta(seconds=seconds)
        await self._in_thread(
            lambda: self._outbox.reschedule(
                row, at=moment, reason=row.reason, detail=row.detail, counts=False
            )
        )

    async def _record(self, row: Row, context: Context, result: Result) -> None:
        worth = worth_until(context.calendar, row) - self._clock()
        retry = self._pressure.policy.after(
            result,
            attempts=row.attempts,
            left=worth.total_seconds(),
            doubts=row.doubts,
            gone_before=seemed_gone(row) and not self._pressure.doubts_gone,
        )
        await self._recorder.record(Ending(row, result, retry))
