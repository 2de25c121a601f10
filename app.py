"""The front door: reads settings, builds every object once, runs the command that was asked for."""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import aiohttp
import aiohttp.web
from dotenv import dotenv_values

from bot import log, web
from bot.cli import chat as console
from bot.cli import doctor, package, preview
from bot.cli.doctor.finding import Finding
from bot.cli.text import card_text
from bot.clock import Clock, system_clock
from bot.content import checks, encoder
from bot.content.files import ContentFiles, read_files
from bot.content.live import FEED, LiveContent, read_texts
from bot.handler import Handler
from bot.health import Health
from bot.metrics import Metrics
from bot.rate_limit import Answering, RateLimiter
from bot.reminders.service import NoReminders, ReminderService
from bot.scheduler import Scheduler
from bot.settings import BadSettingsError, Settings
from bot.settings import read as read_settings
from bot.store.conversations import Conversations
from bot.store.database import (
    ShutDatabaseError,
    UnusableDatabaseError,
    backup,
    look_into,
    open_database,
)
from bot.store.guard import Guarded
from bot.store.plans import Plans
from bot.teams import sdk as teams
from bot.teams.auth import Authenticator
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session, proxied_session
from bot.teams.endpoint import MessagesEndpoint
from bot.teams.keys import METADATA, SigningKeys
from bot.teams.tokens import Acquire, MsalTokens, NoTokens, acquire
from bot.turns import NORMAL, Times, Turns
from dialogs import conversation
from dialogs.context import Context
from dialogs.values import ConversationState, Message, Outcome
from faq.files import Content, parse, summary

log_ = logging.getLogger("ladderbot")

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent
WARM_AFTER = 2.0
"""Seconds after the start."""
USAGE, REFUSED, UNHEALTHY = 2, 2, 1
"""Exit status of a usage error, of content or settings that the bot refuses, and of a doctor's finding."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Externals:
    """What the house needs of the world, handed in, so that tests and benches can stand in for it."""

    session: Callable[[], aiohttp.ClientSession] = pooled_session
    acquire: Callable[[Settings], Acquire] = acquire
    times: Times = NORMAL


WORLD = Externals()


class _Parser(argparse.ArgumentParser):
    """A usage error is one sentence and status 2."""

    def error(self, message: str) -> "None":  # type: ignore[override]
        sys.stderr.write(f"ladderbot: {message}; see: python app.py --help\n")
        raise SystemExit(USAGE)


def day(text: str) -> date:
    """A day as the command line takes it: 2027-06-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"invalid day value: {text!r}; write it as 2027-06-30"
        ) from None


