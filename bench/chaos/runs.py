"""All faults, and many of their runs at the same time."""

import asyncio
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.chaos.faults import clock, connector, files, pairs, process, tokens
from bench.chaos.measure import run
from bench.chaos.world import Shared, learn_once
from tests.support.certificates import certificate

MODULES = (connector, tokens, process, files, clock, pairs)
FAULTS = [fault for module in MODULES for fault in module.FAULTS]


async def all_runs(chosen, *, at_once, seconds, on_outcome=lambda _: None):
    """What came of each fault with its seed, in `chosen`; none is begun that would end after so many seconds."""
    outcomes, until = [], time.monotonic() + seconds
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(4 * at_once + 8))
    with tempfile.TemporaryDirectory(prefix="chaos") as name:
        folder = Path(name)
        learned = await asyncio.to_thread(learn_once, folder)
        # Many more starts at a time than cores would only make each of them late.
        shared = Shared(certificate(folder), learned, 2 * (os.cpu_count() or 1))
        room = asyncio.Semaphore(at_once)

        async def one(fault, seed):
            async with room:
                if time.monotonic() < until - fault.recovers / 2:
                    outcomes.append(await run(fault, seed, shared))
                    on_outcome(outcomes[-1])

        # Every fault once before any comes again; of them first what takes longest to recover.
        ordered = sorted(chosen, key=lambda pair: (pair[1], -pair[0].recovers))
        await asyncio.gather(*(one(*pair) for pair in ordered))
    return outcomes
