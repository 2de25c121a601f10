"""How each send ends: what is tried again and when, what ends, and the state that is left behind."""

import contextlib
import sqlite3

import pytest

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Sent
from bot.reminders.planning import plan, still_due
from bot.retry import ATTEMPTS_MAX, DOUBTS_MAX
from tests.support.reminders import (
    REMINDER,
    address,
    at,
    calendar,
    cancelled,
)

RESULTS = [
    (Gone(GoneReason.BLOCKED), ("failed", "blocked", ""), False),
    (Gone(GoneReason.REMOVED), ("failed", "removed", ""), False),
    (Gone(GoneReason.DISABLED), ("failed", "disabled", ""), True),
    (Refused("400 BadArgument"), ("failed", "refused", "400 BadArgument"), True),
    (Refused("413 MessageSizeTooBig"), ("failed", "refused", "413 MessageSizeTooBig"), True),
    (Refused("401", setup=True), ("planned", "setup", "401"), True),
    (Refused("404 X", not_found=True), ("planned", "not_found", "404 X"), True),
    (Later("429", 20.0), ("planned", "later", "429"), True),
    (Later("503"), ("planned", "later", "503"), True),
    (InDoubt("504"), ("planned", "in_doubt", "504"), True),
]


@pytest.mark.parametrize(("result", "left", "kept"), RESULTS, ids=lambda v: str(v)[:40])
async def test_each_result_leaves_the_right_state(process, result, left, kept):
    process.subscribe("anna")
    process.channel.answer = lambda *_: result
    await process.beat_at("2026-12-01 10:00")

    assert process.states() == {("anna", "7d"): left}
    assert (
        bool(next(process.database.query("select address from conversations"))["address"]) == kept
    )
    process.channel.answer = None
    await process.beat_at("2026-12-01 11:00")
    assert bool(process.channel.sent) == (left[0] == "planned")


