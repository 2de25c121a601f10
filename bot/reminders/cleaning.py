"""Removes, once a day, what has been kept long enough."""

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
        self, keep_for: Sequence[tuple[Clean, timedelta]], clock: Clock, in_thread: InThread
    ) -> None:
        """Remove by each of these what is older than its time; call them only inside `in_thread`."""
        self._keep_for, self._clock, self._in_thread = keep_for, clock, in_thread
        self._cleaned: date | None = None

    async def beat(self) -> None:
        """Clean, the first time of a day."""
        now = self._clock()
        if self._cleaned == now.date():
            return
        for clean, long_enough in self._keep_for:
            await self._in_thread(partial(clean, now - long_enough))
        self._cleaned = now.date()
