"""Periodic jobs. The only module that imports APScheduler.

No job is stored: what must survive a restart is a row of the outbox (docs/architecture.md, rule 5). When
a beat comes is counted in seconds that nobody can set; APScheduler's own triggers ask the clock on the
wall, and one that is set back would hold up every beat for as long as it jumped.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.health import Health

log = logging.getLogger(__name__)

LATE_BEATS = 4
"""So many intervals without a beat that succeeded, and the scheduler is reported as stopped."""
MARGIN = 5.0
"""Seconds on top of that, for a beat that takes long where the interval is short."""
AT_ONCE, NEVER = datetime(1970, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


class _WhenTicked(BaseTrigger):  # type: ignore[misc]
    """Never by itself."""

    def get_next_fire_time(self, _: datetime | None, __: datetime) -> datetime:
        return NEVER


class Scheduler:
    """Calls each job every so many seconds, never twice at the same time."""

    def __init__(self, seconds: float, before_each: Callable[[], None]) -> None:
        """Call every job each `seconds`, and `before_each` before them."""
        self._seconds, self._before_each = seconds, before_each
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._succeeded: dict[str, float] = {}
        """Job → when it last succeeded, on the monotonic clock."""
        self._tasks: set[asyncio.Task[None]] = set()
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

        # No misfire limit: what is due at once is due since 1970.
        self._scheduler.add_job(
            guarded,
            _WhenTicked(),
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

        self._tasks.add(asyncio.create_task(later()))

    def start(self) -> None:
        """Start, on the running event loop."""
        self._scheduler.start()
        self._tasks.add(asyncio.create_task(self._tick()))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            try:
                self._before_each()
            except Exception:
                log.exception("what comes before each beat failed")
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=AT_ONCE)

    def stop(self) -> None:
        """Begin no job any more; may be called twice."""
        if not self._stopped and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
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
