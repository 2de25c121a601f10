"""Attacks from outside and by a member, on the real process: what each costs, and what another member notices.

    make attack            (.venv/bin/python bench/attack.py [--seconds 6] [--only NAME …])

Starts `app.py serve` in local mode on a free port of this machine, with a connector on loopback.
While an attack lasts, another member asks a question again and again. Every attack is bounded in
number and in time and goes to this one process only; all ends by itself. Prints a table and writes
bench/results/attack.json.
"""

import argparse
import asyncio
import gzip
import json
import platform
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.content import CONTENT
from tests.support.process import served
from tests.support.raw import opened
from tests.support.teams import BOT, FakeMicrosoft, activity, group, mention
from tests.support.worst import WORST

RESULTS = ROOT / "bench" / "results" / "attack.json"
JSON = {"Content-Type": "application/json"}
STRANGER = {"X-Forwarded-For": "192.0.2.1"}


class Target:
    """The process under attack."""

    def __init__(self, url, service, session, until):
        self.url, self.service, self.session, self.until = url, service, session, until

    @property
    def over(self):
        return time.monotonic() >= self.until

    async def post(self, body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            async with self.session.post(
                self.url + "/api/messages", data=data, headers=JSON | headers
            ) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            return 0

    async def get(self, path, **headers):
        try:
            async with self.session.get(self.url + path, headers=headers) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            return 0

    async def many(self, most, do, at_once=40):
        """`do(number)` so often, some at a time, until the attack is over."""
        numbers = iter(range(most))

        async def one():
            for number in numbers:
                if self.over:
                    return
                await do(number)

        await asyncio.gather(*(one() for _ in range(at_once)))

    async def connections(self, most, data=b"", again=None):
        """Open so many, send this on each, and `again` each half second."""
        writers = []
        for _ in range(most):
            if self.over:
                break
            try:
                _, writer = await asyncio.wait_for(opened(self.url), 2)
            except (OSError, TimeoutError):
                continue
            writers.append(writer)
            writer.write(data)
        while not self.over:
            await asyncio.sleep(0.5)
            for writer in writers if again else ():
                if not writer.is_closing():
                    writer.write(again)
        for writer in writers:
            writer.transport.abort()


def said(service, text, member="attacker", chat="a:attacker", **more):
    body = activity(service, text, **more)
    body["from"] = {"id": f"29:{member}", "name": "A", "aadObjectId": member}
    body["conversation"] = {"id": chat, "conversationType": "personal"}
    return body


BOMB = gzip.compress(b"0" * 200_000_000)[:250_000]
HEAD = b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
DEEP = b'{"a":' * 40_000


async def bombs(t):
    await t.many(200, lambda _: t.post(BOMB, **{"Content-Encoding": "gzip"}))


async def headers(t):
    await t.connections(
        12, HEAD + b"".join(b"X%d: %s\r\n" % (n, b"x" * 127_000) for n in range(126))
    )


async def silent(t):
    await t.connections(1_100)


async def slow(t):
    await t.connections(300, HEAD, again=b"X: y\r\n")


async def upgrades(t):
    await t.many(2_000, lambda _: t.post(b"{}", **UPGRADE))


async def no_http(t):
    await t.connections(1_000, b"\x16\x03\x01 nonsense\r\n\r\n")


async def deep(t):
    await t.many(500, lambda _: t.post(DEEP))


async def growing(t):
    text = WORST["a pause and those"]
    await t.many(200, lambda n: t.post(said(t.service, text, id=f"g{n}")))


async def worst(t):
    texts = list(WORST.values())
    await t.many(600, lambda n: t.post(said(t.service, texts[n % len(texts)], id=f"w{n}")))


async def mentions(t):
    body = said(t.service, "<at>Ladderbot</at> help " * 400, entities=[mention(who=BOT)] * 2_500)
    await t.many(200, lambda n: t.post(body | {"id": f"m{n}"}))


async def one_chat(t):
    await t.many(3_000, lambda n: t.post(said(t.service, f"onzin nummer {n} zwiebel", id=f"f{n}")))


async def many_chats(t):
    def chat(n):
        text = "<at>Ladderbot</at> aanmelden"
        body = said(t.service, text, id=f"c{n}", entities=[mention()]) | group()
        body["conversation"] = body["conversation"] | {"id": f"19:g{n}@thread.v2"}
        return t.post(body)

    await t.many(1_000, chat)


async def feed(t):
    await t.many(5_000, lambda _: t.get("/bijeenkomsten.ics", **{"If-None-Match": '"x"'}))


async def ready(t):
    await t.many(5_000, lambda _: t.get("/readyz", **STRANGER))


async def metrics(t):
    await t.many(5_000, lambda _: t.get("/metrics", **STRANGER))


ATTACKS = {
    "200 compressed bodies of 200 MB": bombs,
    "12 × 126 headers of 127 KB": headers,
    "1,100 silent connections": silent,
    "300 headers a line each half second": slow,
    "2,000 websocket upgrades": upgrades,
    "1,000 × what is no HTTP": no_http,
    "500 bodies nested 40,000 deep": deep,
    "200 texts that grow eighteenfold": growing,
    "600 of the worst texts": worst,
    "200 messages with 2,500 mentions": mentions,
    "3,000 messages of one member": one_chat,
    "1,000 group chats set on by one member": many_chats,
    "5,000 × the calendar feed": feed,
    "5,000 × /readyz": ready,
    "5,000 × /metrics": metrics,
}


async def member(target, waits):
    """Another member, who asks something clear every 50 ms; how long each answer took, in ms."""
    number = 0
    while not target.over:
        number += 1
        began = time.perf_counter()
        text = "Hoe lang is een certificaat geldig?"
        body = said(target.service, text, "member", "a:member", id=f"{time.monotonic_ns()}")
        status = await target.post(body)
        if status == 202:
            waits.append((time.perf_counter() - began) * 1000)
        else:
            waits.append(float("inf"))
        await asyncio.sleep(0.05)


async def watched(url, service, process, attack, seconds):
    """One attack: what it cost and what the other member noticed."""
    waits, highest = [], 0
    timeout = aiohttp.ClientTimeout(total=20)
    connector = aiohttp.TCPConnector(limit=0, force_close=False)
    cpu = sum(process.cpu_times()[:2])
    async with (
        aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
        aiohttp.ClientSession(timeout=timeout) as others,
    ):
        until = time.monotonic() + seconds
        asking = asyncio.create_task(member(Target(url, service, others, until), waits))
        attacking = asyncio.create_task(attack(Target(url, service, session, until)))
        while not asking.done():
            highest = max(highest, process.memory_info().rss)
            await asyncio.sleep(0.1)
        attacking.cancel()
        await asyncio.gather(asking, attacking, return_exceptions=True)
    answered = [wait for wait in waits if wait != float("inf")]
    return {
        "cpu_s": round(sum(process.cpu_times()[:2]) - cpu, 2),
        "memory_mb": round(highest / 2**20),
        "asked": len(waits),
        "unanswered": len(waits) - len(answered),
        "median_ms": round(statistics.median(answered or [float("nan")]), 1),
        "worst_ms": round(max(answered, default=float("nan")), 1),
    }


async def quiet(_):
    """No attack: what the others are held against."""


async def run(only, seconds):
    """Every attack in turn on one process."""
    rows = {}
    with tempfile.TemporaryDirectory() as folder, FakeMicrosoft() as fake:
        database = Path(folder) / "bot.sqlite3"
        with served(database, CONTENT, BEAT_SECONDS="30") as bot:
            process = psutil.Process(bot.process.pid)
            await asyncio.sleep(12)  # it learns, and reads its weights
            attacks = {"nothing": quiet} | {
                n: a for n, a in ATTACKS.items() if not only or n in only
            }
            for name, attack in attacks.items():
                before = len(bot.log)
                rows[name] = await watched(bot.url, fake.url, process, attack, seconds)
                rows[name]["log_lines"] = len(bot.log) - before
                print(f"{name:42}", json.dumps(rows[name]), flush=True)
                await asyncio.sleep(1)
            assert bot.process.poll() is None, "it lives"
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each attack")
    parser.add_argument("--only", nargs="*", default=[], choices=list(ATTACKS), metavar="NAME")
    given = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 8_192), hard), hard))
    rows = asyncio.run(run(given.only, given.seconds))
    if not given.only:
        machine = {"python": platform.python_version(), "system": platform.platform()}
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(
            json.dumps({"machine": machine, "attacks": rows}, indent=1, ensure_ascii=False) + "\n",
            "utf-8",
        )


if __name__ == "__main__":
    main()
