"""What a result means for the next attempt: again and when, or never; and how long everybody waits."""

import random

import pytest

from bot.channel import RETRY_AFTER_MAX, Gone, GoneReason, InDoubt, Later, Refused, Sent
from bot.retry import (
    BACKOFF,
    DOUBTS_MAX,
    FAILURES_IN_A_ROW,
    FAILURES_PAUSE_MAX,
    GONE_MIN,
    GONE_WINDOW,
    CircuitBreaker,
    GoneWatch,
    RetryPolicy,
)

BLOCKED = Gone(GoneReason.BLOCKED)
WEEK = 7 * 86_400.0


@pytest.fixture
def policy():
    return RetryPolicy(rng=random.Random(1))  # noqa: S311 - jitter


@pytest.mark.parametrize(
    "result",
    [Later("503"), Later("429", 0.001), Refused("400"), Refused("413"), Refused("401", setup=True)],
    ids=str,
)
@pytest.mark.parametrize("attempts", [1, 12, 1_000])
def test_nothing_is_final_while_the_message_is_worth_sending(policy, result, attempts):
    assert policy.after(result, attempts=attempts, left=WEEK).seconds >= 1.0


def test_what_was_sent_is_not_sent_again(policy):
    assert policy.after(Sent("a"), attempts=1, left=WEEK) is None


@pytest.mark.parametrize("reason", [r for r in GoneReason if r is not GoneReason.DELETED])
def test_who_is_gone_is_asked_once_more_later(policy, reason):
    assert policy.after(Gone(reason), attempts=1, left=WEEK).seconds >= 60.0
    assert policy.after(Gone(reason), attempts=2, left=WEEK, gone_before=True) is None


def test_a_message_that_is_no_more_is_no_member_who_is_gone(policy):
    deleted = Gone(GoneReason.DELETED)

    assert policy.after(deleted, attempts=2, left=WEEK, gone_before=True) is not None


def test_the_server_says_how_long_within_reason(policy):
    assert policy.after(Later("429", 20.0), attempts=1, left=WEEK).seconds == 20.0
    ten_years = policy.after(Later("429", 3e8), attempts=1, left=WEEK)
    assert ten_years.seconds == RETRY_AFTER_MAX
    assert policy.after(Later("429", 0.5), attempts=9, left=WEEK).seconds > 60, (
        "who always asks for less than a second is not asked every second"
    )


@pytest.mark.parametrize("left", [3_600.0, 600.0, 60.0])
def test_before_it_is_worthless_there_is_another_attempt(policy, left):
    for result in (Later("503"), Later("429", 9_999.0), Refused("400"), InDoubt("504")):
        assert policy.after(result, attempts=30, left=left).seconds <= left / 2


def test_doubts_are_bounded_and_far_apart(policy):
    first = policy.after(InDoubt("504"), attempts=1, left=WEEK)
    last = policy.after(InDoubt("504"), attempts=2, doubts=DOUBTS_MAX - 2, left=WEEK)

    assert 10 <= first.seconds < last.seconds
    assert policy.after(InDoubt("504"), attempts=3, doubts=DOUBTS_MAX - 1, left=WEEK) is None
    # Whoever says "later" did not get it, however often it was in doubt before.
    assert policy.after(Later("503"), attempts=1, doubts=DOUBTS_MAX - 1, left=WEEK) is not None


def test_a_wait_doubles_to_its_longest_and_half_of_it_is_chance(policy):
    first, longest = BACKOFF
    for attempts in range(1, 40):
        whole = min(longest, first * 2 ** (attempts - 1))
        waits = [policy.wait(attempts) for _ in range(50)]
        assert whole / 2 <= min(waits) < max(waits) <= whole


def test_everybody_waits_where_nothing_gets_through(policy):
    breaker = CircuitBreaker(policy)

    pauses = [breaker.pause(Later("503"), f"a:{number}") for number in range(20)]

    assert pauses[: FAILURES_IN_A_ROW - 1] == [0.0] * (FAILURES_IN_A_ROW - 1)
    assert all(0 < pause <= FAILURES_PAUSE_MAX for pause in pauses[FAILURES_IN_A_ROW - 1 :])
    assert breaker.open
    assert breaker.pause(Sent("a"), "a:21") == 0.0
    assert not breaker.open
    assert breaker.pause(InDoubt("504"), "a:1") == 0.0, "the count begins anew"


def test_one_conversation_that_fails_keeps_nobody_else_waiting(policy):
    breaker = CircuitBreaker(policy)

    assert [breaker.pause(Later("503"), "a:anna") for _ in range(50)] == [0.0] * 50
    assert not breaker.open


def test_a_set_up_that_is_refused_is_tried_one_at_a_time(policy):
    breaker = CircuitBreaker(policy)

    pauses = [breaker.pause(Refused("401", setup=True), "a:anna") for _ in range(9)]
    assert 4.0 <= pauses[0] <= 8.0
    assert pauses[-1] == 60.0
    assert breaker.open
    assert breaker.pause(Refused("413"), "a:bram") == 0.0, "it was the connector that answered"
    assert not breaker.open


# Many who are gone.


class Seconds:
    now = 1_000.0

    def __call__(self):
        return self.now


def noted(watch, gone, there=0):
    for number in range(there):
        watch.note(Sent("x"), f"there:{number}")
    return [watch.note(BLOCKED, f"gone:{number}") for number in range(gone)][-1]


@pytest.mark.parametrize(("gone", "there"), [(GONE_MIN, 0), (300, 0), (60, 60), (10, 19)])
def test_many_who_seem_gone_at_once_are_a_fault(gone, there):
    watch = GoneWatch(Seconds())

    assert noted(watch, gone, there)
    assert watch.doubtful


@pytest.mark.parametrize(("gone", "there"), [(1, 0), (GONE_MIN - 1, 0), (5, 30), (50, 250)])
def test_some_who_are_gone_are_gone(gone, there):
    watch = GoneWatch(Seconds())

    assert not noted(watch, gone, there)
    assert not watch.doubtful


def test_one_who_is_gone_counts_once_however_often_he_is_asked():
    watch = GoneWatch(Seconds())
    for _ in range(100):
        watch.note(BLOCKED, "a:anna")

    assert (watch.gone, watch.doubtful) == (1, False)


def test_the_doubt_ends_with_the_fault_or_with_time():
    seconds = Seconds()
    watch = GoneWatch(seconds)
    noted(watch, 30)
    for number in range(30):
        watch.note(Sent("x"), f"gone:{number}")
    assert not watch.doubtful

    noted(watch, 30)
    seconds.now += GONE_WINDOW + 1
    assert not watch.doubtful


def test_what_says_nothing_of_who_is_there_does_not_count():
    watch = GoneWatch(Seconds())
    for number, result in enumerate([Later("503"), InDoubt("504"), Refused("400")] * 10):
        watch.note(result, f"a:{number}")

    assert (watch.gone, watch.doubtful) == (0, False)