async def test_a_conversation_that_is_not_found_twice_is_gone(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Refused("404 ConversationNotFound", not_found=True)
    await process.beat_at("2026-12-01 10:00")
    await process.beat_at("2026-12-01 10:00:30")
    assert process.states()["anna", "7d"][0] == "planned"

    await process.beat_at("2026-12-01 10:01")

    assert process.states()["anna", "7d"] == ("failed", "uninstalled", "")
    assert (
        process.conversations.state(address("anna"), process.clock()).subscription.active is False
    )


async def test_who_was_switched_off_is_woken_by_the_next_word_and_not_by_anything_before(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Gone(GoneReason.DISABLED)
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None
    process.clock.now = at("2026-12-02 10:00")

    process.conversations.state(address("anna"), process.clock())
    await process.beat()
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.channel.titles() == [REMINDER]


async def test_attempts_are_bounded(process):
    process.subscribe("anna")
    tries = []
    process.channel.answer = lambda *_: tries.append(1) or Later("503")
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(40):
        await process.beat()
        process.clock.move(minutes=20)

    assert len(tries) == ATTEMPTS_MAX
    assert process.states()["anna", "7d"] == ("failed", "gave_up", "503")


async def test_a_connector_that_is_always_too_slow_gets_a_message_a_few_times_at_most(process):
    process.subscribe("anna")
    tries = []
    process.channel.answer = lambda *_: tries.append(1) or InDoubt("cut off")
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(20):
        await process.beat()
        process.clock.move(minutes=20)

    assert len(tries) == DOUBTS_MAX


async def test_a_result_that_cannot_be_recorded_is_sent_a_few_times_at_most(process):
    process.subscribe("anna")
    process.database.execute(
        "create trigger broken before update on outbox when new.state = 'sent'"
        " begin select raise(abort, 'a mistake of ours'); end"
    )
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(20):
        with contextlib.suppress(sqlite3.Error):
            await process.beat()
        process.clock.move(minutes=20)

    assert process.channel.titles() == [REMINDER] * DOUBTS_MAX
    assert process.states()["anna", "7d"] == ("failed", "gave_up", "cut_off")


async def test_a_row_that_crashes_the_process_is_claimed_a_few_times_at_most(process):
    now = at("2026-12-01 10:00")
    process.subscribe("anna")
    plan(process.calendar, process.plans, now)
    claims = 0
    for _ in range(20):
        row = process.outbox.claim(
            now, lambda row: still_due(process.calendar, row, now), due_by=now
        )
        claims += row is not None
        process.outbox.requeue_orphans(lambda _: True, now)

    assert claims == DOUBTS_MAX
    assert process.rows("state", "reason", "doubts") == [("failed", "gave_up", DOUBTS_MAX)]


async def test_a_last_attempt_in_doubt_counts_as_heard(process):
    process.subscribe("anna")
    answers = [Later("503", 1.0)] * (ATTEMPTS_MAX - 1) + [InDoubt("504")]
    process.channel.answer = lambda *_: answers.pop(0)
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(ATTEMPTS_MAX):
        await process.beat()
        process.clock.move(seconds=2)
    assert process.states()["anna", "7d"] == ("failed", "gave_up", "504")

    process.channel.answer = None
    process.calendar = calendar(cancelled("2026-12-08"))
    await process.beat()

    assert process.channel.titles() == ["Gaat niet door: CoP"]


async def test_who_was_cut_off_often_is_still_sent_after_a_503(process):
    now = at("2026-12-01 10:00")
    process.subscribe("anna")
    process.clock.now = now
    plan(process.calendar, process.plans, now)
    for _ in range(DOUBTS_MAX - 1):
        process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
        process.outbox.requeue_orphans(lambda _: True, now)
    process.channel.answer = lambda *_: Later("503")
    await process.beat()
    process.channel.answer = None

    await process.beat_at("2026-12-01 11:00")

    assert process.channel.titles() == [REMINDER]


async def test_a_set_up_that_is_refused_costs_no_attempts_and_keeps_everything_for_later(process):
    for number in range(20):
        process.subscribe(f"m{number}")
    process.channel.answer = lambda *_: Refused("no token", setup=True)
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(30):
        await process.beat()
        process.clock.move(minutes=2)
    process.channel.answer = None
    for _ in range(3):
        await process.beat()
        process.clock.move(minutes=2)

    assert len(process.channel.sent) == 20


async def test_a_retry_after_pauses_everybody(process):
    for number in range(10):
        process.subscribe(f"m{number}")
    moments, first = [], []

    def answer(*_):
        moments.append(process.clock.now)
        first.append(1)
        return Later("429", 120.0) if len(first) == 1 else Sent("x")

    process.channel.answer = answer
    await process.beat_at("2026-12-01 10:00")

    # The few that were under way already may still leave.
    waited = [m for m in moments if (m - moments[0]).total_seconds() >= 120]
    assert len(waited) >= 4
    assert all(m in waited or (m - moments[0]).total_seconds() < 1 for m in moments)


async def test_a_send_that_breaks_is_recorded_and_tried_again(process):
    process.subscribe("anna")

    def broken(*_):
        raise ValueError("a mistake of ours")

    process.channel.answer = broken
    await process.beat_at("2026-12-01 10:00")
    assert process.states() == {("anna", "7d"): ("planned", "in_doubt", "broke: ValueError")}

    process.channel.answer = None
    await process.beat_at("2026-12-01 10:05")
    assert process.channel.titles() == [REMINDER]


async def test_many_failures_in_a_row_slow_everybody_down(process):
    for number in range(60):
        process.subscribe(f"m{number}")
    process.channel.answer = lambda *_: Later("not reached")
    process.clock.now = began = at("2026-12-01 10:00")

    await process.beat()

    assert (process.clock.now - began).total_seconds() > 120


async def test_one_damaged_address_does_not_hold_up_the_others(process):
    for name in ("anna", "bram", "carla"):
        process.subscribe(name)
    for name, damaged in (("anna", "{"), ("bram", "[1]")):
        process.database.execute(
            "update conversations set address = ? where id = ?", [damaged, name]
        )
    process.database.conn.commit()

    await process.beat_at("2026-12-01 10:00")

    assert process.channel.titles() == [REMINDER]
    assert process.states()["anna", "7d"] == ("failed", "bad_address", "")


async def test_meetings_that_are_due_at_the_same_time_all_go_to_everybody(process):
    from faq.meetings_file import parse
    from tests.support.reminders import meetings_toml

    second = (
        meetings_toml()
        .partition('Amsterdam"\n')[2]
        .replace('"cop"', '"twee"')
        .replace('"CoP"', '"Tweede"')
    )
    process.calendar = parse((meetings_toml() + second).encode())[0]
    for name in ("anna", "bram"):
        process.subscribe(name)

    await process.beat_at("2026-12-01 10:00")

    assert sorted((who, title) for who, title, _ in process.channel.sent) == [
        ("anna", "Herinnering: CoP"),
        ("anna", "Herinnering: Tweede"),
        ("bram", "Herinnering: CoP"),
        ("bram", "Herinnering: Tweede"),
    ]
