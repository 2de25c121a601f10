"""`serve`: the HTTP host, until it is told to stop."""

import argparse
import asyncio
import gc
import logging
import sys

from bot import web
from bot.cli.command import Exit, Runtime

log = logging.getLogger("ladderbot")

SWITCH_INTERVAL = 0.001
"""Seconds after which a busy thread gives way; Python's own 0.005 holds up the event loop.

The loop waits so long after every system call while the worker searches (`bench/loop.py`).
"""


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Serve; the exit status."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    return asyncio.run(_serve(runtime))


async def _serve(runtime: Runtime) -> int:
    settings = runtime.settings()
    async with (
        runtime.host(settings) as app,
        web.listening(app, settings.host, settings.port) as url,
    ):
        # What is there now stays: a collection that looks through it holds up everything for 50 ms.
        gc.collect()
        gc.freeze()
        stopped = web.stop_requested()
        log.info("listening on %s", url)
        await stopped.wait()
        web.exit_after(web.STOP_MAX)
    return Exit.OK
