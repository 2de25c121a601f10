"""How far one process goes: what so many subscribers cost, measured, and what follows from it.

    .venv/bin/python bench/scale.py [--subscribers 1000 10000 100000] [--seconds 20]

The whole bot as a process of its own (`app.py serve`, local mode) with a connector on loopback that answers
after 0.1 s. Addresses are as long as those of Teams. Some three minutes; writes docs/scale.md.
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench.endpoint import OURS, microsoft_started, running
from bot.channel import Address
from bot.reminders.planning import plan, still_due
from faq.meetings_file import parse
from tests.support.clock import Clock
from tests.support.content import write_content
from tests.support.process import served
from tests.support.reminders import ReminderProcess, meetings_toml, one_meeting, subscribe_all
from tests.support.teams import TENANT, FakeMicrosoft

DOC = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
CLAIMS = 1_000
"""Rows that are claimed and recorded to say what one costs."""
REMINDERS_A_YEAR = 12 * 3
"""Of a subscriber: a meeting a month, and the leads of the shipped content."""
KEPT_DAYS = 400
"""KEEP_DELIVERIES_DAYS."""
TEAMS, OURS_A_SECOND = 50, 30
"""Requests a second that Teams allows; SENDS_PER_SECOND as it is shipped."""


def teams_address(number, service_url):
    """As long as Teams makes them."""
    return Address(
        service_url=service_url,
        conversation_id=f"a:1{number:06}{'Kq3_' * 24}",
        bot_id="28:11111111-2222-3333-4444-555555555555",
        bot_name="Ladderbot",
        user_id=f"29:1{number:06}{'xY7-' * 15}",
        aad_object_id=f"00000000-0000-0000-0000-{number:012}",
        tenant_id=TENANT,
        locale="nl-NL",
        timezone="Europe/Amsterdam",
    )


def subscribers(path, service_url, number):
    """A database of so many who want reminders: one in the bot's own way, the others as copies of its rows."""
    subscribe_all(path, service_url, ["m"])
    with contextlib.closing(sqlite3.connect(path)) as database:
        for table, key in (("conversations", "id"), ("subscriptions", "conversation")):
            rows = database.execute(f"select * from {table}")
            names = [column[0] for column in rows.description]
            template = dict(zip(names, rows.fetchone(), strict=True))
            database.execute(f"delete from {table}")
            marks = ", ".join("?" * len(names))
            database.executemany(
                f"insert into {table} values ({marks})",
                (list((template | copied(key, n, service_url)).values()) for n in range(number)),
            )
        database.commit()
        database.execute("pragma wal_checkpoint(truncate)")


def copied(key, number, service_url):
    where = teams_address(number, service_url)
    if key == "conversation":
        return {key: where.conversation_id}
    return {key: where.conversation_id, "member": where.user_id, "address": where.to_json()}


