"""The post room: all that goes out by itself, with a thread and a connection of its own.

Planning, claiming and recording a fan-out never stand in the way of somebody who asks a question.
"""

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from bot.channel import Channel
from bot.clock import Clock
from bot.health import Health
from bot.rate_limit import RateLimiter
from bot.reminders import feed
from bot.reminders import planning as reminders
from bot.reminders.delivery import Delivery
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.database import connect
from bot.store.occurrences import Occurrences
from bot.store.outbox import Outbox
from bot.store.plans import Plans
from bot.store.processes import Processes
from dialogs.context import Context
from faq.meetings import Calendar

T = TypeVar("T")


class ReminderService:
    """Plans and sends reminders on every beat, cleans up once a day, and knows the calendar feed."""

    def __init__(
        self,
        settings: Settings,
        *,
        channel: Channel,
        pace: RateLimiter,
        context: Callable[[], Context],
        clock: Clock,
        meter: Callable[[str], None],
    ) -> None:
        """Use a database that is open already: `open_database` has looked at it and migrated it."""
        self._settings, self._context, self._clock = settings, context, clock
        path: Path = settings.database_path
        self._db = connect(path)
        self._processes = Processes(self._db, path)
        self._outbox = Outbox(self._db, self._processes.me)
        self._plans = Plans(self._db)
        self._occurrences = Occurrences(self._db)
        self._conversations = Conversations(self._db)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="post")
        self._cleaned: date | None = None
        self._watching = connect(path)
        self.delivery = Delivery(
            outbox=self._outbox,
            channel=channel,
            pace=pace,
            context=context,
            clock=clock,
            run=self._run,
            dead=self._processes.dead,
            me=self._processes.me,
            chance=random.Random(),  # noqa: S311 - jitter, no secret
            meter=meter,
        )

    def _run(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def beat(self) -> None:
        """Plan what is due and see to it that it is being sent."""
        calendar, now = self._context().calendar, self._clock()
        if not calendar.series:
            return
        ours = await self._run(lambda: self._processes.newest(fingerprint(calendar), now))
        if not ours:
            self.delivery.rest()
            return
        await self._run(lambda: reminders.plan(calendar, self._plans, now))
        await self.delivery.beat()

    async def clean(self) -> None:
        """Once a day, remove what has been kept long enough."""
        now = self._clock()
        if self._cleaned == now.date():
            return
        deliveries = now - timedelta(days=self._settings.keep_deliveries_days)
        questions = now - timedelta(days=self._settings.keep_questions_days)
        await self._run(lambda: self._outbox.clean(deliveries, questions))
        self._cleaned = now.date()

    def counts(self) -> dict[str, int]:
        """Rows of the outbox by state; reads only, so nobody waits."""
        return Outbox(self._watching, "").counts()

    async def health(self) -> Health:
        """Whether the store can be written."""
        return await self._run(self._conversations.health)

    async def feed(self, request: web.Request) -> web.Response:
        """`GET /bijeenkomsten.ics`."""
        calendar, now = self._context().calendar, self._clock()
        if not calendar.series:
            # An empty feed would clear people's calendars.
            return web.Response(status=503, headers={"Retry-After": "900"})
        meetings = list(calendar.meetings(*feed.window(now)))
        states = {meeting.key: feed.state_of(meeting) for meeting in meetings}
        versions = await self._run(lambda: self._occurrences.versions(states, now))
        body = feed.feed(calendar, meetings, versions, self._settings.community_name, now)
        changed = max((version.changed for version in versions.values()), default=now)
        return feed.respond(request, body, changed)

    async def stop(self) -> None:
        """Begin nothing more; wait a while for what is under way."""
        await self.delivery.stop()

    async def close(self) -> None:
        """Finish what is under way; what cannot be finished is in doubt and sent again later."""
        await self.stop()
        await self._run(self._processes.close)
        self._thread.shutdown()
        self._watching.close()
        self._db.close()


class NoReminders:
    """The post room of a bot whose database is shut: nothing goes out, for no row can be written."""

    def __init__(self, why: str) -> None:
        """Say `why` to whoever asks."""
        self._why = why

    async def beat(self) -> None:
        """Nothing."""

    async def clean(self) -> None:
        """Nothing."""

    def counts(self) -> dict[str, int]:
        """Nothing is known."""
        return {}

    async def health(self) -> Health:
        """That the store cannot be written, and why."""
        return Health(ok=False, detail=f"not writable: {self._why}")

    async def feed(self, _: web.Request) -> web.Response:
        """What the feed said before is not known, so it says nothing."""
        return web.Response(status=503, headers={"Retry-After": "900"})

    async def stop(self) -> None:
        """Nothing."""

    async def close(self) -> None:
        """Nothing."""


def fingerprint(calendar: Calendar) -> str:
    """The same for the same meetings, in every process."""
    return hashlib.sha256(repr(calendar).encode()).hexdigest()
