"""APScheduler as the pulse: it beats, and remembers nothing (DESIGN 3, rule 5)."""

import logging
import time
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.health import Health

log = logging.getLogger(__name__)

LATE_BEATS = 4
"""After this many beats without one that ended, the pulse is said to have stopped."""


class Scheduler:
    """Calls what was added to it, every so many seconds, one at a time each."""

    def __init__(self, seconds: float) -> None:
        """Beat every `seconds`."""
        self._seconds = seconds
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._last: dict[str, float] = {}
        self._stopped = False

    def add(self, name: str, beat: Callable[[], Awaitable[None]]) -> None:
        """Call `beat` on every beat; an error of it is logged and the next beat comes all the same."""

        async def guarded() -> None:
            try:
                await beat()
            except Exception:
                log.exception("beat %s failed", name)
            else:
                self._last[name] = time.monotonic()

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
        self._last[name] = time.monotonic()

    def start(self) -> None:
        """Start to beat, on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Beat no more; may be said twice."""
        if not self._stopped and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._stopped = True

    def age(self) -> float:
        """Seconds since the beat that ended longest ago."""
        return time.monotonic() - min(self._last.values(), default=time.monotonic())

    def health(self) -> Health:
        """Whether every beat ended lately."""
        age = self.age()
        if age < self._seconds * LATE_BEATS + 5:
            return Health(ok=True)
        return Health(ok=False, detail=f"no beat for {age:.0f} s")
