"""How long nothing was heard of another process, counted by this one: no clock on the wall is compared."""

from collections.abc import Callable


class Stillness:
    """Remembers what others showed of themselves last, and for how long they have shown nothing else.

    Two looks that lie far apart count as little: who stood still itself (SIGSTOP, a host that froze) saw
    nothing meanwhile, and those it looks at may have stood still with it.
    """

    def __init__(self, time: Callable[[], float], patience: float) -> None:
        """Count with `time`, which never goes back; more than `patience` seconds are too long."""
        self._time, self._patience = time, patience
        self._last: dict[str, tuple[object, float, float]] = {}
        """Of whom → what was shown, when it was looked at, and for how long it had not changed then."""

    def too_long(self, of: str, shown: object) -> bool:
        """Look: whether `of` has shown nothing but `shown` for too long."""
        now = self._time()
        before, looked, still = self._last.get(of, (None, now, 0.0))
        still = still + min(now - looked, self._patience / 2) if before == shown else 0.0
        self._last[of] = (shown, now, still)
        return still >= self._patience
