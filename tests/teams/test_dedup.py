"""One activity is answered once."""

import asyncio

import pytest

from bot.teams.dedup import GENERATION_MAX, Deduplicator
from bot.teams.response import BUSY, HttpAnswer


class Turns:
    """Counts the turns taken; each answers its number."""

    def __init__(self):
        self.taken = 0

    async def __call__(self):
        self.taken += 1
        return HttpAnswer(200, str(self.taken).encode())


async def test_the_same_activity_gets_the_same_answer_without_another_turn(clock):
    deduplicator, turn = Deduplicator(clock), Turns()

    first = await deduplicator.answer("c", "1", turn)
    again = await deduplicator.answer("c", "1", turn)

    assert (first, again) == (HttpAnswer(200, b"1"), HttpAnswer(200, b"1"))
    assert turn.taken == 1


async def test_while_the_first_is_under_way_the_second_waits_for_it(clock):
    deduplicator, hold = Deduplicator(clock), asyncio.Event()
    taken = []

    async def slow():
        taken.append(1)
        await hold.wait()
        return HttpAnswer(200, b"slow")

    both = [asyncio.create_task(deduplicator.answer("c", "1", slow)) for _ in range(2)]
    await asyncio.sleep(0)
    hold.set()

    assert await asyncio.gather(*both) == [HttpAnswer(200, b"slow")] * 2
    assert len(taken) == 1


async def test_another_activity_or_another_conversation_is_another_turn(clock):
    deduplicator, turn = Deduplicator(clock), Turns()

    for conversation, activity in (("c", "1"), ("c", "2"), ("d", "1"), ("c1", ""), ("c1", "")):
        await deduplicator.answer(conversation, activity, turn)

    assert turn.taken == 5, "an activity without an id cannot be recognised"


async def test_a_turn_that_was_broken_off_may_be_taken_again(clock):
    deduplicator, hold, turn = Deduplicator(clock), asyncio.Event(), Turns()

    async def never():
        await hold.wait()
        return HttpAnswer(200)

    first = asyncio.create_task(deduplicator.answer("c", "1", never))
    await asyncio.sleep(0)
    second = asyncio.create_task(deduplicator.answer("c", "1", turn))
    await asyncio.sleep(0)
    first.cancel()

    assert await second == BUSY
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await deduplicator.answer("c", "1", turn) == HttpAnswer(200, b"1")


async def test_what_is_remembered_is_bounded_and_covers_the_resends(clock):
    deduplicator, turn = Deduplicator(clock), Turns()
    for number in range(3 * GENERATION_MAX):
        await deduplicator.answer("c", str(number), turn)

    assert deduplicator.remembered <= 2 * GENERATION_MAX
    await deduplicator.answer("c", str(2 * GENERATION_MAX), turn)
    assert turn.taken == 3 * GENERATION_MAX, "a resend that is 4,000 activities old is known"


async def test_an_activity_is_remembered_for_minutes(clock):
    deduplicator, turn = Deduplicator(clock), Turns()
    await deduplicator.answer("c", "1", turn)
    clock.move(minutes=6)
    await deduplicator.answer("c", "2", turn)

    await deduplicator.answer("c", "1", turn)
    assert turn.taken == 2
