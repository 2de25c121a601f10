"""What we promise about reminders (DESIGN 5): each promise, and the state that is left behind."""

import asyncio

import pytest

from bot.channel import Gone, InDoubt, Later, Refused, Sent
from bot.reminders.planning import plan, still_due
from bot.retry import ATTEMPTS_MAX, DOUBTS_MAX
from bot.store.values import Reason, State
from dialogs.values import ForgetMe
from faq.meetings import Calendar
from tests.conftest import Clock
from tests.support.reminders import Memory, ReminderProcess, address, at, calendar, cancelled, moved

REMINDER = "Herinnering: CoP"


@pytest.fixture
def clock():
    return Clock(at("2026-11-25 12:00"))


@pytest.fixture
def process(tmp_path, clock):
    one = ReminderProcess(tmp_path / "bot.sqlite3", clock, calendar())
    yield one
    one.close()


def other(process, **more):
    """A second process on the same database."""
    values = {"worker_id": "two", "channel": process.channel, "living": {"one"}} | more
    return ReminderProcess(process.path, process.clock, process.calendar, **values)


# When.


async def test_each_lead_is_sent_once_at_its_local_time(process):
    process.subscribe("anna")
    for day in range(25, 31):
        await process.beat_at(f"2026-11-{day} 09:59")
    assert process.channel.sent == []

    for moment in (
        "12-01 09:59",
        "12-01 10:00",
        "12-01 10:01",
        "12-07 09:59",
        "12-07 10:00",
        "12-08 08:59",
        "12-08 09:00",
    ):
        before = len(process.channel.sent)
        await process.beat_at(f"2026-{moment}")
        await process.beat()
        assert len(process.channel.sent) - before == moment.endswith("00"), moment


@pytest.mark.parametrize(
    ("day", "lead", "due"),
    [
        # The clocks go forward on 28 March 2027 and back on 31 October 2027.
        ("2027-04-01", "7d", "2027-03-25 10:00"),
        ("2027-03-28", "1d", "2027-03-27 10:00"),
        ("2027-03-28", "1h", "2027-03-28 09:00"),
        ("2027-11-01", "7d", "2027-10-25 10:00"),
        ("2027-10-31", "1d", "2027-10-30 10:00"),
        ("2027-10-31", "24h", "2027-10-30 10:00"),
        ("2027-01-01", "1d", "2026-12-31 10:00"),
        ("2028-03-01", "1d", "2028-02-29 10:00"),
    ],
)
def test_a_change_of_clock_never_shifts_a_reminder(day, lead, due):
    known = calendar(starts=f"{day}T10:00:00", rrule="FREQ=DAILY;COUNT=1", reminders=f'["{lead}"]')
    meeting = next(known.meetings(at("2026-01-01 00:00"), at("2029-01-01 00:00")))

    assert known.due(meeting, meeting.series.leads[0]) == at(due)


async def test_a_bot_that_slept_catches_up_with_only_the_nearest_lead(process):
    process.subscribe("anna")

    await process.beat_at("2026-12-07 22:00")
    await process.beat()

    assert process.rows() == [("anna", "1d", "sent")]


async def test_nothing_is_sent_after_the_start(process):
    process.subscribe("anna")

    await process.beat_at("2026-12-08 10:00")

    assert process.channel.sent == []


