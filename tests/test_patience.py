"""A limit in seconds counts only while the process runs."""

import asyncio
import threading
import time

import pytest

from bot.patience import STEP, within


def stand_still(seconds):
    """As a process that was stopped and goes on: every timer has run out meanwhile."""
    time.sleep(seconds)


async def test_what_is_in_time_is_the_result():
    async def quick():
        return "done"

    assert await within(1.0, quick()) == "done"


async def test_what_takes_longer_is_really_cancelled():
    cancelled = asyncio.Event()

    async def slow():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        await within(0.05, slow())

    assert cancelled.is_set()
    assert time.monotonic() - began < STEP


async def test_an_error_is_that_of_the_work():
    async def broken():
        raise KeyError("x")

    with pytest.raises(KeyError):
        await within(1.0, broken())


@pytest.mark.parametrize("seconds", [0.3, 1.3])
async def test_an_answer_that_came_while_the_process_stood_still_is_read(seconds):
    loop, answer = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()
    threading.Timer(
        seconds - 0.1, lambda: loop.call_soon_threadsafe(answer.set_result, "came")
    ).start()
    loop.call_later(seconds - 0.2, stand_still, 2.0)

    async def work():
        received = await answer
        # As a parser and a reader do: what came is handed on some turns of the loop later.
        for _ in range(10):
            await asyncio.sleep(0)
        return received

    assert await within(seconds, work()) == "came"


async def test_who_waits_can_be_cancelled():
    ended = asyncio.Event()

    async def slow():
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(within(10.0, slow()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert ended.is_set()
