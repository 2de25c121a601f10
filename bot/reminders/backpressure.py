"""What the results of sends mean for the sends that follow."""

import logging
from collections.abc import Callable

from bot.channel import Later, Result
from bot.health import Health
from bot.rate_limit import RateLimiter
from bot.retry import GONE_PAUSE, CircuitBreaker, GoneWatch, RetryPolicy

log = logging.getLogger(__name__)


class Backpressure:
    """Slows everybody down where the connector asks for it, nothing gets through, or many seem gone."""

    def __init__(
        self, policy: RetryPolicy, limiter: RateLimiter, time: Callable[[], float]
    ) -> None:
        """Hold up what waits for `limiter`; `time` counts seconds and never goes back."""
        self.policy, self.limiter = policy, limiter
        self._breaker, self._gone = CircuitBreaker(policy), GoneWatch(time)

    def note(self, result: Result, conversation: str) -> None:
        """Learn from the result of a send to this conversation."""
        if isinstance(result, Later) and result.seconds is not None:
            self.limiter.throttle(conversation, result.seconds)
        seconds = self._breaker.pause(result, conversation)
        if self._gone.note(result, conversation):
            log.error("%d conversations seem gone at once; nobody is unsubscribed", self._gone.gone)
            seconds = GONE_PAUSE
        if seconds > 0:
            self.limiter.pause(seconds)

    @property
    def doubts_gone(self) -> bool:
        """Whether so many seem gone that nobody is taken to be."""
        return self._gone.doubtful

    @property
    def one_at_a_time(self) -> bool:
        """Whether one send is enough to see how things are."""
        return self._breaker.open or self._gone.doubtful

    def health(self) -> Health:
        """Whether what is sent arrives."""
        if self._gone.doubtful:
            gone = f"{self._gone.gone} conversations seem gone at once"
            return Health(ok=False, detail=f"{gone}; nobody is unsubscribed, one is tried a minute")
        if self._breaker.open:
            return Health(ok=False, detail="nothing gets through to Teams; it is tried again")
        return Health(ok=True)
