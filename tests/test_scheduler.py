"""Periodic jobs: an error stops nothing, and what was planned once does not come after the end."""

import asyncio

from bot.scheduler import Scheduler


async def test_an_error_is_logged_and_the_next_beat_comes_all_the_same(caplog):
    scheduler, beats, again = Scheduler(0.01), [], asyncio.Event()

    async def job():
        beats.append(1)
        if len(beats) > 2:
            again.set()
        raise ValueError("broken")

    scheduler.add("job", job)
    scheduler.start()
    await asyncio.wait_for(again.wait(), 10)
    scheduler.stop()
    scheduler.stop()

    assert "beat job failed" in caplog.text
    assert scheduler.health().ok


async def test_what_is_planned_once_comes_once_and_its_error_is_logged(caplog):
    scheduler, came = Scheduler(60), asyncio.Event()

    async def job():
        came.set()
        raise ValueError("broken")

    scheduler.once(0.0, job)
    await asyncio.wait_for(came.wait(), 10)

    assert "job failed" in caplog.text


async def test_what_is_planned_once_does_not_come_after_the_end():
    scheduler, came = Scheduler(60), asyncio.Event()

    async def job():
        came.set()

    scheduler.once(0.0, job)
    scheduler.stop()
    for _ in range(5):
        await asyncio.sleep(0)

    assert not came.is_set()
