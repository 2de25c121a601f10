"""What the result of a send means: whether and when it is tried again, and how long all sends pause."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.channel import RETRY_AFTER_MAX, Gone, GoneReason, InDoubt, Later, Refused, Result, Sent

DOUBTS_MAX = 3
"""How often one message may be sent that may have arrived: a connector that is always too slow gets no more."""
BACKOFF = (2.0, 900.0)
"""Seconds: the first wait, doubled each time, and the longest."""
DOUBT_BACKOFF = 20.0
"""Seconds: the first wait after a send that may have arrived; the next is eight times as long, for few are left."""
MEND_BACKOFF = 60.0
"""Seconds: the first wait where somebody has to mend the message or the set-up before it can be sent."""
CONFIRM_SECONDS = 60.0
"""Until the next try where nobody seems to be there: once may be a passing fault, twice they are gone."""
FAILURES_IN_A_ROW = 5
"""So many conversations without success, and all sends pause: the fault is the connector's or the network's."""
FAILURES_PAUSE_MAX = 60.0
GONE_MIN = 3
"""So many conversations that are gone ..."""
GONE_SHARE = 1 / 3
"""... and more than this part of those that were written to, and it is a fault of the connector's or of ours."""
GONE_WINDOW = 3_600.0
"""Seconds for which it is remembered who was there; longer than the longest wait between two attempts."""
GONE_PAUSE = 60.0
"""Seconds between two attempts while many seem gone."""


@dataclass(frozen=True, slots=True)
class Retry:
    """A send is tried again."""

    seconds: float
    """From now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """Decides for one message: for as long as it is worth sending, and not for a number of attempts."""

    rng: random.Random
    """The jitter: half of a wait is chance, so that not all come back at once."""
    doubts_max: int = DOUBTS_MAX

    def after(
        self,
        result: Result,
        *,
        attempts: int,
        left: float,
        doubts: int = 0,
        gone_before: bool = False,
    ) -> Retry | None:
        """When the message is tried again; None where that is of no use, or not allowed any more.

        Args:
            result: how this attempt ended.
            attempts: how many were made, with this one.
            left: seconds for which the message is still worth sending.
            doubts: how many of the attempts before may have arrived.
            gone_before: whether nobody was there the time before either.
        """
        match result:
            case Sent():
                return None
            case Gone(reason=reason) if gone_before and reason is not GoneReason.DELETED:
                return None
            case InDoubt() if doubts + 1 >= self.doubts_max:
                return None
        # Before it is worthless there is always one more attempt, and another before that.
        return Retry(min(self._wait_after(result, attempts, doubts), max(left / 2, BACKOFF[0])))

    def _wait_after(self, result: Result, attempts: int, doubts: int) -> float:
        match result:
            case Later(seconds=asked):
                return max(self.wait(attempts), min(asked or 0.0, RETRY_AFTER_MAX))
            case InDoubt():
                return self.wait(1 + 3 * doubts, DOUBT_BACKOFF)
            case Refused(setup=True):
                # Nothing is wrong with this message: it leaves soon after the set-up is mended.
                return min(self.wait(attempts + 2), MEND_BACKOFF)
            case Refused():
                return self.wait(attempts, MEND_BACKOFF)
            case _:
                return max(CONFIRM_SECONDS, self.wait(attempts))

    def wait(self, attempts: int, first: float = BACKOFF[0]) -> float:
        """Seconds after so many attempts: exponential, with jitter."""
        wait: float = min(BACKOFF[1], first * 2 ** min(attempts - 1, 20))
        return wait / 2 + self.rng.random() * wait / 2


class CircuitBreaker:
    """Says how long all sends pause because nothing gets through; then one is tried at a time.

    What one conversation answers says little of the others, so conversations are counted, not failures.
    """

    def __init__(self, policy: RetryPolicy) -> None:
        """Wait as long as `policy` would, a minute at most."""
        self._policy = policy
        self._failing: set[str] = set()
        self._failures = 0
        self._setup = False

    @property
    def open(self) -> bool:
        """Whether nothing got through lately: one send at a time is enough to see when it does."""
        return self._setup or len(self._failing) >= FAILURES_IN_A_ROW

    def pause(self, result: Result, conversation: str) -> float:
        """Seconds for which no send may leave after this result of a conversation; 0.0 where all is well."""
        match result:
            case Later() | InDoubt():
                self._failing.add(conversation)
                if not self.open:
                    return 0.0
                self._failures += 1
                return min(FAILURES_PAUSE_MAX, self._policy.wait(self._failures))
            case Refused(setup=True):
                self._setup, self._failures = True, self._failures + 1
                return min(FAILURES_PAUSE_MAX, self._policy.wait(self._failures + 2))
            case _:
                self._failing, self._failures, self._setup = set(), 0, False
                return 0.0


class GoneWatch:
    """Tells one who is gone from a fault that makes many seem gone, which must end nobody's subscription."""

    def __init__(self, time: Callable[[], float]) -> None:
        """Remember for a while; `time` counts seconds and never goes back."""
        self._time = time
        self._heard: dict[str, tuple[float, bool]] = {}

    def note(self, result: Result, conversation: str) -> bool:
        """Remember whether somebody was there; True where nobody was, and there is reason to doubt that."""
        if not isinstance(result, Sent | Gone):
            return False
        now = self._time()
        self._heard.pop(conversation, None)
        self._heard[conversation] = (now, isinstance(result, Gone))
        while self._heard and next(iter(self._heard.values()))[0] < now - GONE_WINDOW:
            del self._heard[next(iter(self._heard))]
        return isinstance(result, Gone) and self.doubtful

    @property
    def gone(self) -> int:
        """Conversations in which nobody was there lately."""
        now = self._time()
        return sum(gone for at, gone in self._heard.values() if at >= now - GONE_WINDOW)

    @property
    def doubtful(self) -> bool:
        """Whether so many seem gone that it is more likely a fault."""
        gone = self.gone
        return gone >= GONE_MIN and gone > len(self._heard) * GONE_SHARE
