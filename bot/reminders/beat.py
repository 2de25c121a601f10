"""What happens on every beat: what is due is planned, and sent."""

from collections.abc import Callable

from bot.clock import Clock
from bot.reminders.delivery import Delivery
from bot.reminders.holding import Holding, calendar_hash
from bot.reminders.planning import plan
from bot.reminders.threads import InThread
from bot.store.plans import Plans
from bot.store.processes import Processes
from dialogs.context import Context


class ReminderBeat:
    """Plans and sends, unless another process reads newer meetings."""

    def __init__(
        self,
        *,
        processes: Processes,
        plans: Plans,
        delivery: Delivery,
        holding: Holding,
        context: Callable[[], Context],
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """Touch the store only inside `in_thread`."""
        self._processes, self._plans, self._delivery = processes, plans, delivery
        self._holding = holding
        self._context, self._clock, self._in_thread = context, clock, in_thread

    async def beat(self) -> None:
        """Plan what is due and see to it that it is being sent."""
        calendar, now = self._context().calendar, self._clock()
        if not calendar.series:
            return
        ours = await self._in_thread(
            lambda: self._processes.adopt_calendar(calendar_hash(calendar), now)
        )
        if not ours:
            self._delivery.standby()
            return
        self._holding.see(calendar, now)
        await self._in_thread(lambda: plan(calendar, self._plans, now, self._holding))
        await self._in_thread(lambda: self._plans.pull_forward(now))
        await self._delivery.beat()
