"""A limit in seconds that counts only while this process runs.

Who was stopped (SIGSTOP, a laptop that sleeps, a host that froze the machine) and goes on finds every timer
run out, and the answers that came meanwhile unread. To give up then would be to doubt what is known.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

STEP = 1.0
"""Seconds of one look at the clock; a look that took longer counts as two of these."""


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which is cancelled where it takes longer.

    Raises:
        TimeoutError: where it took longer.
    """
    loop, left = asyncio.get_running_loop(), seconds
    task = loop.create_task(work)
    try:
        while left > 0 and not task.done():
            began = loop.time()
            await asyncio.wait({task}, timeout=min(left, STEP))
            left -= min(loop.time() - began, 2 * STEP)
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        raise
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
        if task.cancelled():
            raise TimeoutError
    return task.result()
