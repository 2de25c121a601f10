"""How each send ends: what is tried again and when, what ends, and the state that is left behind."""

import asyncio
import contextlib
import sqlite3
from datetime import timedelta

import pytest

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Sent
from bot.reminders.planning import plan, still_due
from bot.retry import DOUBTS_MAX
from tests.support.content import texts
from tests.support.reminders import (
    REMINDER,
    address,
    at,
    calendar,
    cancelled,
    second_process,
)

BLOCKED, NOT_FOUND = Gone(GoneReason.BLOCKED), Gone(GoneReason.NOT_FOUND)
RESULTS = [
    (BLOCKED, ("planned", "blocked", "")),
    (Gone(GoneReason.REMOVED), ("planned", "removed", "")),
    (Gone(GoneReason.DISABLED), ("planned", "disabled", "")),
    (Gone(GoneReason.DELETED), ("planned", "deleted", "")),
    (NOT_FOUND, ("planned", "not_found", "")),
    (Refused("400 BadArgument"), ("planned", "refused", "400 BadArgument")),
    (Refused("413 MessageSizeTooBig"), ("planned", "refused", "413 MessageSizeTooBig")),
    (Refused("401", setup=True), ("planned", "setup", "401")),
    (Later("429", 20.0), ("planned", "later", "429")),
    (Later("503"), ("planned", "later", "503")),
    (InDoubt("504"), ("planned", "in_doubt", "504")),
]


def kept(process):
    """Whether an address is kept, and whether the subscription is active."""
    address = next(process.database.query("select address from conversations"))["address"]
    active = next(process.database.query("select active from subscriptions"))["active"]
    return bool(address), bool(active)


@pytest.mark.parametrize(("result", "left"), RESULTS, ids=lambda v: str(v)[:40])
async def test_one_result_ends_nothing(process, result, left):
    process.subscribe("anna")
    process.channel.answer = lambda *_: result
    await process.beat_at("2026-12-01 10:00")

    assert process.states() == {("anna", "7d"): left}
    assert kept(process) == (True, True)
    process.channel.answer = None
    await process.beat_at("2026-12-01 11:00")
    assert process.channel.titles() == [REMINDER]


CONFIRMED = [
    (BLOCKED, "blocked", False),
    (Gone(GoneReason.REMOVED), "removed", False),
    (NOT_FOUND, "uninstalled", False),
    (Gone(GoneReason.DISABLED), "disabled", True),
]


@pytest.mark.parametrize(("result", "reason", "address"), CONFIRMED, ids=lambda v: str(v)[:40])
async def test_who_is_gone_is_so_when_it_is_confirmed_later(process, result, reason, address):
    process.subscribe("anna")
    process.channel.answer = lambda *_: result
    await process.beat_at("2026-12-01 10:00")
    await process.beat_at("2026-12-01 10:00:50")
    assert process.states()["anna", "7d"][0] == "planned"

    await process.beat_at("2026-12-01 10:01:01")

    assert process.states()["anna", "7d"] == ("failed", reason, "")
    assert kept(process) == (address, False)


async def test_who_was_gone_and_is_there_again_must_be_gone_twice_anew(process):
    process.subscribe("anna")
    answers = [BLOCKED, Later("503"), BLOCKED]
    process.channel.answer = lambda *_: answers.pop(0) if answers else None
    for minute in range(0, 50, 10):
        await process.beat_at(f"2026-12-01 10:{minute:02}")

    assert process.channel.titles() == [REMINDER]
    assert kept(process) == (True, True)


@pytest.mark.parametrize("number", [3, 40])
async def test_many_who_are_gone_at_once_are_a_fault_of_ours_or_theirs(process, number, caplog):
    for each in range(number):
        process.subscribe(f"m{each}")
    asked = []
    process.channel.answer = lambda *_: asked.append(1) or BLOCKED
    process.clock.now = began = at("2026-12-01 10:00")
    for _ in range(10):
        await process.beat()
        process.clock.move(minutes=1)

    assert "seem gone at once" in caplog.text
    assert not process.service.sending().ok
    assert "seem gone at once" in str(process.service.sending())
    minutes = (process.clock() - began).total_seconds() / 60
    assert len(asked) < minutes + 10, "one is tried a minute, not all"
    active = process.database.query("select sum(active) as n from subscriptions")
    assert next(active)["n"] == number
    process.channel.answer = None
    for _ in range(40):
        await process.beat()
        process.clock.move(minutes=1)
    assert process.channel.titles() == [REMINDER] * number
    assert process.service.sending().ok


