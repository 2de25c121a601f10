"""The load of every bot in the bench: so many at once, each sends the next message when the last was answered.

Raw asyncio. The messages are the questions of tests/questions, which the bot did not learn from, in turn, from 500 people.

    python bench/load.py --url URL --service URL --at-once 8 --total 2000 [--token FILE]
"""

import argparse
import asyncio
import csv
import itertools
import json
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.teams import activity

PEOPLE = 500
QUESTIONS = ROOT / "tests" / "questions"


def questions():
    """Every question that is no command, for a command would change what is stored."""
    questions_asked = []
    for file in sorted(QUESTIONS.glob("*.tsv")):
        with file.open(encoding="utf-8") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            questions_asked += [
                row["question"] for row in rows if not row["expected"].startswith("@")
            ]
    return questions_asked


def message(number, text, service):
    """A message of one of the people."""
    person = number % PEOPLE
    body = activity(
        service,
        text,
        id=f"{1_700_000_000_000 + number}",
        localTimestamp="2026-11-24T11:00:00.000+01:00",
        textFormat="plain",
        entities=[{"type": "clientInfo", "locale": "nl-NL", "platform": "Windows"}],
    )
    body["from"] |= {
        "id": f"29:person-{person}",
        "aadObjectId": f"00000000-0000-0000-0000-{person:012d}",
    }
    body["conversation"]["id"] = f"a:conversation-{person}"
    return body


class Connection(asyncio.Protocol):
    """One client: a request out, its answer in."""

    def __init__(self):
        self.buffer, self.waiting = b"", None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        _, _, length = head.partition(b"content-length:")
        size = int(length.split(b"\r\n", 1)[0]) if length else 0
        if b"chunked" in head and not self.buffer.endswith(b"0\r\n\r\n"):
            return
        if len(self.buffer) < end + 4 + size:
            return
        self.buffer = b""
        if not self.waiting.done():
            self.waiting.set_result(int(head[9:12]))

    def connection_lost(self, _):
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("closed"))


async def run(given):
    url, loop = urlsplit(given.url), asyncio.get_running_loop()
    numbers = itertools.count(given.first)
    texts = questions()
    authorization = f"Authorization: Bearer {given.token}\r\n" if given.token else ""
    taken, statuses, left = [], Counter(), given.total

    async def client():
        nonlocal left
        connection = None
        while left > 0:
            left -= 1
            number = next(numbers)
            body = json.dumps(message(number, texts[number % len(texts)], given.service)).encode()
            head = (
                f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\n{authorization}"
                f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            try:
                if connection is None or connection.transport.is_closing():
                    _, connection = await loop.create_connection(Connection, url.hostname, url.port)
                connection.waiting = loop.create_future()
                began = time.perf_counter()
                connection.transport.write(head.encode() + body)
                statuses[await asyncio.wait_for(connection.waiting, 120)] += 1
                taken.append(time.perf_counter() - began)
            except (OSError, TimeoutError) as error:
                statuses[type(error).__name__] += 1
                connection = None

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(given.at_once)))
    seconds = time.perf_counter() - began
    taken.sort()
    at = lambda part: round(1000 * taken[min(len(taken) - 1, int(part * len(taken)))], 2)  # noqa: E731
    return {
        "messages": len(taken),
        "per_second": round(len(taken) / seconds, 1),
        "p50_ms": at(0.5),
        "p95_ms": at(0.95),
        "max_ms": at(1.0),
        "statuses": dict(statuses),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--service", required=True)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--total", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--token", default="")
    print(json.dumps(asyncio.run(run(parser.parse_args()))))
