"""The world of one fault: a bot as a process of its own, its files, its connector, and its members."""

import asyncio
import contextlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bench.chaos.ledger import Ledger
from bench.chaos.relay import Line
from bot.store.reserve import MARGIN, SIZE
from tests.support.content import write_content
from tests.support.process import served, start_bot
from tests.support.reminders import one_meeting, subscribe_all
from tests.support.teams import REGISTERED, SERVICE, TENANT, FakeMicrosoft, activity

MEMBERS = 24
PACE = 8
"""Reminders a second: so slow that there are three seconds of fan-out to break."""
QUESTION, ANSWER = "Hoe lang is een certificaat geldig?", "Drie jaar."
ANSWER_SECONDS = 30.0
"""After which who asks gives up; the bot itself gives up sooner, and says so."""
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of a random name in it
"""Where the files are: a process that is killed leaves them there, too, and hundreds of worlds would keep a disk busy."""
FINAL = {"sent", "stopped", "failed", "expired"}


@dataclass(slots=True)
class Asked:
    """A question, and whether it was answered."""

    began: float
    ended: float
    answered: bool
    status: int


class World:
    """One process, or more, on one database; `down` holds when none could answer, `cuts` when one was cut off."""

    def __init__(
        self, folder, shared, fake, session, *, registered=False, clock=False, small_disk=False
    ):
        self.folder, self.fake, self.session = folder, fake, session
        self.path, self.data = folder / "data" / "bot.sqlite3", folder / "data"
        self.registered, self.launched = registered, registered or clock
        self.line = Line(fake.url)
        self.service = SERVICE
        self.shared, self.settings = shared, {"SENDS_PER_SECOND": str(PACE)}
        self.names = [f"m{number:02}" for number in range(MEMBERS)]
        self.ledger = fake.fault = Ledger(0.1)
        self.clock_file = folder / "clock" if clock else None
        self.bots, self.down, self.cuts, self.asked, self.stopped = [], [], [], [], {}
        self.statuses, self.by_hand, self.small_disk = [], False, small_disk
        self.frozen_since = None

    # The files.

    async def prepare(self, due_in=0.0):
        """The content with one meeting, of which the reminder is due in so many seconds, and who wants it."""
        if not self.registered:
            await self.line.open()
            self.service = self.line.url
        await asyncio.to_thread(self._write, due_in)

    def _write(self, due_in):
        self.data.mkdir(exist_ok=True)
        if self.small_disk:
            size = f"size={SIZE + MARGIN + 12_000_000}"
            subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", self.data], check=True)
        for kept in self.shared.learned.iterdir():
            (shutil.copytree if kept.is_dir() else shutil.copy)(kept, self.data / kept.name)
        # Rounded up, for the start of a meeting holds whole seconds.
        starts = datetime.now(UTC) + timedelta(minutes=60, seconds=due_in + 1)
        self.content = write_content(
            self.folder / "content",
            meetings=one_meeting(starts if due_in else starts - timedelta(minutes=20)),
        )
        subscribe_all(self.path, self.service, self.names)

    # The process.

    async def start(self, **more):
        """Start a bot, and wait until it listens."""
        environment = {**self.settings, **more}
        if self.registered:
            bundle = str(self.shared.certificate)
            environment |= {**REGISTERED, "WORLD_TLS_PORT": str(self.fake.tls_port)}
            environment |= {"SSL_CERT_FILE": bundle, "REQUESTS_CA_BUNDLE": bundle}
        if self.clock_file:
            self.set_clock(0.0)
            environment["CLOCK_OFFSET"] = str(self.clock_file)
        command = ("bench/chaos/bot.py",) if self.launched else ("app.py", "serve")
        async with self.shared.starting:
            bot = start_bot(self.path, self.content, command=command, **environment)
            self.bots.append(bot)
            await asyncio.to_thread(bot.wait)
        self.down = [[since, until or time.monotonic()] for since, until in self.down]
        return bot

    @property
    def bot(self):
        """The one that members talk to: the newest that listens."""
        living = [bot for bot in self.bots if bot.url and bot.process.poll() is None]
        return (living or self.bots)[-1]

    def cut(self, bot=None, how=signal.SIGKILL):
        """End a bot; nobody answers from now on, unless there is another."""
        bot = bot or self.bot
        bot.process.send_signal(how)
        now = time.monotonic()
        others = [b for b in self.bots if b is not bot and b.url and b.process.poll() is None]
        self.cuts.append(now)
        self.down.append([now, now + 1.0 if others else None])

    async def end(self, bot=None, how=signal.SIGKILL):
        """End a bot and wait for that; its exit status."""
        bot = bot or self.bot
        self.cut(bot, how)
        return await asyncio.to_thread(bot.process.wait, 20)

    def freeze(self):
        """Stop a process for a while; what it has under way it finishes later."""
        self.frozen_since = time.monotonic()
        self.bot.process.send_signal(signal.SIGSTOP)
        self.down.append([time.monotonic(), None])

    def go_on(self):
        """Let a process that was stopped go on."""
        self.bot.process.send_signal(signal.SIGCONT)
        self.frozen_since = None
        self.down[-1][1] = time.monotonic()

    def set_clock(self, seconds):
        """Set the clock wrong by so many seconds."""
        beside = self.clock_file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self.clock_file)

    # The members.

    async def post(self, member, text, **more):
        """Say something; (status, what came back), status 0 where nobody took it."""
        body = activity(self.service, text, **more) | {
            "from": {"id": f"29:{member}", "name": member, "aadObjectId": member},
            "conversation": {"id": member, "conversationType": "personal", "tenantId": TENANT},
        }
        headers = {}
        if self.registered:
            headers["Authorization"] = f"Bearer {self.fake.token(serviceurl=SERVICE)}"
        try:
            async with self.session.post(
                self.bot.url + "/api/messages", json=body, headers=headers
            ) as response:
                return response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, ""

    async def ask(self, member="asker"):
        """One question, and its answer in the response."""
        began = time.monotonic()
        status, text = await self.post(member, QUESTION, deliveryMode="expectReplies")
        self.asked.append(Asked(began, time.monotonic(), ANSWER in text, status))

    async def keep_asking(self, member="asker", every=0.5):
        """Ask again and again, until cancelled."""
        while True:
            await self.ask(member)
            await asyncio.sleep(every)

    async def say_until_taken(self, member, text):
        """Say something as often as it takes: Teams tries again what was not taken."""
        while (await self.post(member, text))[0] != 202:
            await asyncio.sleep(0.3)
        self.stopped[member] = time.monotonic()

    async def stopping(self, chance, number, words=("stop",)):
        """So many members, at random moments of the fan-out, want no more."""
        for member in chance.sample(self.names, number):
            await self.ledger.reached(chance.randrange(MEMBERS), chance.uniform(0.2, 3.0))
            await self.say_until_taken(member, chance.choice(words))

    # What came of it.

    def states(self):
        """How many rows of the outbox are in which state; None where that cannot be read now."""
        try:
            with contextlib.closing(
                sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=1)
            ) as database:
                return Counter(
                    dict(database.execute("select state, count(*) from outbox group by 1"))
                )
        except sqlite3.Error:
            return None

    async def ready(self):
        """The status of `/readyz`, and what it says."""
        try:
            async with self.session.get(self.bot.url + "/readyz") as response:
                return response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, ""

    def missing(self):
        """Who wanted the reminder, said no stop, and has not got it."""
        got = {arrival.member for arrival in self.ledger.reminders}
        return [name for name in self.names if name not in got and name not in self.stopped]

    async def settled(self, seconds):
        """Wait until everybody has what is theirs, nothing more will be sent and all is well; whether it came to that."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            states = await asyncio.to_thread(self.states)
            quiet = states is not None and states and set(states) <= FINAL
            if quiet and not self.missing() and (await self.ready())[0] == 200:
                return True
            if self.bot.process.poll() is not None:
                return False
            await asyncio.sleep(0.3)
        return False

    async def close(self):
        """Tell every process to end; the exit statuses of those that had not."""
        for bot in self.bots:
            if bot.process.poll() is None:
                self.statuses.append(await self.end(bot, signal.SIGTERM))


@contextlib.asynccontextmanager
async def opened(shared, **options):
    """A world of its own, all of it gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="chaos", dir=MEMORY) as name,
        FakeMicrosoft(shared.certificate if options.get("registered") else None) as fake,
    ):
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(
            timeout=timeout, connector=aiohttp.TCPConnector(limit=0, force_close=True)
        ) as session:
            world = World(Path(name), shared, fake, session, **options)
            try:
                yield world
            finally:
                await world.line.close()
                for bot in world.bots:
                    bot.process.kill()
                    bot.process.wait()
                if world.small_disk:
                    subprocess.run(["umount", "-l", world.data], check=False)


class Shared:
    """What all worlds share: a certificate, what the search learned, and how many start at once."""

    def __init__(self, certificate, learned, at_once):
        self.certificate, self.learned = certificate, learned
        self.starting = asyncio.Semaphore(at_once)


def learn_once(folder):
    """What a first start makes beside its database, so that every other is like a restart."""
    content = write_content(folder / "content", meetings=one_meeting(datetime.now(UTC)))
    with served(folder / "data" / "bot.sqlite3", content) as bot:
        until = time.monotonic() + 300
        learned = folder / "data" / "learned"
        while not any(learned.glob("*.model")):
            assert time.monotonic() < until, (
                "nothing was learned, and every world would do so itself"
            )
            time.sleep(0.2)
        time.sleep(1.0)
        bot.process.terminate()
        bot.process.wait(20)
    for file in (folder / "data").glob("bot.sqlite3*"):
        file.unlink()
    shutil.rmtree(folder / "data" / "backups", ignore_errors=True)
    return folder / "data"
