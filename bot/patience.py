"""A limit in seconds that counts only while this process runs.

Who was stopped (SIGSTOP, a laptop that sleeps, a host that froze the machine) and goes on finds every timer
run out, and the answers that came meanwhile unread. To give up then would be to doubt what is known.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

STEP = 1.0
"""Seconds of one look at the clock."""
STALL = 0.5
"""Seconds by which a look may be late; one that is later was made by a process that had stood still."""
GRACE = 1.0
"""Seconds that are left after that, at least, to read what came meanwhile."""
GRACES = 5
"""How often at most: a loop that always stands still must come to an end, too."""


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which is cancelled where it takes longer.

    Raises:
        TimeoutError: where it took longer.
    """
    task = asyncio.get_running_loop().create_task(work)
    if not await done_within(seconds, task):
        await cancelled(task)
        if task.cancelled():
            raise TimeoutError
    return task.result()


async def done_within(seconds: float, task: asyncio.Task[Any]) -> bool:
    """Whether a task is done by then; where not, it goes on, unless the caller is cancelled."""
    try:
        await _look(task, seconds)
    except asyncio.CancelledError:
        await cancelled(task)
        raise
    return task.done()


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task, and wait until it has ended."""
    task.cancel()
    await asyncio.wait({task})


async def _look(task: asyncio.Task[T], left: float) -> None:
    """Wait until it is done, or nothing is left of its seconds."""
    loop, graces = asyncio.get_running_loop(), GRACES
    while left > 0 and not task.done():
        step, began = min(left, STEP), loop.time()
        await asyncio.wait({task}, timeout=step)
        late = loop.time() - began - step
        left -= min(step, loop.time() - began)
        if late > STALL and graces:
            left, graces = max(left, GRACE), graces - 1
