"""How fast the bot may send: a bucket for the whole bot, windows for each conversation, a pause for all.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import asyncio
from array import array
from collections import deque
from collections.abc import Awaitable, Callable

from bot.channel import RETRY_AFTER_MAX

CEILING = 50
"""Requests a second that Teams allows a bot in one tenant; answers count, too."""
WINDOWS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Seconds, and how many messages a conversation may get in them; all hold at once."""
PAUSE_MAX = 300.0
"""Seconds for which a server may hold up the whole bot; then it is asked again."""
THROTTLED_CHATS = 3
"""So many conversations that are told to wait within `THROTTLED_SECONDS`, and it is the bot that is told so."""
THROTTLED_SECONDS = 60.0
SLACK = 0.1
"""Seconds of sends that may be made up for: a timer that wakes late must not lower the rate."""
SWEEP_SECONDS = 60.0
"""Between two looks for conversations that no window looks at any more."""


class RateLimiter:
    """Says when the next send may leave. Time and sleep are handed in."""

    def __init__(
        self,
        per_second: float,
        time: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Allow so many sends for the whole bot.

        Args:
            per_second: sends of the whole bot.
            time: counts seconds and never goes back.
            sleep: waits for so many seconds.
        """
        self._gap = 1 / per_second
        self._time, self._sleep = time, sleep
        self._next = 0.0
        self._paused_until = self._asked_until = 0.0
        self._throttled: dict[int, tuple[float, float]] = {}
        """Conversation → when it was told to wait, and until when. As its hash: who is forgotten leaves no id here."""
        self._recent: deque[float] = deque(maxlen=CEILING)
        # Arrays: most hold one moment, and a deque makes room for sixty-four; a list takes 32 bytes a moment.
        self._sent: dict[int, array[float]] = {}
        self._swept_at = 0.0

    def pause(self, seconds: float) -> None:
        """Hold up every send for so long."""
        self._paused_until = max(self._paused_until, self._time() + min(seconds, PAUSE_MAX))

    def throttle(self, conversation_id: str, seconds: float) -> None:
        """The server asks to wait: this conversation does, and where several are asked so, the whole bot."""
        now = self._time()
        self._throttled = {
            id_: (told, until)
            for id_, (told, until) in self._throttled.items()
            if until > now or told > now - THROTTLED_SECONDS
        }
        self._throttled[hash(conversation_id)] = (now, now + min(seconds, RETRY_AFTER_MAX))
        lately = [told for told, _ in self._throttled.values() if told > now - THROTTLED_SECONDS]
        if len(lately) >= THROTTLED_CHATS:
            self.asked_to_pause(seconds)

    def asked_to_pause(self, seconds: float) -> None:
        """Hold up every send because the server asked for it, to this process or to one before it."""
        self.pause(seconds)
        self._asked_until = max(self._asked_until, self._time() + min(seconds, PAUSE_MAX))

    @property
    def asked_seconds(self) -> float:
        """Seconds for which the server still wants the whole bot to wait; what outlives a restart."""
        return max(self._asked_until - self._time(), 0.0)

    @property
    def remembered(self) -> int:
        """Conversations whose sends are remembered."""
        return len(self._sent)

    async def acquire(self) -> None:
        """Wait until one more send of the whole bot may leave, and count it."""
        while (wait := self._wait()) > 0:
            await self._sleep(wait)
        now = self._time()
        self._next = max(self._next, now) + self._gap
        self._recent.append(now)

    def count(self, conversation_id: str) -> None:
        """Count a send that did not wait: an answer. Reminders make room for it."""
        now = self._time()
        self._sweep(now)
        self._recent.append(now)
        self._moments(conversation_id).append(now)

    def reserve(self, conversation_id: str) -> float:
        """Seconds until this conversation may get another message; 0.0 where it may now, and that is counted."""
        now = self._time()
        self._sweep(now)
        sent = self._moments(conversation_id)
        wait = max(self._throttled.get(hash(conversation_id), (0.0, 0.0))[1] - now, 0.0)
        for seconds, most in WINDOWS:
            inside = [moment for moment in sent if moment > now - seconds]
            if len(inside) >= most:
                wait = max(wait, inside[-most] + seconds - now)
        if wait <= 0:
            sent.append(now)
        return wait

    def _wait(self) -> float:
        now = self._time()
        wait = max(self._paused_until - now, self._next - SLACK - now)
        if len(self._recent) == CEILING:
            wait = max(wait, self._recent[0] + 1.0 - now)
        return wait

    def _sweep(self, now: float) -> None:
        """Forget what no window looks at any more, now and then."""
        if now - self._swept_at < SWEEP_SECONDS:
            return
        self._swept_at = now
        longest = WINDOWS[-1][0]
        for key, sent in list(self._sent.items()):
            recent = array("d", (moment for moment in sent if moment > now - longest))
            if recent:
                self._sent[key] = recent
            else:
                del self._sent[key]

    def _moments(self, conversation_id: str) -> "array[float]":
        return self._sent.setdefault(hash(conversation_id), array("d"))
