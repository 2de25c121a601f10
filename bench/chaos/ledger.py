"""What came to the connector: who got what, when, and whether the bot could know it."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(slots=True)
class Arrival:
    """One card that the connector took."""

    member: str
    reminder: bool
    """Else it is an answer."""
    began: float
    """Monotonic seconds, as `answered`."""
    answered: float | None = None
    """When a success was answered; None where the bot was told none."""


class Ledger:
    """Takes and answers every request to the connector; `fault` may answer in its place.

    A fault is a function of the ledger and a request (method, path, body), in the thread of the
    connector, that returns an answer as `FakeMicrosoft.fault` does.
    """

    def __init__(self, latency):
        """Answer after `latency` seconds."""
        self.latency, self.fault = latency, None
        self._losing, self._losses = False, 0
        self.arrivals: list[Arrival] = []

    def __call__(self, method, path, body):
        fault = self.fault
        return (fault or self.takes)(*((self,) if fault else ()), method, path, body)

    def take(self, method, path, body):
        """Write down what arrived; None where it is no card."""
        if method != "POST" or not body.get("attachments"):
            return None
        member = unquote(path.partition("/conversations/")[2].partition("/")[0])
        arrival = Arrival(member, path.endswith("/activities"), time.monotonic())
        self.arrivals.append(arrival)
        return arrival

    def lose_answers(self, on, unread_since=None):
        """From now on, or no more, answers get lost on their way to the bot; those under way are lost, too.

        Where nobody reads since a moment, so are those that were answered after it.
        """
        self._losing, self._losses = on, self._losses + 1
        for arrival in list(self.arrivals):
            if unread_since and arrival.answered and arrival.answered >= unread_since:
                arrival.answered = None

    async def takes(self, method, path, body, answer=None, after=None):
        """Take it, and answer `answer()`, else as the connector does, after so many seconds."""
        arrival, losses = self.take(method, path, body), self._losses
        await asyncio.sleep(self.latency if after is None else after)
        if arrival is not None and not self._losing and losses == self._losses:
            arrival.answered = time.monotonic()
        return answer() if answer else None

    @property
    def reminders(self):
        """The reminders that arrived, in order."""
        return [arrival for arrival in list(self.arrivals) if arrival.reminder]

    async def reached(self, number, seconds=30.0):
        """Wait until so many reminders arrived, or so many seconds."""
        until = time.monotonic() + seconds
        while len(self.reminders) < number and time.monotonic() < until:
            await asyncio.sleep(0.02)
