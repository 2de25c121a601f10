"""How long the event loop is held up while the worker thread searches, and while the bot learns anew.

.venv/bin/python bench/loop.py      (a minute)
"""

import asyncio
import contextlib
import gc
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench.folds import bench_encoder
from bench.load import questions
from bot.cli.commands.serve import SWITCH_INTERVAL
from bot.content.files import ContentFiles
from bot.content.learning.process import LearningProcess
from bot.content.load import VECTORS, renew
from tests.support.content import CONTENT, live_content

SECONDS = 5.0
STEP = 0.001
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Lags:
    """Milliseconds by which a loop that wants to wake every millisecond wakes late."""

    def __init__(self):
        self.measured = []

    async def watch(self):
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + STEP
            await asyncio.sleep(STEP)
            self.measured.append(1e3 * (loop.time() - due))

    def row(self, name):
        late = sorted(self.measured)
        p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
        return f"| {name} | {p50:.2f} | {p99:.2f} | {late[-1]:.1f} |"


async def during(work):
    """The lags until the work ends."""
    lags = Lags()
    watch = asyncio.create_task(lags.watch())
    await (asyncio.to_thread(work) if work else asyncio.sleep(SECONDS))
    watch.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watch
    return lags


def search_on(live, asked):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for question in asked:
            live.context().search.search(question)


async def main():
    sys.setswitchinterval(SWITCH_INTERVAL)
    encoder, data = bench_encoder(), Path(tempfile.mkdtemp())
    files = ContentFiles(CONTENT, data / "kept")
    live = live_content(data / "learned", encoder)
    files.load(NOW, live.open)
    process = LearningProcess()
    import app  # all that lives in the process of a bot

    assert app
    gc.freeze()  # as `serve` does

    def learn():
        renew(files, live, process, NOW)

    def learn_again():
        # As after a change of every file: what was seen of them is forgotten.
        again = ContentFiles(CONTENT, data / "kept-2")
        again.load(NOW, lambda content: live.learn(content, process, VECTORS))

    long = ["Wij zijn hier al een tijd mee bezig en weten het niet. " * 200]
    print("| meanwhile | p50 ms | p99 ms | most ms |\n|---|---|---|---|")
    for name, work in (
        ("learning for the first time", learn),
        ("nothing", None),
        ("questions", lambda: search_on(live, questions())),
        ("messages of 10,000 characters", lambda: search_on(live, long)),
        ("learning anew, as after a change of the content", learn_again),
    ):
        lags = await during(work)
        print(lags.row(name), flush=True)
        if name == "nothing":
            encoder.warm()


if __name__ == "__main__":
    asyncio.run(main())
