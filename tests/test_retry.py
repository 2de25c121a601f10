"""What a result means for the next attempt: again and when, or never; and how long everybody waits."""

import random

import pytest

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Sent
from bot.retry import (
    ATTEMPTS_MAX,
    BACKOFF,
    DOUBTS_MAX,
    FAILURES_IN_A_ROW,
    FAILURES_PAUSE_MAX,
    CircuitBreaker,
    Retry,
    RetryPolicy,
)

NOT_FOUND = Refused("404", not_found=True)


@pytest.fixture
def policy():
    return RetryPolicy(rng=random.Random(1))  # noqa: S311 - jitter


@pytest.mark.parametrize(
    "result", [Sent("a"), Gone(GoneReason.BLOCKED), Refused("400"), Refused("413")], ids=str
)
def test_what_is_of_no_use_is_not_tried_again(policy, result):
    assert policy.after(result, attempts=1) is None


def test_a_conversation_that_is_not_found_is_asked_for_once_more(policy):
    assert policy.after(NOT_FOUND, attempts=1) == Retry(60.0)
    assert policy.after(NOT_FOUND, attempts=2, not_found_before=True) is None


def test_a_set_up_that_is_refused_costs_no_attempt(policy):
    retry = policy.after(Refused("401", setup=True), attempts=ATTEMPTS_MAX)

    assert retry == Retry(60.0, counts=False)


def test_the_server_says_how_long_an_hour_at_most(policy):
    assert policy.after(Later("429", 20.0), attempts=1) == Retry(20.0)
    assert policy.after(Later("429", 9999.0), attempts=1) == Retry(3600.0)


def test_attempts_and_doubts_are_bounded(policy):
    assert policy.after(Later("503"), attempts=ATTEMPTS_MAX - 1) is not None
    assert policy.after(Later("503", 1.0), attempts=ATTEMPTS_MAX) is None
    assert policy.after(InDoubt("504"), attempts=1, doubts=DOUBTS_MAX - 2) is not None
    assert policy.after(InDoubt("504"), attempts=1, doubts=DOUBTS_MAX - 1) is None
    # Whoever says "later" did not get it, however often it was in doubt before.
    assert policy.after(Later("503"), attempts=1, doubts=DOUBTS_MAX - 1) is not None


def test_a_wait_doubles_to_its_longest_and_half_of_it_is_chance(policy):
    first, longest = BACKOFF
    for attempts in range(1, 40):
        whole = min(longest, first * 2 ** (attempts - 1))
        waits = [policy.wait(attempts) for _ in range(50)]
        assert whole / 2 <= min(waits) < max(waits) <= whole


def test_a_reply_that_somebody_waits_for_has_a_policy_of_its_own():
    policy = RetryPolicy(
        rng=random.Random(1),  # noqa: S311 - jitter
        attempts_max=3,
        doubts_max=1,
        backoff=(0.5, 1.5),
    )

    assert policy.after(Later("503"), attempts=2).seconds <= 1.0
    assert policy.after(Later("503"), attempts=3) is None
    assert policy.after(InDoubt("504"), attempts=1) is None


def test_everybody_waits_where_the_server_asks_for_it_or_nothing_gets_through(policy):
    breaker = CircuitBreaker(policy)

    assert breaker.pause(Later("429", 20.0)) == 20.0
    assert breaker.pause(Refused("401", setup=True)) == 60.0
    pauses = [breaker.pause(Later("503")) for _ in range(20)]
    assert pauses[: FAILURES_IN_A_ROW - 1] == [0.0] * (FAILURES_IN_A_ROW - 1)
    assert all(0 < pause <= FAILURES_PAUSE_MAX for pause in pauses[FAILURES_IN_A_ROW - 1 :])
    assert breaker.pause(Sent("a")) == 0.0
    assert breaker.pause(InDoubt("504")) == 0.0, "the count begins anew"
