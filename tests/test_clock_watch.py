"""The clock of the machine is set: noticed, told, and waited for where it went forward."""

import pytest

from bot.clock_watch import JUMP_SECONDS, QUIET_SECONDS, ClockWatch


class Time:
    """Seconds that nobody can set."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def jumps():
    return []


@pytest.fixture
def watch(clock, time, jumps):
    return ClockWatch(clock, time, lambda: jumps.append(1))


def passes(clock, time, seconds):
    clock.move(seconds=seconds)
    time.now += seconds


def test_time_that_passes_is_no_jump(watch, clock, time, jumps):
    for _ in range(100):
        passes(clock, time, 3_600)
        clock.move(seconds=JUMP_SECONDS / 2)
        watch.look()

    assert jumps == []
    assert watch.settled


@pytest.mark.parametrize("seconds", [-86_400, -3_600, -120, -11, 11, 120, 3_600, 86_400])
def test_a_jump_either_way_is_noticed_once(clock, time, caplog, seconds):
    jumps = []
    watch = ClockWatch(clock, time, lambda: jumps.append(1))
    clock.move(seconds=seconds)
    for _ in range(3):
        watch.look()
        passes(clock, time, 30)

    assert jumps == [1]
    assert f"went {seconds:+.0f} s" in caplog.text


def test_after_a_jump_forward_a_minute_is_waited(watch, clock, time):
    clock.move(hours=1)
    watch.look()
    assert not watch.settled

    passes(clock, time, QUIET_SECONDS - 1)
    watch.look()
    assert not watch.settled
    passes(clock, time, 1)
    assert watch.settled


def test_a_clock_that_was_set_back_holds_up_nothing(watch, clock):
    clock.move(hours=-1)
    watch.look()

    assert watch.settled
