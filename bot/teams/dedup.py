"""One activity is answered once: Teams sends again what it saw no answer to within 15 seconds."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.teams.response import BUSY, HttpAnswer

GENERATION = timedelta(minutes=5)
"""How long a generation collects; an answer is remembered for one to two generations."""
GENERATION_MAX = 4_000
"""Activities of one generation. At 50 a second, more than Teams lets us answer, that is 80 seconds or more."""


class Deduplicator:
    """Remembers which activities were answered, and how, in two generations: enough, and small."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Let generations end by `clock`."""
        self._clock = clock
        self._began = clock()
        self._young: dict[bytes, HttpAnswer | asyncio.Future[HttpAnswer]] = {}
        self._old: dict[bytes, HttpAnswer | asyncio.Future[HttpAnswer]] = {}

    @property
    def remembered(self) -> int:
        """Activities that are remembered; never more than twice `GENERATION_MAX`."""
        return len(self._young) + len(self._old)

    async def answer(
        self, conversation_id: str, activity_id: str, turn: Callable[[], Awaitable[HttpAnswer]]
    ) -> HttpAnswer:
        """The answer of the one `turn` that is taken for this activity; without an id each is another."""
        if not activity_id:
            return await turn()
        # With its length: no two pairs of ids make one name, whatever an id holds.
        name = f"{len(conversation_id)} {conversation_id} {activity_id}".encode()
        key = hashlib.blake2b(name, digest_size=16).digest()
        known = self._young.get(key) or self._old.get(key)
        if isinstance(known, HttpAnswer):
            return known
        if known is not None:
            # The first is still under way: wait for it, and answer the same.
            return await asyncio.shield(known)
        self._end_generation()
        under_way = self._young[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await turn()
        except BaseException:
            # The turn was cancelled or broke, so there is no answer: a request that waits gets 503, and Teams
            # sends the activity once more.
            self._young.pop(key, None)
            self._old.pop(key, None)
            under_way.set_result(BUSY)
            raise
        self._keep(key, answer)
        under_way.set_result(answer)
        return answer

    def _keep(self, key: bytes, answer: HttpAnswer) -> None:
        """Remember an answer, but not that it is to be asked once more."""
        generation = self._young if key in self._young else self._old
        if answer is BUSY:
            generation.pop(key, None)
        else:
            generation[key] = answer

    def _end_generation(self) -> None:
        """Begin a new generation where this one is full or old; what is older than the last is forgotten."""
        now = self._clock()
        if len(self._young) < GENERATION_MAX and now - self._began < GENERATION:
            return
        self._old, self._young, self._began = self._young, {}, now
