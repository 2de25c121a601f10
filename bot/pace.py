"""How fast we may send: a bucket for the whole bot, windows for each conversation, a pause for everybody.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

WINDOWS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Seconds, and how many messages a conversation may get in them; all hold at once."""


class Pace:
    """Says when the next send may leave. Time and sleep are handed in."""

    def __init__(
        self,
        per_second: float,
        time: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """At most `per_second` sends for the whole bot; `time` counts seconds and never goes back."""
        self._gap = 1 / per_second if per_second else 0.0
        self._time, self._sleep = time, sleep
        self._next = 0.0
        self._paused_until = 0.0
        self._sent: dict[str, deque[float]] = {}
        self._swept_at = 0.0

    def pause(self, seconds: float) -> None:
        """Let nobody send for so long: the server asked for it."""
        self._paused_until = max(self._paused_until, self._time() + seconds)
        self._next = max(self._next, self._paused_until)

    async def turn(self) -> None:
        """Wait for the turn of one send of the whole bot."""
        now = self._time()
        # The place is taken before the wait, so that many who wait leave one by one.
        at = max(self._next, now)
        self._next = at + self._gap
        while True:
            at = max(at, self._paused_until)
            wait = at - self._time()
            if wait <= 0:
                return
            await self._sleep(wait)

    def wait_of(self, conversation: str) -> float:
        """Seconds until this conversation may get another message; 0.0 takes the place."""
        now = self._time()
        self._sweep(now)
        sent = self._sent.setdefault(conversation, deque())
        wait = 0.0
        for seconds, most in WINDOWS:
            inside = [at for at in sent if at > now - seconds]
            if len(inside) >= most:
                wait = max(wait, inside[-most] + seconds - now)
        if wait <= 0:
            sent.append(now)
        return max(wait, 0.0)

    def _sweep(self, now: float) -> None:
        """Forget what no window looks at any more, now and then."""
        if now - self._swept_at < 60:
            return
        self._swept_at = now
        longest = WINDOWS[-1][0]
        for conversation, sent in list(self._sent.items()):
            while sent and sent[0] <= now - longest:
                sent.popleft()
            if not sent:
                del self._sent[conversation]
