"""How fast we send: near the limit, never over it, on a clock that is moved."""

import pytest

from bot.channel import RETRY_AFTER_MAX
from bot.rate_limit import (
    CEILING,
    PAUSE_MAX,
    THROTTLED_CHATS,
    THROTTLED_SECONDS,
    WINDOWS,
    RateLimiter,
)


class Time:
    """Seconds that pass when somebody sleeps; every sleep overshoots a little, as real ones do."""

    def __init__(self, overshoot=0.0):
        self.now, self.overshoot = 1000.0, overshoot

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds + self.overshoot


async def sends(limiter, time, number, work=0.0):
    """When each of so many sends leaves."""
    moments = []
    for _ in range(number):
        await limiter.acquire()
        moments.append(time.now)
        time.now += work
    return moments


def most_in(moments, seconds):
    return max(sum(1 for other in moments if first <= other < first + seconds) for first in moments)


@pytest.mark.parametrize("overshoot", [1e-6, 0.0015, 0.004])
@pytest.mark.parametrize("per_second", [1, 10, 30, 50])
async def test_the_pace_is_kept_within_five_percent_of_the_floor(per_second, overshoot):
    time = Time(overshoot)
    limiter = RateLimiter(per_second, time, time.sleep)

    moments = await sends(limiter, time, 40 * per_second, work=0.0005)

    assert (moments[-1] - moments[0]) / 40 == pytest.approx(1.0, rel=0.05)
    assert most_in(moments[: 6 * per_second], 1.0) <= min(
        CEILING, per_second + max(1, round(per_second * 0.1)) + 1
    )


async def test_answers_take_room_from_reminders_but_never_wait():
    time = Time(1e-6)
    limiter = RateLimiter(50, time, time.sleep)
    moments, answers = [], []
    for number in range(400):
        await limiter.acquire()
        moments.append(time.now)
        if number % 5 == 0:
            limiter.count(f"a:{number}")
            answers.append(time.now)

    assert most_in(moments + answers, 0.999) <= CEILING + 1


async def test_a_pause_holds_for_everybody_and_the_longest_counts():
    time = Time(1e-6)
    limiter = RateLimiter(30, time, time.sleep)
    await limiter.acquire()
    limiter.pause(90)
    limiter.pause(5)

    await limiter.acquire()

    assert time.now - 1000.0 == pytest.approx(90, abs=0.01)


async def test_nobody_can_silence_us_for_ever():
    time = Time(1e-6)
    limiter = RateLimiter(30, time, time.sleep)
    limiter.pause(1e12)

    await limiter.acquire()

    assert time.now - 1000.0 == pytest.approx(PAUSE_MAX, abs=1)


@pytest.mark.parametrize(("seconds", "most"), WINDOWS)
def test_a_conversation_gets_no_more_than_its_windows_allow(seconds, most):
    time = Time()
    limiter = RateLimiter(50, time, time.sleep)
    moments = []
    while len(moments) < most + 50:
        wait = limiter.reserve("a:anna")
        if wait == 0:
            moments.append(time.now)
        time.now += max(wait, 0.01)

    assert most_in(moments, seconds - 1e-6) <= most


def test_conversations_do_not_wait_for_each_other():
    limiter = RateLimiter(50, Time(), None)
    for _ in range(7):
        assert limiter.reserve("a:anna") == 0

    assert limiter.reserve("a:anna") > 0
    assert limiter.reserve("a:bram") == 0


def test_what_no_window_looks_at_is_forgotten():
    time = Time()
    limiter = RateLimiter(50, time, None)
    for number in range(1000):
        limiter.reserve(f"a:{number}")
    time.now += 3700
    limiter.reserve("a:anna")

    assert limiter.remembered == 1


def test_so_are_the_answers_of_a_bot_that_never_sends_a_reminder():
    time = Time()
    limiter = RateLimiter(30, time, time.sleep)
    for number in range(100):
        limiter.count(f"a:{number}")
    time.now += 3_700
    limiter.count("b")

    assert limiter.remembered == 1


def test_what_is_counted_takes_room_from_the_conversation_and_does_not_wait():
    time = Time()
    limiter = RateLimiter(50, time, time.sleep)
    for _ in range(7):
        limiter.count("a:anna")

    assert limiter.reserve("a:anna") > 0
    assert time.now == 1000.0


async def test_a_chat_that_is_throttled_waits_alone():
    time = Time(1e-6)
    limiter = RateLimiter(30, time, time.sleep)
    limiter.throttle("a:anna", 600.0)

    await limiter.acquire()

    assert time.now - 1000.0 < 1
    assert limiter.reserve("a:bram") == 0
    assert limiter.reserve("a:anna") == pytest.approx(600, abs=1)
    assert limiter.asked_seconds == 0


def test_a_chat_that_is_told_to_wait_ten_years_is_asked_again_sooner():
    limiter = RateLimiter(30, Time(), None)
    limiter.throttle("a:anna", 315_360_000.0)

    assert limiter.reserve("a:anna") == RETRY_AFTER_MAX


async def test_a_bot_that_is_throttled_waits_as_a_whole_and_knows_how_long():
    time = Time(1e-6)
    limiter = RateLimiter(30, time, time.sleep)
    for number in range(THROTTLED_CHATS):
        limiter.throttle(f"a:{number}", 90.0)

    assert limiter.asked_seconds == pytest.approx(90)
    await limiter.acquire()
    assert time.now - 1000.0 == pytest.approx(90, abs=0.1)
    assert limiter.asked_seconds == 0


async def test_chats_that_are_throttled_now_and_then_are_not_the_bot():
    time = Time(1e-6)
    limiter = RateLimiter(30, time, time.sleep)
    for number in range(10):
        limiter.throttle(f"a:{number}", 3_600.0)
        time.now += THROTTLED_SECONDS
    began = time.now

    await limiter.acquire()

    assert time.now - began < 1