async def test_a_reminder_that_waits_past_the_start_expires(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-08 09:59")
    process.channel.answer = None

    await process.beat_at("2026-12-08 10:00")

    assert process.channel.sent == []
    assert process.states() == {("anna", "1h"): ("expired", "meeting_started", "")}


async def test_a_reminder_that_still_waits_gives_way_to_the_nearer_one(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("429", 900.0)
    await process.beat_at("2026-12-08 08:50")
    process.channel.answer = None

    await process.beat_at("2026-12-08 09:00")

    assert [state for _, _, state in process.rows()] == ["expired", "sent"]


async def test_who_subscribes_after_the_moment_gets_the_next_one(process):
    process.clock.now = at("2026-12-01 10:01")
    process.subscribe("anna")

    await process.beat_at("2026-12-01 10:02")
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.rows() == [("anna", "1d", "sent")]


async def test_subscribing_twice_is_once(process):
    process.subscribe("anna")
    process.clock.now = at("2026-12-01 09:59")
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:01")
    process.subscribe("anna")
    await process.beat()

    assert process.channel.titles("anna") == [REMINDER]


# Leads.


async def test_who_chose_leads_gets_those_and_no_others(process):
    process.subscribe("anna", 2 * 1440, 30)
    process.subscribe("bram")
    for moment in ("12-01 10:00", "12-06 10:00", "12-07 10:00", "12-08 09:00", "12-08 09:30"):
        await process.beat_at(f"2026-{moment}")

    assert [lead for who, lead, _ in process.rows() if who == "anna"] == ["2d", "30m"]
    assert [lead for who, lead, _ in process.rows() if who == "bram"] == ["7d", "1d", "1h"]


async def test_of_overdue_chosen_leads_only_the_nearest_is_sent(process):
    process.subscribe("anna", 3 * 1440, 2 * 1440, 1440, 15)

    await process.beat_at("2026-12-07 12:00")

    assert process.rows() == [("anna", "1d", "sent")]


async def test_a_lead_that_was_due_before_it_was_chosen_is_not_made_up_for(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-07 10:00")

    process.clock.now = at("2026-12-07 12:00")
    process.subscribe("anna", 2 * 1440, 30)
    await process.beat()
    await process.beat_at("2026-12-08 09:30")

    assert process.rows() == [("anna", "1d", "sent"), ("anna", "30m", "sent")]


async def test_a_lead_that_is_chosen_too_late_waits_for_the_next_meeting(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.clock.now = at("2026-12-03 10:00")
    process.subscribe("anna", 6 * 1440)
    await process.beat()
    await process.beat_at("2027-01-06 10:00")

    assert process.rows("occurrence", "lead") == [
        ("cop/2026-12-08", "7d"),
        ("cop/2027-01-12", "6d"),
    ]


async def test_a_lead_further_than_one_that_was_sent_is_not_sent_after_it(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-07 10:00")

    process.calendar = calendar(reminders='["2d"]')
    await process.beat_at("2026-12-07 12:00")

    assert process.rows() == [("anna", "1d", "sent")]


async def test_other_leads_stop_what_is_queued_for_the_former(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")

    process.subscribe("anna", 60)

    assert process.states() == {("anna", "7d"): ("stopped", "other_leads", "")}


# Stop and pause.


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


async def test_who_is_forgotten_gets_nothing_and_leaves_no_row(process):
    process.subscribe("anna")
    plan(process.calendar, process.plans, at("2026-12-01 10:00"))
    process.conversations.apply(address("anna"), (ForgetMe(),), process.clock())

    await process.beat_at("2026-12-01 10:01")

    assert process.channel.sent == []
    assert process.rows() == []


# Changes of a meeting.


async def test_who_was_told_gets_one_correction_and_the_earlier_card_is_edited(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.clock.now = at("2026-12-02 10:00")
    process.subscribe("bram")

    process.calendar = calendar(moved("2026-12-08", "2026-12-15T11:00:00"))
    for _ in range(3):
        await process.beat_at("2026-12-02 10:01")

    assert process.channel.titles("anna") == [REMINDER, "Verplaatst: CoP"]
    assert process.channel.titles("bram") == []
    assert process.channel.updated == [("anna", "a1", "Verplaatst: CoP")]
    text = process.channel.sent[-1][2]
    assert "dinsdag 15 december 2026, 11:00-12:30 uur" in text
    assert "dinsdag 8 december 2026, 10:00 uur" in text


async def test_a_meeting_that_is_moved_is_announced_anew_for_its_new_moment(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-07 10:00")
    process.calendar = calendar(moved("2026-12-08", "2026-12-15T11:00:00"))
    await process.beat_at("2026-12-07 12:00")
    for moment in ("12-08 09:00", "12-08 11:00", "12-14 11:00", "12-15 10:00", "12-15 11:00"):
        await process.beat_at(f"2026-{moment}")

    assert [lead for _, lead, state in process.rows() if state == "sent"] == [
        "1d",
        "change 1",
        "7d 2026-12-15T11:00",
        "1d 2026-12-15T11:00",
        "1h 2026-12-15T11:00",
    ]


async def test_a_correction_is_enough_where_a_reminder_is_overdue_for_the_new_moment(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(moved("2026-12-08", "2026-12-03T10:00:00"))

    await process.beat_at("2026-12-02 12:00")
    await process.beat()

    assert process.channel.titles() == [REMINDER, "Verplaatst: CoP"]


async def test_a_meeting_moved_back_before_anybody_heard_gives_no_correction(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    there, back = calendar(moved("2026-12-08", "2026-12-15T11:00:00")), process.calendar

    plan(there, process.plans, at("2026-12-02 10:00"))
    process.calendar = back
    await process.beat_at("2026-12-02 10:01")

    assert process.channel.titles() == [REMINDER]
    assert process.states()["anna", "change 1"] == ("stopped", "change_undone", "")


async def test_each_further_change_is_one_more_correction(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    for changes in (
        [moved("2026-12-08", "2026-12-15T11:00:00")],
        [cancelled("2026-12-08")],
        [moved("2026-12-08", "2026-12-16T11:00:00")],
        [],
    ):
        process.calendar = calendar(*changes)
        await process.beat_at("2026-12-02 10:00")
        await process.beat()

    assert process.channel.titles() == [
        REMINDER,
        "Verplaatst: CoP",
        "Gaat niet door: CoP",
        "Gaat toch door: CoP",
        "Verplaatst: CoP",
    ]
    assert "dinsdag 15 december 2026, 11:00 uur" in process.channel.sent[2][2]
    # As it was planned at first: what counts is what people were told last.
    assert "woensdag 16 december 2026, 11:00 uur" in process.channel.sent[4][2]


async def test_a_meeting_that_leaves_the_calendar_is_named_by_its_moment(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(starts="2027-01-12T10:00:00")

    await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER, "Een bijeenkomst gaat niet door"]
    assert "dinsdag 8 december 2026, 10:00 uur" in process.channel.sent[-1][2]


async def test_without_a_usable_calendar_nobody_is_told_that_meetings_are_off(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")

    assert plan(Calendar.empty(), process.plans, at("2026-12-02 10:00")) == 0


async def test_a_correction_goes_to_who_paused_and_not_to_who_stopped(process):
    for name in ("anna", "bram"):
        process.subscribe(name)
    await process.beat_at("2026-12-01 10:00")
    process.pause("anna", "2027-02-01 00:00")
    process.stop("bram")

    process.calendar = calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles("anna") == [REMINDER, "Gaat niet door: CoP"]
    assert process.channel.titles("bram") == [REMINDER]
    assert ("bram", "change 1") not in process.states()


async def test_a_correction_that_is_queued_stops_with_stop_and_is_not_sent_after_coming_back(
    process,
):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    plan(process.calendar, process.plans, at("2026-12-02 10:00"))

    process.stop("anna")
    await process.beat_at("2026-12-02 10:01")

    assert process.channel.titles() == [REMINDER]


async def test_nothing_is_corrected_when_all_is_past(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))

    await process.beat_at("2026-12-08 10:00")

    assert process.channel.titles() == [REMINDER]


async def test_a_reminder_that_was_called_off_is_sent_when_the_meeting_is_held_after_all(process):
    process.subscribe("anna")
    plan(process.calendar, process.plans, at("2026-12-07 10:00"))
    held, process.calendar = process.calendar, calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-07 10:01")
    assert process.channel.sent == []

    process.calendar = held
    await process.beat_at("2026-12-07 10:02")

    assert process.rows() == [("anna", "1d", "sent")]


async def test_who_may_have_been_told_is_corrected_too(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: InDoubt("cut off")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None

    process.calendar = calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-01 10:01")

    assert process.channel.titles() == ["Gaat niet door: CoP"]


async def test_an_edit_that_cannot_be_made_is_tried_again_and_then_left(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    process.channel.answer_edit = lambda *_: Later("503")
    for _ in range(8):
        await process.beat()
        process.clock.move(minutes=3)

    assert process.channel.titles() == [REMINDER, "Gaat niet door: CoP"]
    assert len(process.channel.updated) == 5


async def test_a_correction_that_is_refused_is_not_planned_again_and_again(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    process.channel.answer = lambda *_: Refused("413")
    for _ in range(3):
        await process.beat()

    assert [lead for _, lead, _ in process.rows()] == ["7d", "change 1"]


# Channels.


async def test_a_channel_gets_a_post_of_its_own_and_its_correction_edits_that_post(process):
    process.subscribe("19:x@thread.tacv2;messageid=1", place="channel")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-02 10:00")

    assert process.channel.threads == ["19:x@thread.tacv2"] * 2
    assert process.channel.updated == [
        ("19:x@thread.tacv2;messageid=a1", "a1", "Gaat niet door: CoP")
    ]


# What goes wrong.

RESULTS = [
    (Gone("blocked", "403"), ("failed", "blocked", ""), False),
    (Gone("removed", "403"), ("failed", "removed", ""), False),
    (Gone("disabled", "403"), ("failed", "disabled", ""), True),
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
    process.channel.answer = lambda *_: Gone("disabled", "403")
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


async def test_who_was_cut_off_often_is_still_sent_after_a_503(process):
    now = at("2026-12-01 10:00")
    process.subscribe("anna")
    process.clock.now = now
    plan(process.calendar, process.plans, now)
    for _ in range(5):
        process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
        process.outbox.release(lambda _: True, now)
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
    from tests.support.reminders import toml

    second = (
        toml().partition('Amsterdam"\n')[2].replace('"cop"', '"twee"').replace('"CoP"', '"Tweede"')
    )
    process.calendar = parse((toml() + second).encode())[0]
    for name in ("anna", "bram"):
        process.subscribe(name)

    await process.beat_at("2026-12-01 10:00")

    assert sorted((who, title) for who, title, _ in process.channel.sent) == [
        ("anna", "Herinnering: CoP"),
        ("anna", "Herinnering: Tweede"),
        ("bram", "Herinnering: CoP"),
        ("bram", "Herinnering: Tweede"),
    ]


# Crashes and two processes.


async def test_what_was_cut_off_is_not_sent_to_who_said_stop_or_paused_since(process):
    now = at("2026-12-01 10:00")
    for name in ("anna", "bram"):
        process.subscribe(name)
    process.clock.now = now
    plan(process.calendar, process.plans, now)
    for _ in range(2):
        process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
    process.stop("anna")
    process.pause("bram", "2026-12-02 10:00")

    after = other(process, living=())
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
    second = other(process, living=())

    def take(outbox):
        return outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)

    row = take(process.outbox)
    second.outbox.release(lambda who: who == "one", now)
    assert take(second.outbox).doubts == 1
    process.outbox.sent(row, activity="a", thread="", now=now)
    process.outbox.again(row, at=now, reason=Reason.LATER)
    process.outbox.end(row, State.FAILED, Reason.GAVE_UP)

    assert process.rows("state", "claimed_by") == [("sending", "two")]
    second.close()


async def test_a_send_that_was_cut_off_is_sent_again_by_the_next_process(process):
    process.subscribe("anna")
    process.clock.now = now = at("2026-12-01 10:00")
    plan(process.calendar, process.plans, now)
    process.outbox.claim(now, lambda row: still_due(process.calendar, row, now), due_by=now)
    assert process.states() == {("anna", "7d"): ("sending", None, "")}

    after = other(process, living=())
    await after.beat()

    assert process.channel.titles() == [REMINDER]
    assert process.rows("state", "doubts") == [("sent", 1)]
    after.close()


async def test_a_claim_of_a_living_process_is_left_alone_however_long_it_takes(process):
    process.subscribe("anna")
    second = other(process)

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
    second = other(process)
    process.clock.now = at("2026-12-01 10:00")

    await asyncio.gather(process.beat(), second.beat())

    assert sorted(who for who, _, _ in process.channel.sent) == [f"m{n:02}" for n in range(40)]
    second.close()


async def test_what_could_not_be_recorded_is_in_doubt_and_sent_again(process):
    process.subscribe("anna")
    record, calls = process.outbox.sent, []

    def full(row, **more):
        calls.append(1)
        if len(calls) == 1:
            raise OSError("the disk is full")
        record(row, **more)

    process.outbox.sent = full
    with pytest.raises(OSError, match="full"):
        await process.beat_at("2026-12-01 10:00")
    assert process.states() == {("anna", "7d"): ("sending", None, "")}

    await process.beat_at("2026-12-01 10:01")

    assert process.rows("state", "doubts") == [("sent", 1)]


async def test_stopping_finishes_what_is_under_way_and_claims_nothing_more(process):
    for number in range(10):
        process.subscribe(f"m{number}")
    going, may_end = asyncio.Event(), asyncio.Event()

    async def slow(where, card):
        going.set()
        await may_end.wait()

    process.channel.before = slow
    process.clock.now = at("2026-12-01 10:00")
    plan(process.calendar, process.plans, process.clock())
    await process.delivery.beat()
    await going.wait()
    stopping = asyncio.create_task(process.delivery.stop())
    await asyncio.sleep(0)
    may_end.set()
    await stopping

    states = [state for _, _, state in process.rows()]
    assert states.count("sent") == len(process.channel.sent) > 0
    assert "sending" not in states


async def test_the_card_is_in_the_language_that_was_chosen(process):
    process.subscribe("anna")
    process.database.execute("update conversations set language = 'en'")
    process.database.conn.commit()

    await process.beat_at("2026-12-01 10:00")

    assert process.channel.titles() == ["Reminder: CoP in English"]


def test_memory_is_a_channel():
    from bot.channel import Channel

    channel: Channel = Memory()
    assert channel
