"""The objects of a running bot, and how they are put together; `app.build` opens and closes them."""

import asyncio
import contextlib
import dataclasses
import logging
import shutil
import time
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import aiohttp
from aiohttp.web import Application

from bot import pages, web
from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.content.encoder import SentenceEncoder
from bot.content.learning.process import LearningProcess
from bot.content.live import FEED
from bot.content.load import encoder_of, needs_renewal, open_content, renew
from bot.figures import Figure
from bot.handler import Handler
from bot.health import Health
from bot.metrics import Metrics
from bot.rate_limit import RateLimiter
from bot.reminders.no_reminders import NoReminders
from bot.reminders.service import ReminderService, reminder_service
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.silence import Silence
from bot.store.conversations import Conversations
from bot.store.database import connect_to_write, open_database
from bot.store.file import UnwritableDatabaseError
from bot.store.write_behind import WriteBehind
from bot.teams import sdk as teams
from bot.teams.auth import Authenticator
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session, proxied_session
from bot.teams.endpoint import MessagesEndpoint
from bot.teams.keys import SigningKeys
from bot.teams.tokens import Acquire, MsalTokens, NoTokens, acquire
from bot.turns import NORMAL, Times, Turns

log = logging.getLogger("ladderbot")

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
    encoder: Callable[[Settings], SentenceEncoder | None] = encoder_of
    learner: Callable[[], LearningProcess] = LearningProcess
    time: Callable[[], float] = time.monotonic
    """Counts seconds and never goes back: how long a token and a key are good."""
    warm_after: float = 2.0
    """Seconds after the start at which the encoder reads its weights."""


def open_conversations(
    settings: Settings, silence: Silence, stack: contextlib.AsyncExitStack
) -> tuple[WriteBehind | None, str]:
    """The stored conversations, closed with `stack`; none, and why, where the database cannot be written.

    Raises:
        UnusableDatabaseError: where the file must not be touched.
    """
    try:
        database = open_database(settings.database_path)
    except UnwritableDatabaseError as error:
        log.error("%s Questions are answered; nothing is kept and nothing is sent.", error)  # noqa: TRY400 - no trace
        return None, str(error)
    stack.callback(database.close)
    writing = connect_to_write(settings.database_path)
    stack.callback(writing.close)
    behind = WriteBehind(Conversations(database), lambda: Conversations(writing), silence)
    stack.callback(behind.close)
    return behind, ""


class Bot:
    """The objects that turns and reminders share, and how both are built from them."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        clock: Clock,
        externals: Externals,
        session: aiohttp.ClientSession,
    ) -> None:
        """Build what is shared; `root` is the folder of the project."""
        self.settings, self.clock, self.externals = settings, clock, externals
        self.content, self.live = open_content(root, settings, clock(), externals.encoder(settings))
        self.learner = externals.learner()
        self._renewal: asyncio.Task[None] | None = None
        self.tokens = (
            NoTokens()
            if settings.local
            else MsalTokens(externals.acquire(settings), externals.time)
        )
        self.channel = TeamsChannel(Connector(session, self.tokens, clock, local=settings.local))
        self.keys = SigningKeys(session, externals.time)
        self.limiter = RateLimiter(settings.sends_per_second, time.monotonic)
        self.metrics = Metrics()
        self.watch = ClockWatch(clock, time.monotonic, self.metrics.clock_jumped)
        self.scheduler = Scheduler(settings.beat_seconds, self.watch.look)
        self.metrics.measure(content_age=self.content.age(clock), scheduler_age=self.scheduler.age)

    async def open_reminders(
        self, unwritable: str, silence: Silence, stack: contextlib.AsyncExitStack
    ) -> Reminders:
        """The reminders, closed with `stack`; none where the database cannot be written."""
        if unwritable:
            return NoReminders(unwritable)
        service = reminder_service(
            self.settings,
            channel=self.channel,
            limiter=self.limiter,
            silence=silence,
            context=self.live.context,
            clock=self.clock,
            on_result=self.metrics.send,
        )
        return await stack.enter_async_context(service)

    def endpoint(self, conversations: WriteBehind | None, worker: Executor) -> MessagesEndpoint:
        """What answers the Bot Framework; it works in `worker`."""
        turns = Turns(
            Handler(self.live.context, conversations),
            self.channel,
            worker,
            limiter=self.limiter,
            times=self.externals.times,
        )
        return MessagesEndpoint(
            authenticator=Authenticator(self.settings, self.keys, teams.RULES, self.clock),
            to_incoming=teams.to_incoming,
            turns=turns,
            clock=self.clock,
            on_turn=self.metrics.turn,
        )

    def schedule(self, reminders: Reminders) -> None:
        """Start everything that happens by itself."""

        async def remind() -> None:
            if self.watch.settled:
                await reminders.beat()

        self.scheduler.add("content", self._look)
        self.scheduler.add("alive", reminders.alive)
        self.scheduler.add("reminders", remind)
        self.scheduler.add("cleaning", reminders.clean)
        self.scheduler.start()
        self.scheduler.once(0.0, self._look)
        # Not at once: reading the encoder's weights takes a core for most of a second. A message that
        # is clear by its words needs none; the first that is not reads them itself.
        self.scheduler.once(self.externals.warm_after, partial(asyncio.to_thread, self.live.warm))

    async def _look(self) -> None:
        """Renew the content where that is needed; no beat waits for it, and it is not begun twice."""
        under_way = self._renewal is not None and not self._renewal.done()
        if not under_way and needs_renewal(self.content, self.live):
            self._renewal = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            await asyncio.to_thread(renew, self.content, self.live, self.learner, self.clock())
        except Exception:
            log.exception("the content could not be renewed")

    def stop(self) -> None:
        """Begin nothing any more by itself, and end what learns; may be called twice."""
        self.scheduler.stop()
        self.learner.close()

    def _free_disk(self) -> list[Figure]:
        free = shutil.disk_usage(self.settings.database_path.parent).free
        return [Figure.of("ladderbot_disk_free_bytes", "Free where the database lies.", free)]

    def application(self, endpoint: MessagesEndpoint, reminders: Reminders) -> Application:
        """The routes of this bot."""

        async def ready() -> dict[str, Health]:
            return {
                "content": self.content.health(),
                "search": self.live.health(),
                "store": await reminders.health(),
                "pulse": self.scheduler.health(),
                "sending": reminders.sending(),
                "token": self.tokens.health(),
                "keys": self.keys.health(),
            }

        async def stop() -> None:
            # While the turns under way are finished, no reminder is begun any more.
            self.stop()
            await reminders.stop()

        self.metrics.watch((reminders.figures, self._free_disk), ready)
        routes = {FEED: pages.page(reminders.feed), "/metrics": pages.page(self.metrics.page)}
        posts = {endpoint.path: endpoint.handle}
        return web.application(
            post=posts, get=routes, ready=ready, local=self.settings.local, stop=stop
        )
