"""Rows of the outbox → sent: one at a time through the pace, many under way at once."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.channel import RETRY_AFTER_MAX, Channel, Gone, InDoubt, Later, Refused, Result, Sent
from bot.rate_limit import RateLimiter
from bot.reminders.planning import moment_of, still_due
from bot.store.outbox import Earlier, Edit, Outbox, Row
from dialogs import reminders as words
from dialogs.context import Context
from dialogs.values import Card
from faq.language import DEFAULT, Language, spoken_language

log = logging.getLogger(__name__)
T = TypeVar("T")


class Run(Protocol):
    """Does something that waits for the store where the event loop does not wait for it."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """The result of `work`, later."""
        ...


ATTEMPTS_MAX = 12
DOUBTS_MAX = 3
"""How often one message may be sent that may have arrived: a connector that is always too slow gets no more."""
BACKOFF = (2.0, 900.0)
"""Seconds: the first wait, doubled each time, and the longest; twelve attempts take about an hour."""
SENDERS = 64
"""Sends under way at the same time; at 50 a second and a second each, 50 are enough."""
SEND_SECONDS = 40.0
"""Of one send, with the wait for a token and for another message in the same conversation."""
STOP_SECONDS = 5.0
"""How long a stop waits for what is under way; what takes longer is in doubt and sent again."""
CONFIRM_AFTER = timedelta(seconds=60)
"""A conversation that cannot be found once may be a passing fault; twice, it is gone (TEAMS.md C2)."""
NOT_FOUND = "not found"
TROUBLE = 5
"""So many sends in a row that could not be made, and everybody waits a while: the fault is not theirs."""
TROUBLE_PAUSE = 60.0
SETUP_PAUSE = 60.0
"""Seconds until the next try where our own set-up is refused: an operator has to mend it first."""


class Delivery:
    """Sends what is due. A send that failed is never recorded as sent."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        channel: Channel,
        pace: RateLimiter,
        context: Callable[[], Context],
        clock: Callable[[], datetime],
        run: Run,
        dead: Callable[[str], bool],
        me: str,
        chance: random.Random,
        meter: Callable[[str], None],
    ) -> None:
        """Send through `channel` at this `pace`; touch the store only inside `run`.

        `dead` says whether the process that claimed a row is no more, `me` is this one's name there,
        `chance` is the jitter.
        """
        self._outbox, self._channel, self._limiter, self._context = outbox, channel, pace, context
        self._clock, self._run, self._dead, self._me = clock, run, dead, me
        self._chance, self._meter = chance, meter
        self._stopped = asyncio.Event()
        self._draining: asyncio.Task[int] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(SENDERS)
        self._trouble = 0
        self._resting = False
        self._began = clock()
        self._broke: BaseException | None = None

    async def beat(self) -> None:
        """See to it that what is due is being sent; does not wait for it.

        Raises:
            Exception: what broke the sending since the beat before; it starts anew.
        """
        self._resting = False
        now = self._clock()
        await self._run(lambda: self._outbox.release(self._dead, now))
        before, running = self._draining, self._draining is not None and not self._draining.done()
        if not running and not self._stopped.is_set():
            self._draining = asyncio.create_task(self.drain())
        if before is not None and before.done() and not before.cancelled() and before.exception():
            raise before.exception() or AssertionError

    async def drain(self) -> int:
        """Send everything that is due now, then edit the cards that went before; how many rows were taken.

        Raises:
            Exception: the first that broke a send or its record; the others went on.
        """
        self._began = now = self._clock()
        # Nothing of ours is under way, so a claim of ours could not be recorded: it is in doubt, too.
        released = await self._run(
            lambda: self._outbox.release(lambda who: who == self._me or self._dead(who), now)
        )
        if released:
            log.warning("%d sends were cut off and are in doubt; they are sent again", released)
        self._broke = None
        try:
            taken = await self._each(self._claim, self._send)
            await self._all_done()
            await self._each(self._claim_edit, self._edit)
        finally:
            await self._all_done()
        if self._broke is not None:
            raise self._broke
        return taken

    async def _all_done(self) -> None:
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def rest(self) -> None:
        """Claim nothing more until the next beat: another process has newer meetings and sends."""
        self._resting = True

    async def stop(self) -> None:
        """Claim nothing more, and finish what is under way."""
        self._stopped.set()
        waiting = {*self._under_way, *filter(None, [self._draining])}
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _each(
        self,
        claim: Callable[[], Awaitable[T | None]],
        do: Callable[[T], Coroutine[None, None, None]],
    ) -> int:
        """Claim and do, at our pace, until there is nothing more to claim."""
        taken = 0
        while await self._turn():
            found = None
            try:
                found = await claim()
            finally:
                if found is None:
                    self._room.release()
            if found is None:
                return taken
            taken += 1
            task = asyncio.create_task(do(found))
            self._under_way.add(task)
            task.add_done_callback(self._done)
        return taken

    async def _turn(self) -> bool:
        """Wait for room and for our turn; False where we are to stop or to rest."""
        await self._room.acquire()
        turn = asyncio.ensure_future(self._limiter.acquire())
        stopped = asyncio.ensure_future(self._stopped.wait())
        await asyncio.wait({turn, stopped}, return_when=asyncio.FIRST_COMPLETED)
        turn.cancel()
        stopped.cancel()
        if self._stopped.is_set() or self._resting:
            self._room.release()
            return False
        return True

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._room.release()
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("a send could not be finished", exc_info=error)
            self._broke = self._broke or error

    # Reminders and corrections.

    async def _claim(self) -> tuple[Row, Context] | None:
        """A row, and the house that judged it: the card must say what is recorded as told."""
        context, now = self._context(), self._clock()
        row = await self._run(
            lambda: self._outbox.claim(
                now, lambda found: still_due(context.calendar, found, now), due_by=self._began
            )
        )
        return (row, context) if row else None

    async def _send(self, claimed: tuple[Row, Context]) -> None:
        """Send one row that was claimed a moment ago, and record how it ended."""
        row, context = claimed
        now = self._clock()
        wait = self._limiter.reserve(row.conversation)
        if wait > 0:
            at = now + timedelta(seconds=wait)
            await self._run(lambda: self._outbox.again(row, at=at, why=row.why, counts=False))
            return
        try:
            card = _card(context, row)
        except Exception as error:
            log.exception("a reminder could not be written")
            result: Result = Later(type(error).__name__)
        else:
            result = await self._post(row, card)
        self._meter(type(result).__name__.lower())
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
        match result:
            case Later(seconds=seconds) if seconds is not None:
                self._limiter.pause(seconds)
            case Later() | InDoubt():
                self._trouble += 1
                if self._trouble >= TROUBLE:
                    self._limiter.pause(
                        min(TROUBLE_PAUSE, self._backoff(self._trouble - TROUBLE + 1))
                    )
            case Refused(setup=True):
                self._limiter.pause(SETUP_PAUSE)
            case _:
                self._trouble = 0

    async def _record(self, row: Row, result: Result) -> None:
        now, outbox = self._clock(), self._outbox
        match result:
            case Sent(id=activity, conversation_id=thread):
                await self._run(lambda: outbox.sent(row, activity=activity, thread=thread, now=now))
            case Refused(not_found=True) if row.why != NOT_FOUND:
                at = now + CONFIRM_AFTER
                await self._run(lambda: outbox.again(row, at=at, why=NOT_FOUND))
            case Refused(not_found=True):
                await self._run(lambda: outbox.gone(row, "uninstalled"))
            case Gone(why=why):
                log.info("a subscription ended: %s", why)
                await self._run(lambda: outbox.gone(row, why))
            case Refused(why=why, setup=True):
                log.error("nothing can be sent until the set-up is mended: %s", why)
                at = now + timedelta(seconds=SETUP_PAUSE)
                await self._run(lambda: outbox.again(row, at=at, why=why, counts=False))
            case Refused(why=why):
                log.error("a reminder was refused: %s", why)
                await self._run(lambda: outbox.end(row, "failed", why))
            case Later(why=why) | InDoubt(why=why):
                await self._try_again(row, result, why)

    async def _try_again(self, row: Row, result: Later | InDoubt, why: str) -> None:
        doubt = isinstance(result, InDoubt)
        # Being cut off is no fault of the connector's, and whoever says "later" did not get it.
        if row.attempts >= ATTEMPTS_MAX or (doubt and row.doubts + 1 >= DOUBTS_MAX):
            said = f"after {row.attempts} attempts: {why}"
            await self._run(lambda: self._outbox.end(row, "failed", said))
            return
        asked = result.seconds if isinstance(result, Later) else None
        wait = self._backoff(row.attempts) if asked is None else min(asked, RETRY_AFTER_MAX)
        at = self._clock() + timedelta(seconds=wait)
        await self._run(lambda: self._outbox.again(row, at=at, why=why, doubt=doubt))

    def _backoff(self, attempts: int) -> float:
        """Exponential, with jitter: half of the wait is chance, so that not all come back at once."""
        first, longest = BACKOFF
        wait: float = min(longest, first * 2 ** min(attempts - 1, 20))
        return wait / 2 + self._chance.random() * wait / 2

    # The cards that were sent before a correction.

    def _claim_edit(self) -> Awaitable[Edit | None]:
        began = self._began
        return self._run(lambda: self._outbox.claim_edit(began))

    async def _edit(self, edit: Edit) -> None:
        """Put what is true now in the place of the cards sent before; the notice itself is already out."""
        if edit.row is None:
            return
        row, card = edit.row, _card(self._context(), edit.row)
        results = []
        for number, earlier in enumerate(edit.cards):
            if number:
                await self._limiter.acquire()
            results.append(await self._update(row, earlier, card))
        if any(isinstance(result, Later | InDoubt) for result in results):
            return  # it is tried again
        await self._run(lambda: self._outbox.edited(row))

    async def _update(self, row: Row, earlier: Earlier, card: Card) -> Result:
        where = earlier.thread or row.address.conversation_id
        result = await self._channel.update(
            replace(row.address, conversation_id=where), earlier.activity, card
        )
        self._slow_down(result)
        if not isinstance(result, Sent):
            log.info("an earlier card could not be edited: %s", result.why)
        return result


def _card(context: Context, row: Row) -> Card:
    language: Language = spoken_language(row.language or "") or DEFAULT
    meeting = context.calendar.find(row.occurrence)
    if row.correction:
        told = moment_of(row.told_before)
        return words.correction(
            context, meeting, language, context.calendar.local(told) if told else None
        )
    if meeting is None:
        raise LookupError(row.occurrence)
    return words.reminder(context, meeting, language)
