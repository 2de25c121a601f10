"""Removes what is to be gone at once, and once a day what has been kept long enough."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.reminders.threads import InThread

Clean = Callable[[datetime], object]
"""Removes what is older than a moment."""


class Cleaning:
    """Knows how long each thing is kept, and which day it cleaned last."""

    def __init__(
        self,
        at_once: Callable[[], object],
        keep_for: Sequence[tuple[Clean, timedelta]],
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """Remove by each of `keep_for` what is older than its time; call all of them only inside `in_thread`."""
        self._at_once, self._keep_for = at_once, keep_for
        self._clock, self._in_thread = clock, in_thread
        self._cleaned: date | None = None

    async def beat(self) -> None:
        """Clean: each time what is to be gone at once, the first time of a day all."""
        await self._in_thread(self._at_once)
        now = self._clock()
        if self._cleaned == now.date():
            return
        for clean, long_enough in self._keep_for:
            await self._in_thread(partial(clean, now - long_enough))
        self._cleaned = now.date()
