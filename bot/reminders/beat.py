"""What happens on every beat: what is due is planned, and sent."""

from collections.abc import Callable

from bot.clock import Clock
from bot.reminders.delivery import Delivery
from bot.reminders.holding import Holding, calendar_hash
from bot.reminders.planning import plan
from bot.reminders.sole_sender import SoleSender
from bot.reminders.threads import InThread
from bot.store.plans import Plans
from dialogs.context import Context


class ReminderBeat:
    """Plans and sends, unless another process does."""

    def __init__(
        self,
        *,
        sole_sender: SoleSender,
        plans: Plans,
        delivery: Delivery,
        holding: Holding,
        context: Callable[[], Context],
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        """Touch the store only inside `in_thread`."""
        self._sole_sender, self._plans, self._delivery = sole_sender, plans, delivery
        self._holding = holding
        self._context, self._clock, self._in_thread = context, clock, in_thread

    async def beat(self) -> None:
        """Plan what is due and see to it that it is being sent."""
        calendar, now = self._context().calendar, self._clock()
        if not calendar.series:
            return
        if not await self._sole_sender.may_send(calendar_hash(calendar), now):
            self._delivery.standby()
            return
        self._holding.see(calendar, now)
        await self._in_thread(lambda: plan(calendar, self._plans, now, self._holding))
        await self._in_thread(lambda: self._plans.pull_forward(now))
        await self._delivery.beat()
