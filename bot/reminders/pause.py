"""The pause that the connector asked the whole bot for: kept in the database, for the next process and beside it."""

from datetime import timedelta

from bot.clock import Clock
from bot.rate_limit import RateLimiter
from bot.reminders.threads import InThread
from bot.store.pace import Pace

LEAST = timedelta(seconds=1)
"""A difference that is worth a write."""


class SharedPause:
    """What this process was told, the others know; what they were told, it does."""

    def __init__(self, pace: Pace, limiter: RateLimiter, clock: Clock, in_thread: InThread) -> None:
        """Touch the store only inside `in_thread`."""
        self._pace, self._limiter, self._clock, self._in_thread = pace, limiter, clock, in_thread

    async def read(self) -> None:
        """Hold up what another process was told to hold up."""
        now = self._clock()
        until = await self._in_thread(self._pace.paused_until)
        if until is not None and until > now:
            self._limiter.asked_to_pause((until - now).total_seconds())

    async def write(self) -> None:
        """Keep what this process was told, where that is longer."""
        asked = timedelta(seconds=self._limiter.asked_seconds)
        if asked > LEAST:
            until = self._clock() + asked
            await self._in_thread(lambda: self._pace.pause_until(until))
