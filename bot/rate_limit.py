"""How fast we may send: a bucket for the whole bot, windows for each conversation, a pause for everybody.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import asyncio
from array import array
from collections import deque
from collections.abc import Awaitable, Callable

from bot.channel import Address, Channel, Result
from dialogs.values import Card

CEILING = 50
"""Requests a second that Teams allows a bot in one tenant; answers count, too."""
WINDOWS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Seconds, and how many messages a conversation may get in them; all hold at once."""
SLACK = 0.1
"""Seconds of sends that may be made up for: a timer that wakes late must not lower the pace."""
PAUSE_MAX = 3600.0
"""Seconds; a server that asks for more is asked again after this."""


class RateLimiter:
    """Says when the next send may leave. Time and sleep are handed in."""

    def __init__(
        self,
        per_second: float,
        time: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """At most `per_second` sends for the whole bot; `time` counts seconds and never goes back."""
        self._gap = 1 / per_second
        self._time, self._sleep = time, sleep
        self._next = 0.0
        self._paused_until = 0.0
        self._last: deque[float] = deque(maxlen=CEILING)
        # Arrays: most hold one moment, and a deque makes room for sixty-four; a list takes 32 bytes a moment.
        self._sent: dict[str, array[float]] = {}
        self._swept_at = 0.0

    def pause(self, seconds: float) -> None:
        """Let nobody send for so long: the server asked for it."""
        self._paused_until = max(self._paused_until, self._time() + min(seconds, PAUSE_MAX))

    async def turn(self) -> None:
        """Wait for the turn of one send of the whole bot, and take it."""
        while (wait := self._wait()) > 0:
            await self._sleep(wait)
        now = self._time()
        self._next = max(self._next, now) + self._gap
        self._last.append(now)

    def answered(self, conversation: str) -> None:
        """An answer left without waiting for a turn: it counts all the same."""
        now = self._time()
        self._sweep(now)
        self._last.append(now)
        self._moments(conversation).append(now)

    def wait_of(self, conversation: str) -> float:
        """Seconds until this conversation may get another message; 0.0 takes the place."""
        now = self._time()
        self._sweep(now)
        sent = self._moments(conversation)
        wait = 0.0
        for seconds, most in WINDOWS:
            inside = [at for at in sent if at > now - seconds]
            if len(inside) >= most:
                wait = max(wait, inside[-most] + seconds - now)
        if wait <= 0:
            sent.append(now)
        return wait

    def _wait(self) -> float:
        now = self._time()
        wait = max(self._paused_until - now, self._next - SLACK - now)
        if len(self._last) == CEILING:
            wait = max(wait, self._last[0] + 1.0 - now)
        return wait

    def _sweep(self, now: float) -> None:
        """Forget what no window looks at any more, now and then."""
        if now - self._swept_at < 60:
            return
        self._swept_at = now
        longest = WINDOWS[-1][0]
        for conversation, sent in list(self._sent.items()):
            kept = array("d", (at for at in sent if at > now - longest))
            if kept:
                self._sent[conversation] = kept
            else:
                del self._sent[conversation]

    def _moments(self, conversation: str) -> "array[float]":
        found = self._sent.get(conversation)
        if found is None:
            found = self._sent[conversation] = array("d")
        return found


class Answering:
    """A channel whose sends leave at once, but count: reminders make room for answers."""

    def __init__(self, channel: Channel, pace: RateLimiter) -> None:
        """Send through `channel`, and tell `pace`."""
        self._channel, self._limiter = channel, pace

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        """See `bot.channel.Channel`."""
        self._limiter.answered(address.conversation_id)
        return await self._channel.send(address, card, reply_to=reply_to)

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        """See `bot.channel.Channel`."""
        self._limiter.answered(address.conversation_id)
        return await self._channel.update(address, activity_id, card)

    async def start_thread(self, address: Address, card: Card) -> Result:
        """See `bot.channel.Channel`."""
        self._limiter.answered(address.conversation_id)
        return await self._channel.start_thread(address, card)

    async def typing(self, address: Address) -> Result:
        """See `bot.channel.Channel`."""
        self._limiter.answered(address.conversation_id)
        return await self._channel.typing(address)
