"""Periodic jobs. The only module that imports APScheduler.

No job is stored: what must survive a restart is a row of the outbox (docs/architecture.md, rule 5).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.health import Health

log = logging.getLogger(__name__)

LATE_BEATS = 4
"""So many intervals without a beat that succeeded, and the scheduler is reported as stopped."""
MARGIN = 5.0
"""Seconds on top of that, for a beat that takes long where the interval is short."""


class Scheduler:
    """Calls each job every so many seconds, never twice at the same time."""

    def __init__(self, seconds: float) -> None:
        """Call every job each `seconds`."""
        self._seconds = seconds
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._succeeded: dict[str, float] = {}
        """Job → when it last succeeded, on the monotonic clock."""
        self._single: set[asyncio.Task[None]] = set()
        self._stopped = False

    def add(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` at every beat; an error is logged, and the next beat comes all the same."""

        async def guarded() -> None:
            try:
                await job()
            except Exception:
                log.exception("beat %s failed", name)
            else:
                self._succeeded[name] = time.monotonic()

        # No misfire limit: the default of one second would skip every late beat.
        self._scheduler.add_job(
            guarded,
            "interval",
            seconds=self._seconds,
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._succeeded[name] = time.monotonic()

    def once(self, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` once after so many seconds, on the running event loop; not after `stop`."""

        async def later() -> None:
            await asyncio.sleep(seconds)
            try:
                await job()
            except Exception:
                log.exception("job failed")

        self._single.add(asyncio.create_task(later()))

    def start(self) -> None:
        """Start, on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Begin no job any more; may be called twice."""
        if not self._stopped and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._single:
            task.cancel()
        self._stopped = True

    def age(self) -> float:
        """Seconds since the last success of the job that is furthest behind."""
        return time.monotonic() - min(self._succeeded.values(), default=time.monotonic())

    def health(self) -> Health:
        """Whether every job succeeded lately."""
        age = self.age()
        if age < self._seconds * LATE_BEATS + MARGIN:
            return Health(ok=True)
        return Health(ok=False, detail=f"no beat for {age:.0f} s")
