"""The worker: claims one thing after another at the pace of the rate limiter, with many under way at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.rate_limit import RateLimiter

log = logging.getLogger(__name__)
T = TypeVar("T")

SENDERS = 64
"""Sends under way at the same time; at 50 a second and a second each, 50 are enough."""
STOP_SECONDS = 8.0
"""How long a stop waits for what is under way; what takes longer is recorded as in doubt. The process has 9.5."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """What is claimed, and what is done with it."""

    claim: Callable[[], Awaitable[T | None]]
    """The next thing to do; None where there is nothing more."""
    do: Callable[[T], Coroutine[None, None, None]]


class Worker:
    """Claims and does, until there is nothing more to claim, or it is to stop or to stand by."""

    def __init__(self, limiter: RateLimiter, one_at_a_time: Callable[[], bool]) -> None:
        """Wait for a turn of `limiter` before each claim, and for the one before where that is asked."""
        self._limiter, self._one_at_a_time = limiter, one_at_a_time
        self._room = asyncio.Semaphore(SENDERS)
        self._under_way: set[asyncio.Task[None]] = set()
        self._stopped = asyncio.Event()
        self._standby = False
        self._error: BaseException | None = None

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped.is_set()

    def standby(self, on: bool) -> None:  # noqa: FBT001 - reads as what it is
        """Claim nothing more for as long as this is on."""
        self._standby = on

    async def work(self, *stages: Stage[Any]) -> None:
        """Go through the stages, each when all of the one before is done.

        Raises:
            Exception: the first that broke something that was done; the others went on.
        """
        self._error = None
        for stage in stages:
            try:
                await self._claim_each(stage)
            finally:
                await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._error is not None:
            raise self._error

    async def stop(self, *others: asyncio.Task[None]) -> None:
        """Claim nothing more, and finish what is under way, with the tasks that work."""
        self._stopped.set()
        waiting = {*self._under_way, *others}
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _claim_each(self, stage: Stage[T]) -> None:
        while await self._turn():
            item = None
            try:
                item = await stage.claim()
            finally:
                if item is None:
                    self._room.release()
            if item is None:
                return
            task = asyncio.create_task(stage.do(item))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    async def _turn(self) -> bool:
        """Wait for room and for a turn; False where we are to stop or to stand by."""
        await self._room.acquire()
        turn = asyncio.ensure_future(self._allowed())
        stopped = asyncio.ensure_future(self._stopped.wait())
        await asyncio.wait({turn, stopped}, return_when=asyncio.FIRST_COMPLETED)
        turn.cancel()
        stopped.cancel()
        if self._stopped.is_set() or self._standby:
            self._room.release()
            return False
        return True

    async def _allowed(self) -> None:
        """Wait until one more may leave; what is under way may end in a pause for all."""
        await self._limiter.acquire()
        while self._under_way and self._one_at_a_time():
            await asyncio.wait(set(self._under_way))
            await self._limiter.acquire()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._room.release()
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("a send could not be finished", exc_info=error)
            self._error = self._error or error
