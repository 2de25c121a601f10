"""One activity is answered once: Teams sends again what it saw no answer to within 15 seconds."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT_FOR = timedelta(minutes=5)
KEPT_MAX = 4_000
"""Activities of one generation. At 50 a second, more than Teams lets us answer, that is 80 seconds or more."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What goes back in the HTTP response."""

    status: int
    body: bytes = b""


BUSY = HttpAnswer(503)


class Deduplicator:
    """Remembers which activities were answered, and how, in two generations: enough, and small."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Nothing was answered yet."""
        self._clock = clock
        self._began = clock()
        self._now: dict[bytes, HttpAnswer | asyncio.Future[HttpAnswer]] = {}
        self._before: dict[bytes, HttpAnswer | asyncio.Future[HttpAnswer]] = {}

    async def answer(
        self, conversation: str, activity: str, turn: Callable[[], Awaitable[HttpAnswer]]
    ) -> HttpAnswer:
        """The answer of the one `turn` that is taken for this activity."""
        if not activity:
            return await turn()
        key = hashlib.blake2b(f"{conversation}\0{activity}".encode(), digest_size=16).digest()
        known = self._now.get(key) or self._before.get(key)
        if isinstance(known, HttpAnswer):
            return known
        if known is not None:
            # The first is still under way: wait for it, and answer the same.
            return await asyncio.shield(known)
        self._turn_over()
        under_way = self._now[key] = asyncio.get_running_loop().create_future()
        try:
            found = await turn()
        except BaseException:
            # Broken off, so not answered: who waits for it may come again.
            self._now.pop(key, None)
            self._before.pop(key, None)
            under_way.set_result(BUSY)
            raise
        (self._now if key in self._now else self._before)[key] = found
        under_way.set_result(found)
        return found

    def _turn_over(self) -> None:
        now = self._clock()
        if len(self._now) < KEPT_MAX and now - self._began < KEPT_FOR:
            return
        self._before, self._now, self._began = self._now, {}, now
