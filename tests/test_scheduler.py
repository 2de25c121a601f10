"""Periodic jobs: an error stops nothing, and what was planned once does not come after the end."""

import asyncio

from bot.scheduler import Scheduler


def nothing():
    pass


async def test_an_error_is_logged_and_the_next_beat_comes_all_the_same(caplog):
    scheduler, beats, again = Scheduler(0.01, nothing), [], asyncio.Event()

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
    scheduler, came = Scheduler(60, nothing), asyncio.Event()

    async def job():
        came.set()
        raise ValueError("broken")

    scheduler.once(0.0, job)
    await asyncio.wait_for(came.wait(), 10)

    assert "job failed" in caplog.text


async def test_what_is_planned_once_does_not_come_after_the_end():
    scheduler, came = Scheduler(60, nothing), asyncio.Event()

    async def job():
        came.set()

    scheduler.once(0.0, job)
    scheduler.stop()
    for _ in range(5):
        await asyncio.sleep(0)

    assert not came.is_set()


async def test_what_comes_before_each_beat_may_break_and_the_beat_comes(caplog):
    def broken():
        raise ValueError("broken")

    scheduler, came = Scheduler(0.01, broken), asyncio.Event()

    async def job():
        came.set()

    scheduler.add("job", job)
    scheduler.start()
    await asyncio.wait_for(came.wait(), 10)
    scheduler.stop()

    assert "before each beat" in caplog.text


async def test_a_beat_that_takes_long_is_not_begun_twice():
    scheduler, under_way, most, beats = Scheduler(0.01, nothing), [], [], asyncio.Event()

    async def job():
        under_way.append(1)
        most.append(len(under_way))
        await asyncio.sleep(0.05)
        under_way.pop()
        if len(most) > 2:
            beats.set()

    scheduler.add("job", job)
    scheduler.start()
    await asyncio.wait_for(beats.wait(), 10)
    scheduler.stop()

    assert set(most) == {1}