def size(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("pragma wal_checkpoint(truncate)")
    return path.stat().st_size


def looked_up(folder, number):
    """Seconds of CPU of each look, and bytes of the file; the store by itself, no process."""
    path, clock = folder / "looked up.sqlite3", Clock(datetime.now(UTC))
    subscribers(path, "https://smba.trafficmanager.net/emea/", number)
    alone = size(path)
    known, _ = parse(one_meeting(clock.now + timedelta(minutes=40)).encode())
    process = ReminderProcess(path, clock, known)
    took = {}
    for name in ("plan", "plan_again"):
        began = time.process_time()
        took[name + "_s"] = plan(known, process.plans, clock.now), time.process_time() - began
    began = time.process_time()
    for count in range(min(CLAIMS, number)):
        row = process.outbox.claim(
            clock.now, lambda row: still_due(known, row, clock.now), due_by=clock.now
        )
        process.outbox.mark_sent(row, activity=f"1:{count:020}", thread="", now=clock.now)
    each = (time.process_time() - began) / min(CLAIMS, number)
    process.close()
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute(
            "update outbox set state = 'sent', sent_at = next_try, activity = '1:12345678901234567890',"
            " claimed_by = '123456789', claimed_at = next_try, announced = 1, attempts = 1,"
            " announced_start = due, announced_shown ="
            " (select announced_shown from outbox where state = 'sent' limit 1)"
        )
        database.commit()
    planned, seconds = took["plan_s"]
    assert planned == number, planned
    return {
        "plan_s": round(seconds, 2),
        "plan_again_s": round(took["plan_again_s"][1], 3),
        "claim_and_record_ms": round(1000 * each, 2),
        "bytes_a_subscriber": round(alone / number),
        "bytes_a_reminder": round((size(path) - alone) / number),
    }


async def sent(folder, number, seconds, processes=1):
    """The real process with so many who are due: how fast it starts, plans and sends, and its memory."""
    folder.mkdir()
    moments = []

    async def take(method, path, body):
        moments.append(time.perf_counter())
        await asyncio.sleep(0.1)

    with FakeMicrosoft() as microsoft:
        microsoft.fault = take
        path = folder / "bot.sqlite3"
        subscribers(path, microsoft.url, number)
        quiet = write_content(
            folder / "quiet", meetings=meetings_toml(starts="2030-01-08T10:00:00")
        )
        with served(path, quiet) as bot:
            await asyncio.sleep(12)  # it learns, in a process of its own
            rest = psutil.Process(bot.process.pid).memory_info().rss
        due = one_meeting(datetime.now(UTC) + timedelta(minutes=59))
        content = write_content(folder / "content", meetings=due)
        with contextlib.ExitStack() as stack:
            began = time.perf_counter()
            bots = [
                stack.enter_context(
                    served(path, content, SENDS_PER_SECOND=str(TEAMS), BEAT_SECONDS="30")
                )
                for _ in range(processes)
            ]
            listening = (time.perf_counter() - began) / processes
            watched = [psutil.Process(bot.process.pid) for bot in bots]
            while not moments:
                await asyncio.sleep(0.05)
            first = time.perf_counter() - began
            await asyncio.sleep(3)
            before, cpu = len(moments), sum(sum(each.cpu_times()[:2]) for each in watched)
            from_here = time.perf_counter()
            while time.perf_counter() - from_here < seconds and len(moments) < number:
                await asyncio.sleep(0.1)
            took, count = time.perf_counter() - from_here, len(moments) - before
            cpu = sum(sum(each.cpu_times()[:2]) for each in watched) - cpu
            memory = max(each.memory_info().rss for each in watched)
    busiest = max(sum(at <= other < at + 1 for other in moments) for at in moments)
    return {
        "listens_s": round(listening, 1),
        "first_reminder_s": round(first, 1),
        "a_second": round(count / took, 1),
        "busiest_second": busiest,
        "cpu_ms_a_reminder": round(1000 * cpu / max(1, count), 1),
        "memory_at_rest_mb": round(rest / 2**20),
        "memory_sending_mb": round(memory / 2**20),
    }


def answered():
    """Questions, as `make bench` puts them: plain, eight at once."""
    with microsoft_started() as microsoft, running(OURS, microsoft, production=False) as bot:
        bot.load(at_once=8, total=500)
        return bot.load(at_once=8, total=4_000, first=500)


def minutes(seconds):
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def megabytes(count):
    return f"{count / 1e6:,.0f} MB" if count >= 1e7 else f"{count / 1e6:.1f} MB"


def tables(rows, two, questions, machine):
    """What was measured, and what follows from it."""
    numbers = list(rows)

    def line(name, cells):
        return f"| {name} | " + " | ".join(map(str, cells)) + " |"

    def measured(name, key, unit=""):
        return line(name, (f"{rows[n][key]:,}{unit}" for n in numbers))

    def worked_out(name, function):
        return line(name, (function(n, rows[n]) for n in numbers))

    year = REMINDERS_A_YEAR
    besides = (
        f"Questions: {questions['per_second']:,} a second, {questions['cpu_ms']} ms CPU each,"
        f" 95 % within {questions['p95_ms']} ms (8 at once, from 500 people, one process).\n"
        f"Two processes on one database of {two['number']:,}, each with SENDS_PER_SECOND=50: together"
        f" {two['a_second']} reminders a second, {two['busiest_second']} in the busiest."
    )
    return "\n".join(
        (
            line("measured, by number of subscribers", (f"{n:,}" for n in numbers)),
            "|---" * (len(numbers) + 1) + "|",
            measured("start until it listens", "listens_s", " s"),
            measured(
                "start until the first reminder is at the connector", "first_reminder_s", " s"
            ),
            measured("the beat that finds all of them due: CPU", "plan_s", " s"),
            measured("a beat after it: CPU", "plan_again_s", " s"),
            measured("to claim one and record it: CPU", "claim_and_record_ms", " ms"),
            measured("a reminder in all, with HTTP: CPU", "cpu_ms_a_reminder", " ms"),
            measured("reminders a second with SENDS_PER_SECOND=50", "a_second"),
            measured("in the busiest second", "busiest_second"),
            measured("memory at rest", "memory_at_rest_mb", " MB"),
            measured("memory while all of them wait", "memory_sending_mb", " MB"),
            measured("file, a subscriber", "bytes_a_subscriber", " bytes"),
            measured("file, a reminder that was sent", "bytes_a_reminder", " bytes"),
            "",
            besides,
            "",
            line("worked out, by number of subscribers", (f"{n:,}" for n in numbers)),
            "|---" * (len(numbers) + 1) + "|",
            worked_out("a fan-out at 30 a second", lambda n, _: minutes(n / OURS_A_SECOND)),
            worked_out("at 50 a second, what Teams allows", lambda n, _: minutes(n / TEAMS)),
            worked_out(
                "CPU of a fan-out, of one core",
                lambda n, row: minutes(n * row["cpu_ms_a_reminder"] / 1000),
            ),
            worked_out(
                f"file after a year of {year} reminders each",
                lambda n, row: megabytes(
                    n * (row["bytes_a_subscriber"] + year * row["bytes_a_reminder"])
                ),
            ),
            worked_out(
                f"what it stays at: {KEPT_DAYS} days are kept",
                lambda n, row: megabytes(
                    n
                    * (row["bytes_a_subscriber"] + year * KEPT_DAYS / 365 * row["bytes_a_reminder"])
                ),
            ),
            "",
            machine,
        )
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--subscribers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=20.0, help="of sending that are measured")
    given = parser.parse_args()
    rows, load = {}, os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="scale") as name:
        for number in given.subscribers:
            folder = Path(name) / str(number)
            rows[number] = asyncio.run(sent(folder, number, given.seconds))
            rows[number] |= looked_up(folder, number)
            print(number, json.dumps(rows[number]), flush=True)
        number = 10_000
        two = asyncio.run(sent(Path(name) / "two", number, given.seconds, processes=2))
        two["number"] = number
        print("two processes", json.dumps(two), flush=True)
    questions = answered()
    print("questions", json.dumps(questions))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    machine = (
        f"`.venv/bin/python bench/scale.py` on {datetime.now(UTC):%Y-%m-%d} at commit {commit}: {platform.system()}"
        f" {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite"
        f" {sqlite3.sqlite_version}; load of the machine before the run {load:.1f}."
    )
    before, _, rest = DOC.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = tables(rows, two, questions, machine)
    DOC.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
