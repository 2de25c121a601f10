"""Whether this process is the one that sends: said in the log when that changes, and in `/readyz`."""

import logging
from collections.abc import Mapping
from datetime import datetime

from bot.health import Health
from bot.rate_limit import RateLimiter
from bot.reminders.threads import InThread
from bot.store.lease import Lease, Standing
from bot.store.processes import Processes

log = logging.getLogger(__name__)

HANDOVER_SECONDS = 1.0
"""For which nothing is sent after another process did: in no second do two of them send."""
STANDBY: Mapping[Standing, str] = {
    Standing.OTHERS: "another process sends, this one stands by",
    Standing.NEWER_MEETINGS: "another process reads newer meetings and sends, this one stands by",
}
OVERTAKEN = (
    "a newer version of the bot has taken over the database, so this one sends nothing; stop it"
)


class SoleSender:
    """Asks at each beat; what was claimed before is finished by who claimed it."""

    def __init__(
        self, lease: Lease, processes: Processes, limiter: RateLimiter, in_thread: InThread
    ) -> None:
        """Hold up `limiter` after another process; touch the store only inside `in_thread`."""
        self._lease, self._processes = lease, processes
        self._limiter, self._in_thread = limiter, in_thread
        self._standing = Standing.OURS

    async def may_send(self, calendar: str, now: datetime) -> bool:
        """Whether this process plans and sends, which reads the calendar with this hash."""
        standing = await self._in_thread(lambda: self._ask(calendar, now))
        if standing is Standing.TAKEN_OVER:
            log.info("this process sends from now on")
            self._limiter.pause(HANDOVER_SECONDS)
            standing = Standing.OURS
        elif standing is not self._standing:
            level = logging.ERROR if standing is Standing.NEWER_VERSION else logging.INFO
            log.log(level, STANDBY.get(standing, OVERTAKEN))
        self._standing = standing
        return standing is Standing.OURS

    def health(self) -> Health | None:
        """Why this process sends nothing, where it does not; to stand by is no failure."""
        if self._standing is Standing.NEWER_VERSION:
            return Health(ok=False, detail=OVERTAKEN)
        why = STANDBY.get(self._standing)
        return Health(ok=True, detail=why) if why else None

    def _ask(self, calendar: str, now: datetime) -> Standing:
        standing = self._lease.hold()
        if standing is Standing.NEWER_VERSION:
            return standing
        if not self._processes.adopt_calendar(calendar, now):
            self._lease.release()
            return Standing.NEWER_MEETINGS
        return standing
