"""Faults of every kind, at random moments with a seed, to the real process.

    make chaos             (.venv/bin/python -m bench.chaos [--seed 1] [--only WORDS …] [--minutes 14] [--at-once 24])

Each run is a world of its own: `app.py serve` as a process, a connector on loopback, a database and a
fan-out to 24 members, of whom three say stop at a random moment, while another asks a question twice a
second. Writes docs/reliability.md, unless with --only. Its status is 1 where a run went wrong.
"""

import argparse
import asyncio
import os
import sys
import time

from bench.chaos import report
from bench.chaos.runs import FAULTS, all_runs


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first run of each fault")
    parser.add_argument("--only", nargs="*", default=[], help="words of the names of faults")
    parser.add_argument("--times", type=int, default=0, help="of each fault, instead of its own")
    parser.add_argument("--minutes", type=float, default=14.0, help="in which all ends")
    parser.add_argument("--at-once", type=int, default=24)
    given = parser.parse_args()
    chosen = [f for f in FAULTS if not given.only or any(word in f.name for word in given.only)]
    left_out = [f for f in chosen if f.options.get("small_disk") and os.geteuid() != 0]
    faults = [f for f in chosen if f not in left_out]
    pairs = [(f, given.seed + n) for f in faults for n in range(given.times or f.times)]
    began = time.monotonic()
    outcomes = asyncio.run(
        all_runs(pairs, at_once=given.at_once, seconds=60 * given.minutes, on_outcome=report.say)
    )
    text = report.table(faults, left_out, outcomes, time.monotonic() - began, given.seed)
    print(text)
    if not given.only:
        report.write(text)
    return 0 if all(outcome.good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
