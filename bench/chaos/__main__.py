"""Faults of every kind, at random moments with a seed, to the real process.

    make chaos             (.venv/bin/python -m bench.chaos [--seed 1] [--only WORDS …] [--minutes 14] [--at-once 10])

Each run is a world of its own: `app.py serve` as a process, a connector on loopback, a database and a
fan-out to 24 members, of whom three say stop at a random moment, while another asks a question twice a
second. Writes docs/reliability.md, unless with --only.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.chaos import report
from bench.chaos.faults import clock, connector, files, process, tokens
from bench.chaos.measure import run
from bench.chaos.world import Shared, learn_once
from tests.support.certificates import certificate

FAULTS = [each for module in (connector, tokens, process, files, clock) for each in module.FAULTS]


async def all_runs(faults, given):
    """(outcomes, faults that were left out)"""
    outcomes, until = [], time.monotonic() + 60 * given.minutes
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(8 * given.at_once))
    with tempfile.TemporaryDirectory(prefix="chaos") as name:
        folder = Path(name)
        shared = Shared(
            certificate(folder), await asyncio.to_thread(learn_once, folder), os.cpu_count() or 1
        )
        room = asyncio.Semaphore(given.at_once)

        async def one(fault, seed):
            async with room:
                if time.monotonic() > until - fault.recovers / 2:
                    return
                outcomes.append(await run(fault, seed, shared))
                report.say(outcomes[-1])

        # What takes longest to recover begins first.
        each = [(fault, seed) for fault in faults for seed in seeds(fault, given)]
        each.sort(key=lambda pair: -pair[0].recovers)
        await asyncio.gather(*(one(*pair) for pair in each))
    return outcomes


def seeds(fault, given):
    times = given.times or fault.times
    return range(given.seed, given.seed + times)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first run of each fault")
    parser.add_argument("--only", nargs="*", default=[], help="words of the names of faults")
    parser.add_argument("--times", type=int, default=0, help="of each fault, instead of its own")
    parser.add_argument("--minutes", type=float, default=14.0, help="after which none is begun")
    parser.add_argument("--at-once", type=int, default=24)
    given = parser.parse_args()
    faults = [f for f in FAULTS if not given.only or any(w in f.name for w in given.only)]
    left_out = [f for f in faults if f.options.get("small_disk") and os.geteuid() != 0]
    faults = [f for f in faults if f not in left_out]
    began = time.monotonic()
    outcomes = asyncio.run(all_runs(faults, given))
    text = report.table(faults, left_out, outcomes, time.monotonic() - began, given)
    print(text)
    if not given.only:
        report.write(text)
    return 0 if all(outcome.good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