def moment(text: str) -> datetime:
    """A local moment as the command line takes it: 2027-01-11 10:00."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"invalid moment value: {text!r}; write it as '2027-01-11 10:00'"
        ) from None
    if local.tzinfo is not None:
        raise argparse.ArgumentTypeError(
            f"invalid moment value: {text!r} has an offset, and local time is meant; "
            "write it without, for instance '2027-01-11 10:00'"
        )
    return local


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    if sys.platform == "win32":  # pragma: no cover - the terminal of Windows has another encoding
        sys.stdout.reconfigure(encoding="utf-8")
    parser = _Parser(
        prog="app.py", description="Ladderbot: questions and meetings of the CoP, in Teams."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    commands.add_parser("serve", help="the HTTP host; what the container runs")
    commands.add_parser("chat", help="the host on loopback and a console that talks to it")
    ask = commands.add_parser(
        "ask", help="what the bot would do with each question, without a server"
    )
    ask.add_argument("--json", action="store_true", help="one object per question, one per line")
    ask.add_argument("--explain", action="store_true", help="what matched, and why")
    ask.add_argument("question", nargs="*", help="else one per line of standard input")
    commands.add_parser(
        "check", help="every problem in the content files; status 2 if they would be refused"
    )
    commands.add_parser("doctor", help="what this host can check when the bot is silent")
    looking = commands.add_parser(
        "preview", help="what will be sent, when and to how many; sends nothing"
    )
    looking.add_argument("--until", type=day, metavar="DATE", help="for instance 2027-06-30")
    looking.add_argument(
        "--at",
        type=moment,
        metavar="MOMENT",
        help='what is sent at a local moment, for instance "2027-01-11 10:00"',
    )
    commands.add_parser(
        "unanswered", help="what members asked and nobody could answer, without who asked"
    )
    copying = commands.add_parser(
        "backup", help="a consistent copy of the database, also while the bot runs"
    )
    copying.add_argument(
        "path", type=Path, metavar="PATH", help="where to; an earlier backup is replaced"
    )
    packing = commands.add_parser("package", help="builds the Teams app package")
    packing.add_argument("--out", type=Path, default=ROOT / "dist", help="folder (default: dist)")
    given = parser.parse_args(argv)
    if given.command is None:
        parser.error(f"a command is missing: {', '.join(commands.choices)}")
    log.set_up(logging.INFO if given.command == "serve" else logging.WARNING)
    try:
        settings = read_settings(os.environ, dotenv_values(ROOT / ".env"), ROOT)
        return _run(given, settings, clock=system_clock)
    except BadSettingsError as error:
        if given.command == "doctor":
            print(*(Finding("settings", "broken", mistake) for mistake in error.mistakes), sep="\n")
            return UNHEALTHY
        for mistake in error.mistakes:
            sys.stderr.write(f"ladderbot: {mistake}\n")
    except package.CannotPackError as error:
        for line in error.lacking:
            sys.stderr.write(f"ladderbot: {line}\n")
    except (UnusableDatabaseError, web.CannotListenError) as error:
        sys.stderr.write(f"ladderbot: {error}\n")
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has seen enough (`app.py ask … | head`); Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return REFUSED


def _run(given: argparse.Namespace, settings: Settings, *, clock: Clock) -> int:
    if given.command == "check":
        return check(settings, clock=clock)
    if given.command == "ask":
        lines: Iterable[str] = given.question or (line.rstrip("\r\n") for line in sys.stdin)
        return ask_each(settings, lines, as_json=given.json, explain=given.explain, clock=clock)
    if given.command == "preview":
        return look_ahead(settings, until=given.until, at=given.at, clock=clock)
    if given.command == "unanswered":
        return list_unanswered(settings)
    if given.command == "backup":
        backup(settings.database_path, given.path)
        print(f"{given.path}: a copy of {settings.database_path}.")
        return 0
    if given.command == "doctor":
        return asyncio.run(examine(settings, clock=clock))
    if given.command == "package":
        return pack(settings, given.out)
    if given.command == "serve":
        return asyncio.run(serve(settings, clock=clock))
    return asyncio.run(chat(settings, clock=clock))


def list_unanswered(settings: Settings) -> int:
    """Print the questions that could not be answered, the most asked first."""
    database = open_database(settings.database_path)
    try:
        rows = Conversations(database).unanswered()
    finally:
        database.close()
    for question, times, day_ in rows:
        print(f"{times:4} x  {day_}  {' '.join(question.split())}")
    return 0


def check(settings: Settings, *, clock: Clock) -> int:
    """Print every problem and warning; 2 where the bot would refuse the files."""
    raw, problems = read_files(settings.content_dir)
    problems += checks.all_problems(raw, clock())
    for problem in sorted(problems, key=lambda p: (p.warning, p.file, p.line)):
        print(problem)
    print(f"{settings.content_dir}: {summary(problems)}")
    content, _ = parse(raw)
    print(*preview.dates(plain_house(content, settings), clock()), sep="\n")
    return REFUSED if any(not p.warning for p in problems) else 0


def plain_house(content: Content, settings: Settings) -> Context:
    """A house without a search, for commands that only speak of meetings."""
    return Context(
        knowledge=content.knowledge,
        search=None,
        calendar=content.calendar,
        texts=read_texts(ROOT, settings),
        feed_url=settings.public_url + FEED if settings.public_url else "",
    )


def look_ahead(settings: Settings, *, until: date | None, at: datetime | None, clock: Clock) -> int:
    """Print what will go out, to how many, and how; sends nothing."""
    state = ContentFiles(settings.content_dir, settings.content_cache).load(clock(), lambda _: None)
    context = plain_house(state.content, settings)
    if state.stale:
        print(
            "De bestanden worden geweigerd (python app.py check); dit is de laatste goede versie."
        )
    if at is not None:
        print(*preview.at(context, at, clock()), sep="\n")
        return 0
    with contextlib.ExitStack() as stack:
        database = look_into(settings.database_path)
        if database is not None:
            stack.callback(database.close)
        plans = Plans(database) if database is not None else None
        print(*preview.ahead(context, plans, until, clock()), sep="\n")
    return 0


async def examine(settings: Settings, *, clock: Clock) -> int:
    """Print what is well and what is not, each with the mend; 1 where something is broken."""
    sick = False
    async with aiohttp.ClientSession(trust_env=True) as session:
        async for finding in doctor.examine(
            settings,
            session=session,
            clock=clock,
            acquire=acquire(settings),
            metadata=METADATA,
            connector=doctor.CONNECTOR,
        ):
            print(finding, flush=True)
            sick = sick or finding.state == "broken"
    print(
        "Not to be seen from here: the endpoint and the Teams channel in Azure (docs/install.md)."
    )
    return UNHEALTHY if sick else 0


def pack(settings: Settings, folder: Path) -> int:
    """Write the Teams app package in `folder`.

    Raises:
        CannotPackError: where a setting is missing.
    """
    made = package.pack(settings, read_texts(ROOT, settings), package.version(ROOT))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / package.FILE
    file.write_bytes(made)
    print(f"{file}: version {package.version(ROOT)}, {len(made)} bytes")
    host = urlsplit(settings.public_url).hostname or ""
    if not package.ours(host):
        print(f"{host} is a shared or a test domain, so it was left out of validDomains.")
    print("Upload it in Teams: Apps, Manage your apps, Upload an app (docs/install.md).")
    return 0


def ask_each(
    settings: Settings, lines: Iterable[str], *, as_json: bool, explain: bool, clock: Clock
) -> int:
    """Route each question through the dialogs, as the host would, each as if it were the first."""
    content = ContentFiles(settings.content_dir, settings.content_cache)
    live = LiveContent(
        read_texts(ROOT, settings),
        settings.public_url,
        settings.model_dir,
        encoder.load(settings.model_dir),
    )
    live.warm()
    content.load(clock(), live.build)
    context = live.context()
    for line in lines:
        reply = conversation.respond(context, Message(text=line, at=clock()), ConversationState())
        if as_json:
            print(json.dumps({"question": line, **outcome_json(reply.outcome)}, ensure_ascii=False))
        else:
            print(f"> {line}\n{card_text(reply.card)}\n")
        if explain:
            print(live.explain(line))
    return 0


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """The keys of DESIGN 4.1, in its order."""
    return {
        "outcome": outcome.kind,
        "id": outcome.id,
        "score": round(outcome.score, 3),
        "suggestions": list(outcome.suggestions),
        "command": outcome.command,
        "language": outcome.language,
    }


@contextlib.asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock, outside: Externals = WORLD
) -> AsyncIterator[aiohttp.web.Application]:
    """Build every object once; open on the way in what is closed on the way out.

    Raises:
        UnusableDatabaseError: where the file at DATABASE_PATH must not be touched.
    """
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
        session = await stack.enter_async_context(outside.session())
        tokens = NoTokens() if settings.local else MsalTokens(outside.acquire(settings), clock)
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
                desk, Answering(channel, pace), worker, slow_down=pace.pause, times=outside.times
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


def share_fairly() -> None:
    """Let threads take turns every millisecond, not every five: the loop asks for a turn after every system call."""
    sys.setswitchinterval(0.001)


async def serve(settings: Settings, *, clock: Clock) -> int:
    """Run the host until it is told to stop."""
    share_fairly()
    outside = WORLD if settings.local else dataclasses.replace(WORLD, session=proxied_session)
    async with (
        build(settings, clock=clock, outside=outside) as app,
        web.listening(app, settings.host, settings.port) as url,
    ):
        stopped = web.stop_requested()
        log_.info("listening on %s", url)
        await stopped.wait()
        web.exit_after(web.STOP_MAX)
    return 0


async def chat(settings: Settings, *, clock: Clock) -> int:
    """Run the host in local mode, and a console that talks to it."""
    local = dataclasses.replace(settings, app_id="", app_password="", host="127.0.0.1")
    async with build(local, clock=clock) as app, web.listening(app, local.host, local.port) as url:
        return await console.talk(url, sys.stdin, sys.stdout)


if __name__ == "__main__":
    raise SystemExit(main())
