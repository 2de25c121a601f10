"""The entry point: runs the command that was asked for, and builds every object of the bot once."""

import asyncio
import contextlib
import dataclasses
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import aiohttp
import aiohttp.web
from dotenv import dotenv_values

from bot import web
from bot.cli.command import Command, Runtime, run
from bot.cli.commands import COMMANDS
from bot.clock import Clock, system_clock
from bot.content.live import FEED
from bot.content.load import load_content
from bot.handler import Handler
from bot.health import Health
from bot.metrics import CONTENT_TYPE, Metrics
from bot.rate_limit import Answering, RateLimiter
from bot.reminders.service import NoReminders, ReminderService
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.settings import read as read_settings
from bot.store.conversations import Conversations
from bot.store.database import ShutDatabaseError, open_database
from bot.store.guard import Guarded
from bot.teams import sdk as teams
from bot.teams.auth import Authenticator
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session, proxied_session
from bot.teams.endpoint import MessagesEndpoint
from bot.teams.keys import SigningKeys
from bot.teams.tokens import Acquire, MsalTokens, NoTokens, acquire
from bot.turns import NORMAL, Times, Turns

log = logging.getLogger("ladderbot")

ROOT = Path(__file__).resolve().parent
Reminders = ReminderService | NoReminders


def session_of(settings: Settings) -> aiohttp.ClientSession:
    """The session for all that goes out; a registered bot goes through the proxy of its network."""
    return pooled_session() if settings.local else proxied_session()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Externals:
    """What the bot needs of the world outside its process; tests hand in stand-ins."""

    session: Callable[[Settings], aiohttp.ClientSession] = session_of
    acquire: Callable[[Settings], Acquire] = acquire
    times: Times = NORMAL
    warm_after: float = 2.0
    """Seconds after the start at which the encoder reads its weights."""


def main(argv: Sequence[str] | None = None, *, commands: Sequence[Command] = COMMANDS) -> int:
    """Run one command; the exit status."""
    if sys.platform == "win32":  # pragma: no cover - the terminal of Windows has another encoding
        sys.stdout.reconfigure(encoding="utf-8")
    runtime = Runtime(
        root=ROOT,
        settings=lambda: read_settings(os.environ, dotenv_values(ROOT / ".env"), ROOT),
        clock=system_clock,
        host=partial(build, clock=system_clock),
    )
    return run(argv, commands, runtime)


@contextlib.asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock, externals: Externals | None = None
) -> AsyncIterator[aiohttp.web.Application]:
    """Build every object once; what is opened here is closed here, in reverse order.

    Raises:
        UnusableDatabaseError: where the file at DATABASE_PATH must not be touched.
    """
    externals = externals or Externals()
    async with contextlib.AsyncExitStack() as stack:
        conversations, unwritable = _open_conversations(settings, stack)
        # One thread for search and store: the event loop never waits for either.
        worker = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="handler"))
        session = await stack.enter_async_context(externals.session(settings))
        bot = _Bot(settings, clock, externals, session)
        reminders = bot.reminders(unwritable)
        stack.push_async_callback(reminders.close)
        bot.schedule(reminders)
        stack.callback(bot.scheduler.stop)
        yield bot.application(bot.endpoint(conversations, worker), reminders)


def _open_conversations(
    settings: Settings, stack: contextlib.AsyncExitStack
) -> tuple[Conversations | None, str]:
    """The stored conversations; none, and why, where the database cannot be written."""
    try:
        database = open_database(settings.database_path)
    except ShutDatabaseError as error:
        log.error("%s Questions are answered; nothing is kept and nothing is sent.", error)  # noqa: TRY400 - no trace
        return None, str(error)
    stack.callback(database.close)
    return Conversations(database), ""


class _Bot:
    """The objects that turns and reminders share, and how both are built from them."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        externals: Externals,
        session: aiohttp.ClientSession,
    ) -> None:
        self.settings, self.clock, self.externals = settings, clock, externals
        self.content, self.live = load_content(ROOT, settings, clock())
        tokens = NoTokens() if settings.local else MsalTokens(externals.acquire(settings), clock)
        self.channel = TeamsChannel(Connector(session, tokens, clock, local=settings.local))
        self.keys = SigningKeys(session, clock)
        self.limiter = RateLimiter(settings.sends_per_second, time.monotonic)
        self.scheduler = Scheduler(settings.beat_seconds)
        self.metrics = Metrics(
            content_age=self.content.age(clock), scheduler_age=self.scheduler.age
        )

    def reminders(self, unwritable: str) -> Reminders:
        if unwritable:
            return NoReminders(unwritable)
        return ReminderService(
            self.settings,
            channel=self.channel,
            pace=self.limiter,
            context=self.live.context,
            clock=self.clock,
            meter=self.metrics.send,
        )

    def endpoint(self, conversations: Conversations | None, worker: Executor) -> MessagesEndpoint:
        turns = Turns(
            Handler(self.live.context, Guarded(conversations)),
            Answering(self.channel, self.limiter),
            worker,
            slow_down=self.limiter.pause,
            times=self.externals.times,
        )
        return MessagesEndpoint(
            admission=Authenticator(self.settings, self.keys, teams.RULES, self.clock),
            understand=teams.understand,
            turns=turns,
            clock=self.clock,
            meter=self.metrics.turn,
        )

    def schedule(self, reminders: Reminders) -> None:
        self.scheduler.add("content", self._reload)
        self.scheduler.add("reminders", reminders.beat)
        self.scheduler.add("cleaning", reminders.clean)
        self.scheduler.start()
        # Not at once: reading the encoder's weights takes a core for most of a second. A message that
        # is clear by its words needs none; the first that is not reads them itself.
        self.scheduler.once(self.externals.warm_after, partial(asyncio.to_thread, self.live.warm))

    async def _reload(self) -> None:
        """Take changed files into use; the reading and the training happen beside the event loop."""
        if self.content.changed():
            await asyncio.to_thread(self.content.reload, self.clock(), self.live.build)

    def application(
        self, endpoint: MessagesEndpoint, reminders: Reminders
    ) -> aiohttp.web.Application:
        async def ready() -> dict[str, Health]:
            return {
                "content": self.content.health(),
                "search": self.live.health(),
                "store": await reminders.health(),
                "pulse": self.scheduler.health(),
                "keys": self.keys.health(),
            }

        async def stop() -> None:
            # While the turns under way are finished, no reminder is begun any more.
            self.scheduler.stop()
            await reminders.stop()

        self.metrics.watch(reminders.counts)
        metrics = web.page(self.metrics.render, CONTENT_TYPE)
        routes = {FEED: reminders.feed, "/metrics": metrics}
        return web.application(endpoint.messages, ready, routes, stop)


if __name__ == "__main__":
    raise SystemExit(main())
