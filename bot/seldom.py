"""A line of the log that a stranger can cause is written seldom, and says how many were left out."""

from collections.abc import Callable

EVERY = 60.0
"""Seconds within which `most` lines of one kind are written."""
KINDS_MAX = 100
"""Kinds that are counted apart; more than these are one kind."""


class Seldom:
    """Says which lines may be written: `most` of a kind in `EVERY` seconds."""

    def __init__(self, monotonic: Callable[[], float], most: int = 1) -> None:
        """Count by this clock, in seconds."""
        self._monotonic, self._most = monotonic, most
        self._began = monotonic()
        self._written: dict[str, int] = {}
        self._left_out = 0

    def allows(self, kind: str) -> bool:
        """Whether a line of this kind may be written now."""
        now = self._monotonic()
        if now - self._began >= EVERY:
            self._began, self._written = now, {}
        kind = kind if kind in self._written or len(self._written) < KINDS_MAX else ""
        if self._written.get(kind, 0) >= self._most:
            self._left_out += 1
            return False
        self._written[kind] = self._written.get(kind, 0) + 1
        return True

    def left_out(self) -> int:
        """Lines that were left out since this was asked last."""
        left_out, self._left_out = self._left_out, 0
        return left_out
