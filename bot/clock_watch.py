"""Notices that the clock of this machine was set, and says when it may be trusted again."""

import logging
from collections.abc import Callable

from bot.clock import Clock

log = logging.getLogger(__name__)

JUMP_SECONDS = 10.0
"""A difference between two looks that is no drift."""
QUIET_SECONDS = 60.0
"""For which nothing is sent after the clock went forward: whoever set it wrong may set it right."""


class ClockWatch:
    """Compares the clock with seconds that are counted, which nobody can set."""

    def __init__(
        self, clock: Clock, time: Callable[[], float], on_jump: Callable[[], None]
    ) -> None:
        """Hold `clock` against `time`; count with `on_jump`."""
        self._clock, self._time, self._on_jump = clock, time, on_jump
        self._ahead = self._difference()
        self._forward_at = float("-inf")

    def look(self) -> None:
        """Look whether the clock was set since the last look."""
        ahead = self._difference()
        jumped, self._ahead = ahead - self._ahead, ahead
        if abs(jumped) < JUMP_SECONDS:
            return
        log.warning("the clock of this machine went %+.0f s", jumped)
        self._on_jump()
        if jumped > 0:
            self._forward_at = self._time()

    @property
    def settled(self) -> bool:
        """Whether what is due by the clock may be sent."""
        return self._time() - self._forward_at >= QUIET_SECONDS

    def _difference(self) -> float:
        return self._clock().timestamp() - self._time()
