"""Who asks too much is answered late, and nobody else."""

import asyncio

from bot.slow_down import SECONDS, WAITING_MAX, SlowDown


async def waiting(slow_down, number):
    """So many ask at once; how many of them wait."""
    asked = [asyncio.create_task(slow_down.wait()) for _ in range(number)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    left = [task for task in asked if not task.done()]
    for task in left:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    return len(left)


async def test_some_pass_at_once_and_the_others_wait():
    assert await waiting(SlowDown(20), 30) == 10
    assert await waiting(SlowDown(0), 30) == 30


async def test_no_more_wait_than_leave_room_for_others():
    slow_down = SlowDown(0)
    assert await waiting(slow_down, 400) == WAITING_MAX
    assert await waiting(slow_down, 5) == 5, "who went away keeps no place"


async def test_after_a_while_they_pass():
    async with asyncio.timeout(SECONDS * 10):
        await SlowDown(0).wait()
