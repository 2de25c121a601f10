"""Removes, once a day, what has been kept long enough."""

from datetime import date, timedelta

from bot.clock import Clock
from bot.reminders.threads import InThread
from bot.settings import Settings
from bot.store.outbox import Outbox
from bot.store.unanswered import Unanswered


class Cleaning:
    """Knows how long deliveries and questions are kept, and which day it cleaned last."""

    def __init__(
        self,
        settings: Settings,
        outbox: Outbox,
        unanswered: Unanswered,
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """Keep as long as the settings say; touch the store only inside `in_thread`."""
        self._outbox, self._unanswered = outbox, unanswered
        self._keep_deliveries = timedelta(days=settings.keep_deliveries_days)
        self._keep_questions = timedelta(days=settings.keep_questions_days)
        self._clock, self._in_thread = clock, in_thread
        self._cleaned: date | None = None

    async def beat(self) -> None:
        """Clean, the first time of a day."""
        now = self._clock()
        if self._cleaned == now.date():
            return
        await self._in_thread(lambda: self._outbox.clean(now - self._keep_deliveries))
        await self._in_thread(lambda: self._unanswered.clean(now - self._keep_questions))
        self._cleaned = now.date()
