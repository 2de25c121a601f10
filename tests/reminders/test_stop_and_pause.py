"""Stop holds at once, also for what is queued or under way; a pause is not made up for."""

from bot.channel import Later
from bot.reminders.planning import plan
from dialogs.changes import ForgetMe, Unsubscribe
from tests.support.reminders import (
    REMINDER,
    address,
    at,
)


async def test_stop_holds_for_what_is_queued(process):
    for name in ("anna", "bram"):
        process.subscribe(name)
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None

    process.stop("anna")
    await process.beat_at("2026-12-01 12:00")

    assert process.channel.titles("anna") == []
    assert process.channel.titles("bram") == [REMINDER]
    assert process.states()["anna", "7d"] == ("stopped", "stop", "")


async def test_stop_holds_for_a_row_while_others_are_being_sent(process):
    names = [f"m{number}" for number in range(10)]
    for name in names:
        process.subscribe(name)

    async def stop_the_last(where, card):
        if where.conversation_id == "m0":
            process.stop("m9")

    process.channel.before = stop_the_last
    await process.beat_at("2026-12-01 10:00")

    assert sorted(who for who, _, _ in process.channel.sent) == names[:-1]


async def test_what_fails_while_somebody_says_stop_is_not_tried_again(process):
    process.subscribe("anna")

    async def stop(where, card):
        process.stop("anna")

    process.channel.before, process.channel.answer = stop, lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.before = process.channel.answer = None
    process.subscribe("anna")
    await process.beat_at("2026-12-01 12:00")

    assert process.channel.sent == []


async def test_what_fails_while_somebody_stops_ends_for_that_reason(process):
    process.subscribe("anna")

    async def stop(where, card):
        process.stop("anna")

    process.channel.before, process.channel.answer = stop, lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")

    assert process.states()["anna", "7d"] == ("stopped", "stop", "503")


async def test_what_fails_while_somebody_pauses_is_not_sent_when_the_pause_is_over(process):
    process.subscribe("anna")

    async def pause(where, card):
        process.pause("anna", "2026-12-01 10:05")

    process.channel.before, process.channel.answer = pause, lambda *_: Later("429", 600.0)
    await process.beat_at("2026-12-01 10:00")
    process.channel.before = process.channel.answer = None
    assert process.states()["anna", "7d"][:2] == ("stopped", "paused")

    await process.beat_at("2026-12-01 10:20")

    assert process.channel.sent == []


async def test_what_somebody_said_a_moment_ago_holds_before_the_store_knows(process):
    process.subscribe("anna")
    process.silence.note("anna", (Unsubscribe(),), process.clock())
    await process.beat_at("2026-12-01 10:00")
    assert process.channel.sent == []

    process.stop("anna")
    process.silence.recorded("anna", (Unsubscribe(),), process.clock())
    await process.beat_at("2026-12-01 10:02")

    assert process.channel.sent == []
    assert process.states()["anna", "7d"][:2] == ("stopped", "stop")


async def test_a_pause_over_the_moment_is_not_made_up_for(process):
    process.subscribe("anna")
    process.pause("anna", "2026-12-02 00:00")

    for moment in ("12-01 10:00", "12-02 00:01", "12-03 10:00"):
        await process.beat_at(f"2026-{moment}")
    assert process.channel.sent == []

    process.subscribe("anna")
    await process.beat()
    assert process.channel.sent == [], "also not when she says so after the pause"

    await process.beat_at("2026-12-07 10:00")
    assert process.rows() == [("anna", "1d", "sent")]


async def test_a_pause_that_is_ended_early_begins_anew(process):
    process.subscribe("anna")
    process.pause("anna", "2027-01-01 00:00")
    await process.beat_at("2026-12-01 12:00")
    process.subscribe("anna")
    await process.beat()
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.rows() == [("anna", "1d", "sent")]


async def test_a_pause_drops_what_is_queued(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None

    process.pause("anna", "2026-12-01 11:00")
    await process.beat_at("2026-12-01 12:00")

    assert process.channel.sent == []


async def test_before_a_pause_begins_the_reminders_still_go(process):
    process.subscribe("anna")
    process.pause("anna", "2027-01-05 00:00", begins="2026-12-05 00:00")

    for moment in ("12-01 10:00", "12-07 10:00", "12-08 09:00"):
        await process.beat_at(f"2026-{moment}")
    assert process.rows() == [("anna", "7d", "sent")]

    await process.beat_at("2027-01-05 10:00")
    assert process.rows()[1:] == [("anna", "7d", "sent")]


async def test_what_was_due_in_a_pause_that_began_later_is_not_made_up_for(process):
    process.subscribe("anna")
    process.pause("anna", "2026-12-07 12:00", begins="2026-12-05 00:00")

    for moment in ("12-01 10:00", "12-07 12:01", "12-08 08:59"):
        await process.beat_at(f"2026-{moment}")
    assert process.rows() == [("anna", "7d", "sent")]

    await process.beat_at("2026-12-08 09:00")
    assert process.rows()[1:] == [("anna", "1h", "sent")]


async def test_a_reminder_that_is_still_queued_when_the_pause_begins_does_not_go_in_it(process):
    process.subscribe("anna")
    process.pause("anna", "2026-12-07 12:00", begins="2026-12-01 11:00")
    process.channel.answer = lambda *_: Later("503", 7200)
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None

    await process.beat_at("2026-12-01 13:00")

    assert process.channel.sent == []


async def test_another_pause_does_not_make_up_for_the_one_before(process):
    process.subscribe("anna")
    process.pause("anna", "2027-01-01 00:00")
    await process.beat_at("2026-12-01 12:00")

    process.pause("anna", "2027-02-01 00:00", begins="2027-01-01 00:00")
    await process.beat()
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.rows() == [("anna", "1d", "sent")]


async def test_a_pause_to_come_that_is_taken_back_changes_nothing_else(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None
    process.pause("anna", "2027-02-01 00:00", begins="2027-01-01 00:00")

    process.subscribe("anna")
    await process.beat_at("2026-12-01 12:00")

    assert process.channel.titles("anna") == [REMINDER]


async def test_who_is_forgotten_gets_nothing_and_leaves_no_row(process):
    process.subscribe("anna")
    plan(process.calendar, process.plans, at("2026-12-01 10:00"))
    process.conversations.apply(address("anna"), (ForgetMe(),), process.clock())

    await process.beat_at("2026-12-01 10:01")

    assert process.channel.sent == []
    assert process.rows() == []
