"""What the result of a send means: whether and when it is tried again, and how long all sends pause."""

import random
from dataclasses import dataclass

from bot.channel import RETRY_AFTER_MAX, InDoubt, Later, Refused, Result

ATTEMPTS_MAX = 12
DOUBTS_MAX = 3
"""How often one message may be sent that may have arrived: a connector that is always too slow gets no more."""
BACKOFF = (2.0, 900.0)
"""Seconds: the first wait, doubled each time, and the longest; twelve attempts take about an hour."""
CONFIRM_SECONDS = 60.0
"""Until the next try where a conversation cannot be found: once may be a passing fault, twice it is gone."""
SETUP_SECONDS = 60.0
"""Until the next try where our own set-up is refused: an operator has to mend it first."""
FAILURES_IN_A_ROW = 5
"""So many sends in a row without success, and all sends pause: the fault is the connector's or the network's."""
FAILURES_PAUSE_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Retry:
    """A send is tried again."""

    seconds: float
    """From now."""
    counts: bool = True
    """Whether the attempt that failed is one of those that are allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """Decides for one message. How many attempts, and how far apart, depends on who waits for it."""

    rng: random.Random
    """The jitter: half of a wait is chance, so that not all come back at once."""
    attempts_max: int = ATTEMPTS_MAX
    doubts_max: int = DOUBTS_MAX
    backoff: tuple[float, float] = BACKOFF
    """Seconds: the first wait, and the longest."""

    def after(
        self, result: Result, *, attempts: int, doubts: int = 0, not_found_before: bool = False
    ) -> Retry | None:
        """When the message is tried again; None where that is of no use, or not allowed any more.

        Args:
            result: how this attempt ended.
            attempts: how many were made, with this one.
            doubts: how many of those before may have arrived.
            not_found_before: whether the conversation could not be found the time before either.
        """
        match result:
            case Refused(not_found=True) if not not_found_before:
                return Retry(CONFIRM_SECONDS)
            case Refused(setup=True, not_found=False):
                return Retry(SETUP_SECONDS, counts=False)
            case Later() | InDoubt() if attempts >= self.attempts_max:
                return None
            # Only a send in doubt may have arrived; after `Later` it did not, so that may be tried more often.
            case InDoubt() if doubts + 1 >= self.doubts_max:
                return None
            case Later(seconds=seconds) if seconds is not None:
                return Retry(min(seconds, RETRY_AFTER_MAX))
            case Later() | InDoubt():
                return Retry(self.wait(attempts))
            case _:
                return None

    def wait(self, attempts: int) -> float:
        """Seconds after so many attempts: exponential, with jitter."""
        first, longest = self.backoff
        wait: float = min(longest, first * 2 ** min(attempts - 1, 20))
        return wait / 2 + self.rng.random() * wait / 2


class CircuitBreaker:
    """Says how long all sends pause: because the server asks for it, or because nothing gets through."""

    def __init__(self, policy: RetryPolicy) -> None:
        """Wait as long as `policy` would, a minute at most."""
        self._policy = policy
        self._failures = 0

    def pause(self, result: Result) -> float:
        """Seconds for which no send may leave after this result; 0.0 where all is well."""
        match result:
            case Later(seconds=seconds) if seconds is not None:
                return seconds
            case Later() | InDoubt():
                self._failures += 1
                beyond = self._failures - FAILURES_IN_A_ROW + 1
                return min(FAILURES_PAUSE_MAX, self._policy.wait(beyond)) if beyond > 0 else 0.0
            case Refused(setup=True):
                return SETUP_SECONDS
            case _:
                self._failures = 0
                return 0.0
