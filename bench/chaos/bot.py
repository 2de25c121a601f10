"""`app.py serve` for the faults that need more than its environment: a clock that is set, Microsoft's names on loopback.

    WORLD_TLS_PORT=… CLOCK_OFFSET=FILE python bench/chaos/bot.py

CLOCK_OFFSET names a file with the seconds by which the clock is wrong now. Everything else is as in production.
"""

import os
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "bench" / "peers")]

import names

names.redirect()

from app import build
from bot.cli.command import Runtime, run
from bot.cli.commands import COMMANDS
from bot.clock import system_clock
from bot.settings import read

OFFSET = os.environ.pop("CLOCK_OFFSET", "")


def clock():
    """What the machine's clock says, as wrong as it is."""
    wrong = float(Path(OFFSET).read_text() or 0) if OFFSET else 0.0
    return system_clock() + timedelta(seconds=wrong)


runtime = Runtime(
    root=ROOT,
    settings=lambda: read(os.environ, {}, ROOT),
    clock=clock,
    host=partial(build, clock=clock),
)
raise SystemExit(run(["serve"], COMMANDS, runtime))
