"""Counts and ages for Prometheus, without ids in labels; the only door to its client."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

log = logging.getLogger(__name__)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0)
"""Buckets of an answer's latency; a reviewer asks for 2 s at the 95th percentile."""
ANSWERS = frozenset({"answer", "suggest", "unknown", "command", "late", "failed", "find"})
"""What counts for the latency: a member waited for it. An install or a reaction would flatter it."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What happened since the start, and how things stand when somebody looks."""

    def __init__(
        self,
        *,
        content_age: Callable[[], float],
        pulse_age: Callable[[], float],
    ) -> None:
        """Ask both for how things stand, at every look: ages in seconds."""
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "ladderbot_turns",
            "Activities received, by how they ended.",
            ["ended", "did"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "ladderbot_answer_seconds",
            "From the activity's arrival to the connector's word on the answer.",
            buckets=SECONDS,
            registry=self._registry,
        )
        self._sends = Counter(
            "ladderbot_reminder_sends",
            "Reminders and corrections sent, by result.",
            ["result"],
            registry=self._registry,
        )
        for name, text, age in (
            ("ladderbot_content_age_seconds", "Since the content came in use.", content_age),
            ("ladderbot_pulse_age_seconds", "Since the last beat that ended.", pulse_age),
        ):
            Gauge(name, text, registry=self._registry).set_function(age)

    def watch(self, outbox: Callable[[], Mapping[str, int]]) -> None:
        """Show the rows of the outbox by state, too."""
        self._registry.register(_Outbox(outbox))

    def turn(self, ended: str, did: str, seconds: float) -> None:
        """A turn ended: answered or refused; what it did, and how many seconds it took."""
        self._turns.labels(ended, did).inc()
        if did in ANSWERS:
            self._seconds.observe(seconds)

    def send(self, result: str) -> None:
        """A reminder was sent, or was not."""
        self._sends.labels(result).inc()

    async def handle(self, _: web.Request) -> web.Response:
        """`GET /metrics`."""
        # Counting the rows of a year takes a while, so not on the event loop.
        body = await asyncio.to_thread(generate_latest, self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


class _Outbox:
    """The rows of the outbox by state, counted when somebody looks."""

    def __init__(self, counts: Callable[[], Mapping[str, int]]) -> None:
        self._counts = counts

    def collect(self) -> list[Metric]:
        family = GaugeMetricFamily(
            "ladderbot_outbox_rows", "Rows of the outbox, by state.", labels=["state"]
        )
        try:
            found = self._counts()
        except Exception:
            # The rest is worth seeing all the more when the store fails.
            log.exception("the outbox could not be counted")
            return []
        for state, rows in found.items():
            family.add_metric([state], rows)
        return [family]
