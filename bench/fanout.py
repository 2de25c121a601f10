"""A fan-out to thousands of subscribers: pace, memory, and what somebody who asks a question notices of it.

    .venv/bin/python bench/fanout.py [--subscribers 10000] [--per-second 30] [--latency 0.1]

Runs the whole bot as a process of its own (`app.py serve`, local mode), with a connector on loopback
that answers after `--latency` seconds. Members ask questions all the time: first while nothing is
sent, then while the reminders go out; what counts is how much slower their answers come. Writes
bench/results/fanout.json.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.content import CONTENT
from tests.support.process import served
from tests.support.reminders import one_meeting, subscribe_all
from tests.support.teams import FakeMicrosoft, activity

QUESTIONS = (
    "Hoe lang is een certificaat geldig?",
    "wat verandert er in versie 4.0",
    "bijeenkomsten",
    "mijn abonnement",
)


class Arrivals:
    """What comes to the connector: the moments of the reminders, and answers for who waits for one."""

    def __init__(self, latency):
        self.latency, self.reminders, self.waiting = latency, [], {}

    async def __call__(self, method, path, body):
        conversation, now = path.split("/")[3], time.perf_counter()
        if future := self.waiting.pop(conversation, None):
            future.get_loop().call_soon_threadsafe(future.set_result, now)
        elif not conversation.startswith("ask"):
            self.reminders.append(now)
            await asyncio.sleep(self.latency)


def prepare(folder, service_url, number, starts_in):
    """The shipped content with one meeting, a reminder an hour before it, and so many who want it."""
    starts = datetime.now(UTC) + timedelta(minutes=starts_in)
    content, path = folder / "content", folder / "bot.sqlite3"
    shutil.copytree(CONTENT, content)
    (content / "meetings.toml").write_text(one_meeting(starts.replace(second=0)), "utf-8")
    subscribe_all(path, service_url, (f"a:{n}" for n in range(number)))
    return content, path


async def ask(session, url, service_url, arrivals, number):
    """One question; how many milliseconds until its answer is at the connector."""
    conversation = f"ask{number % 200}"
    future = arrivals.waiting[conversation] = asyncio.get_running_loop().create_future()
    body = activity(service_url, QUESTIONS[number % len(QUESTIONS)], id=f"q{number}")
    body["from"]["id"], body["conversation"]["id"] = f"29:{conversation}", conversation
    began = time.perf_counter()
    async with session.post(url + "/api/messages", json=body) as response:
        assert response.status < 300, response.status
    return ((await future) - began) * 1000


async def questions(session, url, service_url, arrivals, until, numbers):
    """Questions at ten a second, whoever waits for whom, until told to stop."""
    took, tasks = [], set()
    while not until():
        task = asyncio.create_task(ask(session, url, service_url, arrivals, next(numbers)))
        tasks.add(task)
        task.add_done_callback(lambda done: (tasks.discard(done), took.append(done.result())))
        await asyncio.sleep(0.1)
    await asyncio.gather(*tasks)
    return took


def shares(took):
    cuts = statistics.quantiles(took, n=20)
    return {
        "n": len(took),
        "p50_ms": round(statistics.median(took), 2),
        "p95_ms": round(cuts[18], 2),
        "max_ms": round(max(took), 1),
    }


async def run(given):
    arrivals = Arrivals(given.latency)
    with FakeMicrosoft() as microsoft, tempfile.TemporaryDirectory() as name:
        microsoft.fault, service_url = arrivals, microsoft.url
        content, path = prepare(Path(name), service_url, given.subscribers, 60 + given.quiet)
        with served(path, content, SENDS_PER_SECOND=str(given.per_second)) as bot:
            watched = psutil.Process(bot.process.pid)
            memory, numbers = [], iter(range(10**9))
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
                asked = (session, bot.url, service_url, arrivals)
                for _ in range(20):
                    await ask(*asked, next(numbers))
                before = watched.memory_info().rss
                quiet = await questions(*asked, lambda: bool(arrivals.reminders), numbers)
                cpu = watched.cpu_times()

                def over():
                    memory.append(watched.memory_info().rss)
                    return len(arrivals.reminders) >= given.subscribers

                busy = await questions(*asked, over, numbers)
                used = watched.cpu_times()
            bot.process.terminate()
            await asyncio.to_thread(bot.process.wait)
        with sqlite3.connect(path) as database:
            states = dict(
                database.execute("select state, count(*) from outbox group by 1").fetchall()
            )
        database.close()
        size = path.stat().st_size
    took = arrivals.reminders[-1] - arrivals.reminders[0]
    floor = (given.subscribers - 1) / given.per_second
    busiest = max(
        sum(1 for at in arrivals.reminders[n : n + 60] if at < start + 1)
        for n, start in enumerate(arrivals.reminders)
    )
    return {
        "subscribers": given.subscribers,
        "per_second": given.per_second,
        "connector_latency_s": given.latency,
        "seconds": round(took, 2),
        "floor_seconds": round(floor, 2),
        "over_floor_percent": round((took / floor - 1) * 100, 2),
        "busiest_second": busiest,
        "quiet": shares(quiet),
        "busy": shares(busy),
        "p95_ratio": round(shares(busy)["p95_ms"] / shares(quiet)["p95_ms"], 2),
        "rss_mb": {
            "before": round(before / 2**20, 1),
            "first_tenth": round(max(memory[: len(memory) // 10]) / 2**20, 1),
            "end": round(memory[-1] / 2**20, 1),
            "most": round(max(memory) / 2**20, 1),
        },
        "cpu_ms_per_reminder_and_questions": round(
            (used.user + used.system - cpu.user - cpu.system) * 1000 / given.subscribers, 2
        ),
        "outbox": states,
        "database_mb": round(size / 2**20, 1),
        "machine": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
        },
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--subscribers", type=int, default=10_000)
    parser.add_argument("--per-second", type=int, default=30)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument(
        "--quiet", type=int, default=2, help="minutes of questions before the fan-out"
    )
    given = parser.parse_args()
    results = asyncio.run(run(given))
    print(json.dumps(results, indent=2))
    folder = ROOT / "bench" / "results"
    folder.mkdir(exist_ok=True)
    (folder / "fanout.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
