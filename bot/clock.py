"""The only place that asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Says what time it is now, aware, in UTC."""


def system_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)
