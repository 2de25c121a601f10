"""Answers late who asks too much: then a flood is as slow as we like, and costs others next to nothing."""

import asyncio

SECONDS = 1.0
"""By which an answer is late."""
WAITING_MAX = 256
"""Answers that are held back at the same time: each keeps a connection, and half of them are for others."""


class SlowDown:
    """Lets some pass at once, and holds back the others for a while."""

    def __init__(self, per_second: int) -> None:
        """Let so many pass in a second."""
        self._per_second = per_second
        self._since, self._passed, self._waiting = float("-inf"), 0, 0

    async def wait(self) -> None:
        """Pass, or wait before that."""
        now = asyncio.get_running_loop().time()
        if now - self._since >= 1.0:
            self._since, self._passed = now, 0
        self._passed += 1
        if self._passed <= self._per_second or self._waiting >= WAITING_MAX:
            return
        self._waiting += 1
        try:
            await asyncio.sleep(SECONDS)
        finally:
            self._waiting -= 1
