"""A fan-out of real processes on one database, and who got what."""

import signal
import threading
from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.store.database import open_database
from tests.support.content import write_content
from tests.support.process import start_bot
from tests.support.reminders import one_meeting, subscribe_all

WAIT = 60
"""Seconds that anything here may take; all of it is waited for, none slept through."""


class Fanout:
    """A meeting in half an hour, so many subscribers who must hear of it, and a connector that writes down."""

    def __init__(self, folder, microsoft, number, *, subscribed=True):
        self.path, self.microsoft, self.names = (
            folder / "bot.sqlite3",
            microsoft,
            [f"a:{n:04}" for n in range(number)],
        )
        meetings = one_meeting(datetime.now(UTC) + timedelta(minutes=30))
        self.content = write_content(
            folder / "content", meetings=meetings, learned=folder / "learned"
        )
        if subscribed:
            self.subscribe()
        self.arrived = Counter()
        self._goal, self._reached = 0, threading.Event()
        microsoft.delay, microsoft.fault = 0.05, self._count

    def _count(self, method, path, _):
        if method == "POST":
            self.arrived[path.split("/")[3].replace("%3A", ":")] += 1
            if self.total >= self._goal:
                self._reached.set()

    def subscribe(self):
        """From now on they want reminders, since yesterday: it is due at the next beat."""
        subscribe_all(self.path, self.microsoft.url, self.names)

    @property
    def total(self):
        return sum(self.arrived.values())

    def wait_for(self, more):
        """Wait until so many more arrived; False where nothing comes any more."""
        self._reached.clear()
        self._goal = self.total + more
        return self._reached.wait(WAIT)

    def start(self):
        return self.start_bot().process

    def start_bot(self, **settings):
        return start_bot(self.path, self.content, **{"SENDS_PER_SECOND": "50", **settings})

    def most_in_a_second(self):
        """The most that were begun in any second, as those who sent them recorded it."""
        rows = self.rows("claimed_at")
        moments = sorted(datetime.fromisoformat(begun).timestamp() for (begun,) in rows if begun)
        return max(bisect_left(moments, begins + 1.0) - n for n, begins in enumerate(moments))

    def rows(self, columns, table="outbox"):
        database = open_database(self.path)
        rows = [tuple(row.values()) for row in database.query(f"select {columns} from {table}")]
        database.close()
        return rows


def finish(process):
    process.send_signal(signal.SIGTERM)
    process.wait(WAIT)
