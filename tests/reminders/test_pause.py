"""The pause that the connector asked for: the next process and the one beside it keep to it, too."""

from bot.rate_limit import PAUSE_MAX, RateLimiter
from bot.reminders.pause import SharedPause
from bot.store.pace import Pace
from tests.support.reminders import second_process


def shared(process):
    """A limiter as a process that has just started has it, and what it shares with the others."""
    limiter = RateLimiter(30, lambda: process.clock().timestamp())

    async def in_thread(work):
        return work()

    return limiter, SharedPause(Pace(process.reminders), limiter, process.clock, in_thread)


async def test_it_outlives_the_process(process):
    told, ours = shared(process)
    for name in ("a", "b", "c"):
        told.throttle(name, 200.0)
    await ours.write()
    process.clock.move(seconds=50)

    next_one, theirs = shared(process)
    await theirs.read()

    assert round(next_one.asked_seconds) == 150


async def test_what_one_conversation_was_told_is_not_shared(process):
    told, ours = shared(process)
    told.throttle("a", 200.0)
    await ours.write()

    other, theirs = shared(process)
    await theirs.read()

    assert other.asked_seconds == 0


async def test_a_moment_that_a_wrong_clock_wrote_holds_up_nobody_for_long(process):
    told, ours = shared(process)
    process.clock.move(days=400)
    told.asked_to_pause(200.0)
    await ours.write()
    process.clock.move(days=-400)

    other, theirs = shared(process)
    await theirs.read()

    assert other.asked_seconds <= PAUSE_MAX


async def test_a_process_that_starts_meanwhile_sends_nothing_before(process):
    process.subscribe("anna")
    told, ours = shared(process)
    process.clock.move(days=7)
    told.asked_to_pause(200.0)
    await ours.write()
    began, moments = process.clock(), []
    after = second_process(process, living=())

    async def note(*_):
        moments.append(process.clock())

    process.channel.before = note
    await after.beat()

    assert [(moment - began).total_seconds() >= 200 for moment in moments] == [True]
    after.close()
