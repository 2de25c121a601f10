"""Counts and ages for Prometheus, without ids in labels; the only module that imports its client."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from bot.figures import Figure
from bot.health import Health
from bot.page import Page

log = logging.getLogger(__name__)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0)
"""Seconds; the buckets of an answer's latency. A reviewer asks for 2 s at the 95th percentile."""
ANSWERS = frozenset({"answer", "suggest", "unknown", "command", "late", "failed", "query"})
"""Outcomes for which a member waited; installs and reactions are quick, and would lower the latency shown."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts since the start of the process, and ages at the moment of the request."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._turns = Counter(
            "ladderbot_turns",
            "Activities received, by status and outcome.",
            ["status", "outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "ladderbot_answer_seconds",
            "From the activity's arrival to the connector's word on the answer.",
            buckets=SECONDS,
            registry=registry,
        )
        sends = "Reminders and corrections sent, by result."
        self._sends = Counter("ladderbot_reminder_sends", sends, ["result"], registry=registry)
        jumps = "Times that the clock of the machine was set, either way."
        self._jumps = Counter("ladderbot_clock_jumps", jumps, registry=registry)
        works = "Whether a part works, as /readyz says."
        self._works = Gauge("ladderbot_part_ok", works, ["part"], registry=registry)
        self._parts: Callable[[], Awaitable[Mapping[str, Health]]] | None = None

    def measure(
        self, *, content_age: Callable[[], float], scheduler_age: Callable[[], float]
    ) -> None:
        """Ask both for an age in seconds, at every request."""
        for name, text, age in (
            ("ladderbot_content_age_seconds", "Since the content came in use.", content_age),
            ("ladderbot_pulse_age_seconds", "Since the last beat that ended.", scheduler_age),
        ):
            Gauge(name, text, registry=self._registry).set_function(age)

    def watch(
        self,
        figures: Iterable[Callable[[], Iterable[Figure]]],
        parts: Callable[[], Awaitable[Mapping[str, Health]]],
    ) -> None:
        """Show these figures as well, and whether each part works; all are asked at every request."""
        for source in figures:
            self._registry.register(_Figures(source))
        self._parts = parts

    def turn(self, status: str, outcome: str, seconds: float) -> None:
        """Count a turn.

        Args:
            status: answered or refused.
            outcome: what was done; of a refused one the HTTP status.
            seconds: how long it took.
        """
        self._turns.labels(status, outcome).inc()
        if outcome in ANSWERS:
            self._seconds.observe(seconds)

    def send(self, result: str) -> None:
        """Count an attempt to send a reminder."""
        self._sends.labels(result).inc()

    def clock_jumped(self) -> None:
        """Count that the clock was set."""
        self._jumps.inc()

    async def page(self) -> Page:
        """The page `/metrics`."""
        for name, part in (await self._parts() if self._parts else {}).items():
            self._works.labels(name).set(part.ok)
        # Counting the rows of a year takes a while, so not on the event loop.
        body = await asyncio.to_thread(generate_latest, self._registry)
        return Page(body, CONTENT_TYPE)


class _Figures:
    """What others count, asked at every request."""

    def __init__(self, figures: Callable[[], Iterable[Figure]]) -> None:
        self._figures = figures

    def collect(self) -> list[Metric]:
        try:
            figures = list(self._figures())
        except Exception:
            # Where the store fails, the other metrics matter all the more.
            log.exception("figures could not be counted")
            return []
        families: list[Metric] = []
        for figure in figures:
            family = GaugeMetricFamily(figure.name, figure.text, labels=figure.labels)
            for labels, value in figure.values.items():
                family.add_metric(labels, value)
            families.append(family)
        return families
