"""How long the event loop is held up while the worker thread searches, and while it learns anew.

.venv/bin/python bench/loop.py      (a minute)
"""

import asyncio
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench.folds import bench_encoder
from bench.load import questions
from bot.cli.commands.serve import SWITCH_INTERVAL
from faq.search.index import build_index
from tests.support.content import read_content

SECONDS = 5.0
STEP = 0.001


async def lags(task):
    """Milliseconds by which a loop that wants to wake every millisecond wakes late, until the task ends."""
    loop, measured = asyncio.get_running_loop(), []
    until = loop.time() + SECONDS
    while loop.time() < until if task is None else not task.done():
        due = loop.time() + STEP
        await asyncio.sleep(STEP)
        measured.append(1e3 * (loop.time() - due))
    return sorted(measured)


def search_on(index, asked):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for question in asked:
            index.search(question)


async def main():
    sys.setswitchinterval(SWITCH_INTERVAL)
    whole = read_content()
    encoder = bench_encoder()
    index, _ = build_index(whole, encoder)
    encoder.warm()
    long = ["Wij zijn hier al een tijd mee bezig en weten het niet. " * 200]
    print("| meanwhile | p50 ms | p99 ms | most ms |\n|---|---|---|---|")
    for name, work in (
        ("nothing", None),
        ("questions", lambda: search_on(index, questions())),
        ("messages of 10,000 characters", lambda: search_on(index, long)),
        ("learning anew, as after a change of the content", lambda: build_index(whole, encoder)),
    ):
        late = await lags(asyncio.create_task(asyncio.to_thread(work)) if work else None)
        p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
        print(f"| {name} | {p50:.2f} | {p99:.2f} | {late[-1]:.1f} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
