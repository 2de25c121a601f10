"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)

    def seconds(self):
        """As who measures a duration asks."""
        return self.now.timestamp()
