"""Crashes and two processes on one database: nothing lost, only what was in flight in doubt."""

import asyncio
import sqlite3

import pytest

from bot.reminders.planning import plan, still_due
from bot.store.lease import Standing
from bot.store.values import Reason, State
from tests.support.reminders import (
    REMINDER,
    at,
    second_process,
)


async def test_what_was_cut_off_is_not_sent_to_who_said_stop_or_paused_since(process):
    now = at("2026-12-01 10:00")
    for name in ("anna", "bram"):
        process.subscribe(name)
    process.clock.now = now
    plan(process.calendar, process.plans, now)
    process.lease.hold()
    for _ in range(2):
        process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
    process.stop("anna")
    process.pause("bram", "2026-12-02 10:00")

    after = second_process(process, living=())
    await after.beat()
    process.subscribe("anna")
    await after.beat_at("2026-12-03 10:00")

    assert process.channel.sent == []
    assert {state for _, _, state in process.rows()} == {"stopped"}
    after.close()


async def test_a_row_that_another_version_left_for_who_paused_is_not_taken(process):
    process.subscribe("anna")
    plan(process.calendar, process.plans, at("2026-12-01 10:00"))
    process.pause("anna", "2026-12-02 10:00")
    process.database.execute("update outbox set state = 'planned'")
    process.database.conn.commit()

    await process.beat_at("2026-12-01 10:01")

    assert process.channel.sent == []


async def test_who_lost_a_claim_records_nothing(process):
    now = at("2026-12-01 10:00")
    process.subscribe("anna")
    plan(process.calendar, process.plans, now)
    process.lease.hold()
    second = second_process(process, living=())

    def take(outbox):
        return outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)

    row = take(process.outbox)
    second.outbox.requeue_orphans(lambda who: who == "one", now)
    assert second.lease.hold() is Standing.TAKEN_OVER
    assert take(second.outbox).doubts == 1
    process.outbox.mark_sent(row, activity="a", thread="", now=now)
    process.outbox.reschedule(row, at=now, reason=Reason.LATER)
    process.outbox.finish(row, State.FAILED, Reason.GAVE_UP)
    process.outbox.recipient_gone(row, Reason.DISABLED)

    assert process.rows("state", "claimed_by") == [("sending", "two")]
    second.close()


async def test_a_send_that_was_cut_off_is_sent_again_by_the_next_process(process):
    process.subscribe("anna")
    process.clock.now = now = at("2026-12-01 10:00")
    plan(process.calendar, process.plans, now)
    process.lease.hold()
    process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
    assert process.states() == {("anna", "7d"): ("sending", None, "")}

    after = second_process(process, living=())
    await after.beat()

    assert process.channel.titles() == [REMINDER]
    assert process.rows("state", "doubts") == [("sent", 1)]
    after.close()


async def test_a_claim_of_a_living_process_is_left_alone_however_long_it_takes(process):
    process.subscribe("anna")
    second = second_process(process)

    async def meanwhile(where, card):
        process.channel.before = None
        process.clock.move(hours=1)
        await second.beat()

    process.channel.before = meanwhile
    await process.beat_at("2026-12-01 10:00")

    assert process.channel.titles() == [REMINDER]
    second.close()


async def test_two_processes_send_each_reminder_once(process):
    for number in range(40):
        process.subscribe(f"m{number:02}")
    second = second_process(process)
    process.clock.now = at("2026-12-01 10:00")

    await asyncio.gather(process.beat(), second.beat())

    assert sorted(who for who, _, _ in process.channel.sent) == [f"m{n:02}" for n in range(40)]
    second.close()


async def test_what_could_not_be_recorded_is_recorded_as_soon_as_it_can(process):
    process.subscribe("anna")
    process.database.execute(
        "create trigger full before update on outbox when new.state = 'sent'"
        " begin select raise(abort, 'the disk is full'); end"
    )
    with pytest.raises(sqlite3.Error, match="full"):
        await process.beat_at("2026-12-01 10:00")
    assert process.states() == {("anna", "7d"): ("sending", None, "")}
    process.database.execute("drop trigger full")

    await process.beat_at("2026-12-01 10:01")

    assert process.rows("state", "doubts") == [("sent", 0)]
    assert process.channel.titles() == [REMINDER]


async def test_stopping_finishes_what_is_under_way_and_claims_nothing_more(process):
    for number in range(10):
        process.subscribe(f"m{number}")
    going, may_end = asyncio.Event(), asyncio.Event()

    async def slow(where, card):
        going.set()
        await may_end.wait()

    process.channel.before = slow
    process.clock.now = at("2026-12-01 10:00")
    await process.service.beat()
    await going.wait()
    stopping = asyncio.create_task(process.service.stop())
    await asyncio.sleep(0)
    may_end.set()
    await stopping

    states = [state for _, _, state in process.rows()]
    assert states.count("sent") == len(process.channel.sent) > 0
    assert "sending" not in states