async def test_who_was_switched_off_is_woken_by_the_next_word_and_not_by_anything_before(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Gone(GoneReason.DISABLED)
    for minute in (0, 5):
        await process.beat_at(f"2026-12-01 10:0{minute}")
    process.channel.answer = None
    process.clock.now = at("2026-12-02 10:00")

    process.conversations.state(address("anna"), process.clock())
    await process.beat()
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.channel.titles() == [REMINDER]


@pytest.mark.parametrize(
    "result", [Later("503"), Later("429", 0.0), Refused("400 x"), Refused("401", setup=True)]
)
async def test_it_is_tried_until_the_meeting_begins_and_then_has_expired(process, result):
    process.subscribe("anna")
    tries = []
    process.channel.answer = lambda *_: tries.append(process.clock()) or result
    process.clock.now = at("2026-12-08 09:00")
    while process.clock() < at("2026-12-08 10:10"):
        await process.beat()
        process.clock.move(seconds=30)

    assert 6 < len(tries) < 60
    assert at("2026-12-08 10:00") - tries[-1] < timedelta(minutes=2), "until the very end"
    assert process.states()["anna", "1h"][:2] == ("expired", "meeting_started")
    assert process.states()["anna", "1h"][2], "and why it did not arrive is kept"


async def test_a_connector_that_is_always_too_slow_gets_a_message_a_few_times_at_most(process):
    process.subscribe("anna")
    tries = []
    process.channel.answer = lambda *_: tries.append(1) or InDoubt("cut off")
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(20):
        await process.beat()
        process.clock.move(minutes=20)

    assert len(tries) == DOUBTS_MAX


async def test_who_answers_nothing_is_asked_before_it_is_sent_again(process):
    """A connector that hangs for hours uses up no doubt: only what answers is sent to again."""
    process.subscribe("anna")
    process.channel.answer = lambda *_: InDoubt("cut off")
    process.channel.answer_ask = lambda *_: InDoubt("cut off")
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(20):
        await process.beat()
        process.clock.move(minutes=20)
    assert process.channel.how.count("send") == 1
    assert process.channel.how.count("ask") > 5
    assert process.states()["anna", "7d"] == ("planned", "later", "cut off")

    process.channel.answer = process.channel.answer_ask = None
    await process.beat()

    assert process.rows("state", "doubts") == [("sent", 1)]


async def test_what_an_answer_says_that_comes_late_is_known_before_it_is_sent_again(process):
    process.subscribe("anna")
    answered = asyncio.Event()

    async def late():
        await answered.wait()
        return Sent("late")

    tries = []
    process.channel.answer = lambda *_: (
        tries.append(1) or InDoubt("cut off", asyncio.create_task(late()))
    )
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(5):
        await process.beat()
        process.clock.move(minutes=20)
    assert len(tries) == 1, "it is waited for"
    answered.set()
    await asyncio.sleep(0)
    await process.beat()

    assert len(tries) == 1
    assert process.rows("state", "activity", "doubts") == [("sent", "late", 1)]


async def test_where_a_late_answer_says_that_it_did_not_arrive_it_is_sent_again(process):
    process.subscribe("anna")

    async def late():
        return Later("429")

    process.channel.answer = lambda *_: InDoubt("cut off", asyncio.create_task(late()))
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None
    await process.beat_at("2026-12-01 10:20")

    assert process.rows("state", "doubts") == [("sent", 1)]
    assert process.channel.titles() == [REMINDER]


async def test_a_result_that_cannot_be_recorded_is_remembered_and_not_sent_again(process):
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
    assert process.channel.titles() == [REMINDER]
    assert str(process.service.sending()) == "1 sends cannot be recorded"

    process.database.execute("drop trigger broken")
    await process.beat()

    assert process.channel.titles() == [REMINDER]
    assert process.rows("state", "doubts") == [("sent", 0)]
    assert process.service.sending().ok


async def test_processes_that_can_record_nothing_send_it_a_few_times_at_most_together(process):
    process.subscribe("anna")
    process.database.execute(
        "create trigger broken before update on outbox when new.state = 'sent'"
        " begin select raise(abort, 'a mistake of ours'); end"
    )
    process.clock.now = at("2026-12-01 10:00")
    for number in range(6):
        one = second_process(process, worker_id=f"p{number}", living=())
        with contextlib.suppress(sqlite3.Error):
            await one.beat()
        one.close()
        process.clock.move(minutes=20)

    assert process.channel.titles() == [REMINDER] * DOUBTS_MAX


async def test_an_id_that_cannot_be_kept_does_not_hold_up_its_row(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Sent("half \ud83d")
    with pytest.raises(UnicodeEncodeError):
        await process.beat_at("2026-12-01 10:00")

    await process.beat_at("2026-12-01 10:01")

    assert process.rows("state", "activity") == [("sent", "")]
    assert process.channel.titles() == [REMINDER]


async def test_a_row_that_crashes_the_process_is_claimed_a_few_times_at_most(process):
    now = at("2026-12-01 10:00")
    process.subscribe("anna")
    plan(process.calendar, process.plans, now)
    process.lease.hold()
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
    process.channel.answer = lambda *_: InDoubt("504")
    process.clock.now = at("2026-12-01 10:00")
    for _ in range(DOUBTS_MAX):
        await process.beat()
        process.clock.move(hours=1)
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


async def test_a_retry_after_of_several_conversations_pauses_everybody(process):
    for number in range(10):
        process.subscribe(f"m{number}")
    moments = []

    def answer(*_):
        moments.append(process.clock.now)
        return Later("429", 120.0) if len(moments) <= 3 else Sent("x")

    process.channel.answer = answer
    await process.beat_at("2026-12-01 10:00")

    # The few that were under way already may still leave.
    waited = [m for m in moments if (m - moments[0]).total_seconds() >= 120]
    assert len(waited) >= 4
    assert all(m in waited or (m - moments[0]).total_seconds() < 1 for m in moments)


async def test_a_card_that_cannot_be_written_holds_up_nobody_and_is_tried_again(process):
    """Our own mistake says nothing of the connector."""
    for number in range(60):
        process.subscribe(f"m{number}")
    process.texts = None
    process.clock.now = began = at("2026-12-01 10:00")
    await process.beat()

    assert process.clock() - began < timedelta(seconds=5)
    assert process.service.sending().ok
    assert set(process.results) == {"unwritten"}
    assert process.states()["m1", "7d"] == ("planned", "refused", "not written: AttributeError")
    process.texts = texts()
    await process.beat_at("2026-12-01 10:05")
    assert process.channel.titles() == [REMINDER] * 60


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
        ("anna", "Dinsdag 8 december om 10.00 uur: CoP"),
        ("anna", "Dinsdag 8 december om 10.00 uur: Tweede"),
        ("bram", "Dinsdag 8 december om 10.00 uur: CoP"),
        ("bram", "Dinsdag 8 december om 10.00 uur: Tweede"),
    ]
