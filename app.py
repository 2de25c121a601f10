"""The entry point: runs the command that was asked for, and builds every object of the bot once."""

import asyncio
import contextlib
import dataclasses
import functools
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiohttp
import aiohttp.web
from dotenv import dotenv_values

from bot import web
from bot.cli.command import Command, Runtime, run
from bot.cli.commands import COMMANDS
from bot.clock import Clock, system_clock
from bot.content import encoder
from bot.content.files import ContentFiles
from bot.content.live import FEED, LiveContent, read_texts
from bot.handler import Handler
from bot.health import Health
from bot.metrics import Metrics
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

log_ = logging.getLogger("ladderbot")

ROOT = Path(__file__).resolve().parent
WARM_AFTER = 2.0
"""Seconds after the start."""


def session_of(settings: Settings) -> aiohttp.ClientSession:
    """The session for all that goes out; a registered bot goes through the proxy of its network."""
    return pooled_session() if settings.local else proxied_session()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Externals:
    """What the bot needs of the world outside its process; tests hand in stand-ins."""

    session: Callable[[Settings], aiohttp.ClientSession] = session_of
    acquire: Callable[[Settings], Acquire] = acquire
    times: Times = NORMAL


def main(argv: Sequence[str] | None = None, *, commands: Sequence[Command] = COMMANDS) -> int:
    """Run one command; the exit status."""
    if sys.platform == "win32":  # pragma: no cover - the terminal of Windows has another encoding
        sys.stdout.reconfigure(encoding="utf-8")
    runtime = Runtime(
        root=ROOT,
        settings=lambda: read_settings(os.environ, dotenv_values(ROOT / ".env"), ROOT),
        clock=system_clock,
        host=functools.partial(build, clock=system_clock),
    )
    return run(argv, commands, runtime)


@contextlib.asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock, externals: Externals | None = None
) -> AsyncIterator[aiohttp.web.Application]:
    """Build every object once; open on the way in what is closed on the way out.

    Raises:
        UnusableDatabaseError: where the file at DATABASE_PATH must not be touched.
    """
    externals = externals or Externals()
    async with contextlib.AsyncExitStack() as stack:
        conversations, shut = None, ""
        try:
            database = open_database(settings.database_path)
            stack.callback(database.close)
            conversations = Conversations(database)
        except ShutDatabaseError as error:
            shut = str(error)
        if shut:
            log_.error("%s Questions are answered; nothing is kept and nothing is sent.", shut)
        content = ContentFiles(settings.content_dir, settings.content_cache)
        live = LiveContent(
            read_texts(ROOT, settings),
            settings.public_url,
            settings.model_dir,
            encoder.load(settings.model_dir),
        )
        content.load(clock(), live.build)
        # One thread for search and store: the event loop never waits for either.
        worker = ThreadPoolExecutor(1, thread_name_prefix="desk")
        stack.callback(worker.shutdown)
        session = await stack.enter_async_context(externals.session(settings))
        tokens = NoTokens() if settings.local else MsalTokens(externals.acquire(settings), clock)
        channel = TeamsChannel(Connector(session, tokens, clock, local=settings.local))
        desk = Handler(live.context, Guarded(conversations))
        keys = SigningKeys(session, clock)
        pace = RateLimiter(settings.sends_per_second, time.monotonic)
        pulse = Scheduler(settings.beat_seconds)
        metrics = Metrics(content_age=content.age(clock), scheduler_age=pulse.age)
        post: ReminderService | NoReminders = (
            NoReminders(shut)
            if shut
            else ReminderService(
                settings,
                channel=channel,
                pace=pace,
                context=live.context,
                clock=clock,
                meter=metrics.send,
            )
        )
        stack.push_async_callback(post.close)
        metrics.watch(post.counts)
        door = MessagesEndpoint(
            admission=Authenticator(settings, keys, teams.RULES, clock),
            understand=teams.understand,
            turns=Turns(
                desk, Answering(channel, pace), worker, slow_down=pace.pause, times=externals.times
            ),
            clock=clock,
            meter=metrics.turn,
        )

        pulse.add("content", lambda: reload(content, live, clock))
        pulse.add("reminders", post.beat)
        pulse.add("cleaning", post.clean)
        stack.callback(pulse.stop)
        pulse.start()

        async def ready() -> dict[str, Health]:
            return {
                "content": content.health(),
                "search": live.health(),
                "store": await post.health(),
                "pulse": pulse.health(),
                "keys": keys.health(),
            }

        made = web.application(door.messages, ready, {FEED: post.feed, "/metrics": metrics.handle})
        stopping: list[asyncio.Task[None]] = []

        async def wind_down(_: aiohttp.web.Application) -> None:
            """While the turns under way are finished, no reminder is begun any more."""
            pulse.stop()
            stopping.append(asyncio.create_task(post.stop()))

        made.on_shutdown.append(wind_down)
        warming = asyncio.create_task(warm(live))
        try:
            yield made
        finally:
            warming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await warming


async def warm(live: LiveContent) -> None:
    """Read the encoder's weights once the first answers are out: they take a core for most of a second.

    A message that is clear by its words needs none; the first that is not reads them itself.
    """
    await asyncio.sleep(WARM_AFTER)
    await asyncio.to_thread(live.warm)


async def reload(content: ContentFiles, live: LiveContent, clock: Clock) -> None:
    """Take changed files into use; the reading and the training happen beside the event loop."""
    if content.changed():
        await asyncio.to_thread(content.reload, clock(), live.build)


if __name__ == "__main__":
    raise SystemExit(main())
