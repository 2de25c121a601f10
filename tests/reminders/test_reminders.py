"""What we promise about reminders (DESIGN 5): each promise, and the state that is left behind."""

import asyncio

import pytest

from bot.channel import Gone, InDoubt, Later, Refused, Sent
from bot.reminders.delivery import ATTEMPTS_MAX, DOUBTS_MAX
from bot.reminders.planning import plan, still_due
from dialogs.values import ForgetMe
from faq.meetings import Calendar
from tests.conftest import Clock
from tests.support.reminders import Memory, Office, address, at, calendar, cancelled, moved

REMINDER = "Herinnering: CoP"


@pytest.fixture
def clock():
    return Clock(at("2026-11-25 12:00"))


@pytest.fixture
def office(tmp_path, clock):
    found = Office(tmp_path / "bot.sqlite3", clock, calendar())
    yield found
    found.close()


def other(office, **more):
    """A second process on the same database."""
    values = {"me": "two", "channel": office.channel, "living": {"one"}} | more
    return Office(office.path, office.clock, office.calendar, **values)


# When.


async def test_each_lead_is_sent_once_at_its_local_time(office):
    office.subscribe("anna")
    for day in range(25, 31):
        await office.beat_at(f"2026-11-{day} 09:59")
    assert office.channel.sent == []

    for moment in (
        "12-01 09:59",
        "12-01 10:00",
        "12-01 10:01",
        "12-07 09:59",
        "12-07 10:00",
        "12-08 08:59",
        "12-08 09:00",
    ):
        before = len(office.channel.sent)
        await office.beat_at(f"2026-{moment}")
        await office.beat()
        assert len(office.channel.sent) - before == moment.endswith("00"), moment


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
    found = calendar(starts=f"{day}T10:00:00", rrule="FREQ=DAILY;COUNT=1", reminders=f'["{lead}"]')
    meeting = next(found.meetings(at("2026-01-01 00:00"), at("2029-01-01 00:00")))

    assert found.due(meeting, meeting.series.leads[0]) == at(due)


async def test_a_bot_that_slept_catches_up_with_only_the_nearest_lead(office):
    office.subscribe("anna")

    await office.beat_at("2026-12-07 22:00")
    await office.beat()

    assert office.rows() == [("anna", "1d", "sent")]


async def test_nothing_is_sent_after_the_start(office):
    office.subscribe("anna")

    await office.beat_at("2026-12-08 10:00")

    assert office.channel.sent == []


async def test_a_reminder_that_waits_past_the_start_expires(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Later("503")
    await office.beat_at("2026-12-08 09:59")
    office.channel.answer = None

    await office.beat_at("2026-12-08 10:00")

    assert office.channel.sent == []
    assert office.states() == {("anna", "1h"): ("expired", "the meeting has started")}


async def test_a_reminder_that_still_waits_gives_way_to_the_nearer_one(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Later("429", 900.0)
    await office.beat_at("2026-12-08 08:50")
    office.channel.answer = None

    await office.beat_at("2026-12-08 09:00")

    assert [state for _, _, state in office.rows()] == ["expired", "sent"]


async def test_who_subscribes_after_the_moment_gets_the_next_one(office):
    office.clock.now = at("2026-12-01 10:01")
    office.subscribe("anna")

    await office.beat_at("2026-12-01 10:02")
    assert office.channel.sent == []

    await office.beat_at("2026-12-07 10:00")
    assert office.rows() == [("anna", "1d", "sent")]


async def test_subscribing_twice_is_once(office):
    office.subscribe("anna")
    office.clock.now = at("2026-12-01 09:59")
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:01")
    office.subscribe("anna")
    await office.beat()

    assert office.channel.titles("anna") == [REMINDER]


# Leads.


async def test_who_chose_leads_gets_those_and_no_others(office):
    office.subscribe("anna", 2 * 1440, 30)
    office.subscribe("bram")
    for moment in ("12-01 10:00", "12-06 10:00", "12-07 10:00", "12-08 09:00", "12-08 09:30"):
        await office.beat_at(f"2026-{moment}")

    assert [lead for who, lead, _ in office.rows() if who == "anna"] == ["2d", "30m"]
    assert [lead for who, lead, _ in office.rows() if who == "bram"] == ["7d", "1d", "1h"]


async def test_of_overdue_chosen_leads_only_the_nearest_is_sent(office):
    office.subscribe("anna", 3 * 1440, 2 * 1440, 1440, 15)

    await office.beat_at("2026-12-07 12:00")

    assert office.rows() == [("anna", "1d", "sent")]


async def test_a_lead_that_was_due_before_it_was_chosen_is_not_made_up_for(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-07 10:00")

    office.clock.now = at("2026-12-07 12:00")
    office.subscribe("anna", 2 * 1440, 30)
    await office.beat()
    await office.beat_at("2026-12-08 09:30")

    assert office.rows() == [("anna", "1d", "sent"), ("anna", "30m", "sent")]


async def test_a_lead_that_is_chosen_too_late_waits_for_the_next_meeting(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.clock.now = at("2026-12-03 10:00")
    office.subscribe("anna", 6 * 1440)
    await office.beat()
    await office.beat_at("2027-01-06 10:00")

    assert office.rows("occurrence", "lead") == [("cop/2026-12-08", "7d"), ("cop/2027-01-12", "6d")]


async def test_a_lead_further_than_one_that_was_sent_is_not_sent_after_it(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-07 10:00")

    office.calendar = calendar(reminders='["2d"]')
    await office.beat_at("2026-12-07 12:00")

    assert office.rows() == [("anna", "1d", "sent")]


async def test_other_leads_stop_what_is_queued_for_the_former(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Later("503")
    await office.beat_at("2026-12-01 10:00")

    office.subscribe("anna", 60)

    assert office.states() == {("anna", "7d"): ("stopped", "other leads chosen")}


# Stop and pause.


async def test_stop_holds_for_what_is_queued(office):
    for name in ("anna", "bram"):
        office.subscribe(name)
    office.channel.answer = lambda *_: Later("503")
    await office.beat_at("2026-12-01 10:00")
    office.channel.answer = None

    office.stop("anna")
    await office.beat_at("2026-12-01 12:00")

    assert office.channel.titles("anna") == []
    assert office.channel.titles("bram") == [REMINDER]
    assert office.states()["anna", "7d"] == ("stopped", "stop")


async def test_stop_holds_for_a_row_while_others_are_being_sent(office):
    names = [f"m{number}" for number in range(10)]
    for name in names:
        office.subscribe(name)

    async def stop_the_last(where, card):
        if where.conversation_id == "m0":
            office.stop("m9")

    office.channel.before = stop_the_last
    await office.beat_at("2026-12-01 10:00")

    assert sorted(who for who, _, _ in office.channel.sent) == names[:-1]


async def test_what_fails_while_somebody_says_stop_is_not_tried_again(office):
    office.subscribe("anna")

    async def stop(where, card):
        office.stop("anna")

    office.channel.before, office.channel.answer = stop, lambda *_: Later("503")
    await office.beat_at("2026-12-01 10:00")
    office.channel.before = office.channel.answer = None
    office.subscribe("anna")
    await office.beat_at("2026-12-01 12:00")

    assert office.channel.sent == []


async def test_a_pause_over_the_moment_is_not_made_up_for(office):
    office.subscribe("anna")
    office.pause("anna", "2026-12-02 00:00")

    for moment in ("12-01 10:00", "12-02 00:01", "12-03 10:00"):
        await office.beat_at(f"2026-{moment}")
    assert office.channel.sent == []

    office.subscribe("anna")
    await office.beat()
    assert office.channel.sent == [], "also not when she says so after the pause"

    await office.beat_at("2026-12-07 10:00")
    assert office.rows() == [("anna", "1d", "sent")]


async def test_a_pause_that_is_ended_early_begins_anew(office):
    office.subscribe("anna")
    office.pause("anna", "2027-01-01 00:00")
    await office.beat_at("2026-12-01 12:00")
    office.subscribe("anna")
    await office.beat()
    assert office.channel.sent == []

    await office.beat_at("2026-12-07 10:00")
    assert office.rows() == [("anna", "1d", "sent")]


async def test_a_pause_drops_what_is_queued(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Later("503")
    await office.beat_at("2026-12-01 10:00")
    office.channel.answer = None

    office.pause("anna", "2026-12-01 11:00")
    await office.beat_at("2026-12-01 12:00")

    assert office.channel.sent == []


async def test_who_is_forgotten_gets_nothing_and_leaves_no_row(office):
    office.subscribe("anna")
    plan(office.calendar, office.plans, at("2026-12-01 10:00"))
    office.conversations.apply(address("anna"), (ForgetMe(),), office.clock())

    await office.beat_at("2026-12-01 10:01")

    assert office.channel.sent == []
    assert office.rows() == []


# Changes of a meeting.


async def test_who_was_told_gets_one_correction_and_the_earlier_card_is_edited(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.clock.now = at("2026-12-02 10:00")
    office.subscribe("bram")

    office.calendar = calendar(moved("2026-12-08", "2026-12-15T11:00:00"))
    for _ in range(3):
        await office.beat_at("2026-12-02 10:01")

    assert office.channel.titles("anna") == [REMINDER, "Verplaatst: CoP"]
    assert office.channel.titles("bram") == []
    assert office.channel.updated == [("anna", "a1", "Verplaatst: CoP")]
    text = office.channel.sent[-1][2]
    assert "dinsdag 15 december 2026, 11:00-12:30 uur" in text
    assert "dinsdag 8 december 2026, 10:00 uur" in text


async def test_a_meeting_that_is_moved_is_announced_anew_for_its_new_moment(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-07 10:00")
    office.calendar = calendar(moved("2026-12-08", "2026-12-15T11:00:00"))
    await office.beat_at("2026-12-07 12:00")
    for moment in ("12-08 09:00", "12-08 11:00", "12-14 11:00", "12-15 10:00", "12-15 11:00"):
        await office.beat_at(f"2026-{moment}")

    assert [lead for _, lead, state in office.rows() if state == "sent"] == [
        "1d",
        "change 1",
        "7d 2026-12-15T11:00",
        "1d 2026-12-15T11:00",
        "1h 2026-12-15T11:00",
    ]


async def test_a_correction_is_enough_where_a_reminder_is_overdue_for_the_new_moment(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(moved("2026-12-08", "2026-12-03T10:00:00"))

    await office.beat_at("2026-12-02 12:00")
    await office.beat()

    assert office.channel.titles() == [REMINDER, "Verplaatst: CoP"]


async def test_a_meeting_moved_back_before_anybody_heard_gives_no_correction(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    there, back = calendar(moved("2026-12-08", "2026-12-15T11:00:00")), office.calendar

    plan(there, office.plans, at("2026-12-02 10:00"))
    office.calendar = back
    await office.beat_at("2026-12-02 10:01")

    assert office.channel.titles() == [REMINDER]
    assert office.states()["anna", "change 1"] == ("stopped", "what people were told is so again")


async def test_each_further_change_is_one_more_correction(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    for changes in (
        [moved("2026-12-08", "2026-12-15T11:00:00")],
        [cancelled("2026-12-08")],
        [moved("2026-12-08", "2026-12-16T11:00:00")],
        [],
    ):
        office.calendar = calendar(*changes)
        await office.beat_at("2026-12-02 10:00")
        await office.beat()

    assert office.channel.titles() == [
        REMINDER,
        "Verplaatst: CoP",
        "Gaat niet door: CoP",
        "Gaat toch door: CoP",
        "Verplaatst: CoP",
    ]
    assert "dinsdag 15 december 2026, 11:00 uur" in office.channel.sent[2][2]
    # As it was planned at first: what counts is what people were told last.
    assert "woensdag 16 december 2026, 11:00 uur" in office.channel.sent[4][2]


async def test_a_meeting_that_leaves_the_calendar_is_named_by_its_moment(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(starts="2027-01-12T10:00:00")

    await office.beat_at("2026-12-02 10:00")

    assert office.channel.titles() == [REMINDER, "Een bijeenkomst gaat niet door"]
    assert "dinsdag 8 december 2026, 10:00 uur" in office.channel.sent[-1][2]


async def test_without_a_usable_calendar_nobody_is_told_that_meetings_are_off(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")

    assert plan(Calendar.empty(), office.plans, at("2026-12-02 10:00")) == 0


async def test_a_correction_goes_to_who_paused_and_not_to_who_stopped(office):
    for name in ("anna", "bram"):
        office.subscribe(name)
    await office.beat_at("2026-12-01 10:00")
    office.pause("anna", "2027-02-01 00:00")
    office.stop("bram")

    office.calendar = calendar(cancelled("2026-12-08"))
    await office.beat_at("2026-12-02 10:00")

    assert office.channel.titles("anna") == [REMINDER, "Gaat niet door: CoP"]
    assert office.channel.titles("bram") == [REMINDER]
    assert ("bram", "change 1") not in office.states()


async def test_a_correction_that_is_queued_stops_with_stop_and_is_not_sent_after_coming_back(
    office,
):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(cancelled("2026-12-08"))
    plan(office.calendar, office.plans, at("2026-12-02 10:00"))

    office.stop("anna")
    await office.beat_at("2026-12-02 10:01")

    assert office.channel.titles() == [REMINDER]


async def test_nothing_is_corrected_when_all_is_past(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(cancelled("2026-12-08"))

    await office.beat_at("2026-12-08 10:00")

    assert office.channel.titles() == [REMINDER]


async def test_a_reminder_that_was_called_off_is_sent_when_the_meeting_is_held_after_all(office):
    office.subscribe("anna")
    plan(office.calendar, office.plans, at("2026-12-07 10:00"))
    held, office.calendar = office.calendar, calendar(cancelled("2026-12-08"))
    await office.beat_at("2026-12-07 10:01")
    assert office.channel.sent == []

    office.calendar = held
    await office.beat_at("2026-12-07 10:02")

    assert office.rows() == [("anna", "1d", "sent")]


async def test_who_may_have_been_told_is_corrected_too(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: InDoubt("cut off")
    await office.beat_at("2026-12-01 10:00")
    office.channel.answer = None

    office.calendar = calendar(cancelled("2026-12-08"))
    await office.beat_at("2026-12-01 10:01")

    assert office.channel.titles() == ["Gaat niet door: CoP"]


async def test_an_edit_that_cannot_be_made_is_tried_again_and_then_left(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(cancelled("2026-12-08"))
    office.channel.answer_edit = lambda *_: Later("503")
    for _ in range(8):
        await office.beat()
        office.clock.move(minutes=3)

    assert office.channel.titles() == [REMINDER, "Gaat niet door: CoP"]
    assert len(office.channel.updated) == 5


async def test_a_correction_that_is_refused_is_not_planned_again_and_again(office):
    office.subscribe("anna")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(cancelled("2026-12-08"))
    office.channel.answer = lambda *_: Refused("413")
    for _ in range(3):
        await office.beat()

    assert [lead for _, lead, _ in office.rows()] == ["7d", "change 1"]


# Channels.


async def test_a_channel_gets_a_post_of_its_own_and_its_correction_edits_that_post(office):
    office.subscribe("19:x@thread.tacv2;messageid=1", place="channel")
    await office.beat_at("2026-12-01 10:00")
    office.calendar = calendar(cancelled("2026-12-08"))
    await office.beat_at("2026-12-02 10:00")

    assert office.channel.threads == ["19:x@thread.tacv2"] * 2
    assert office.channel.updated == [
        ("19:x@thread.tacv2;messageid=a1", "a1", "Gaat niet door: CoP")
    ]


# What goes wrong.

RESULTS = [
    (Gone("blocked"), "failed", "blocked", False),
    (Gone("removed"), "failed", "removed", False),
    (Gone("disabled"), "failed", "disabled", True),
    (Refused("400 BadArgument"), "failed", "400 BadArgument", True),
    (Refused("413 MessageSizeTooBig"), "failed", "413 MessageSizeTooBig", True),
    (Refused("401", setup=True), "planned", "401", True),
    (Refused("404 ConversationNotFound", not_found=True), "planned", "not found", True),
    (Later("429", 20.0), "planned", "429", True),
    (Later("503"), "planned", "503", True),
    (InDoubt("504"), "planned", "504", True),
]


@pytest.mark.parametrize(("result", "state", "why", "kept"), RESULTS, ids=lambda v: str(v)[:40])
async def test_each_result_leaves_the_right_state(office, result, state, why, kept):
    office.subscribe("anna")
    office.channel.answer = lambda *_: result
    await office.beat_at("2026-12-01 10:00")

    assert office.states() == {("anna", "7d"): (state, why)}
    assert bool(next(office.desk.query("select address from conversations"))["address"]) == kept
    office.channel.answer = None
    await office.beat_at("2026-12-01 11:00")
    assert bool(office.channel.sent) == (state == "planned")


async def test_a_conversation_that_is_not_found_twice_is_gone(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Refused("404 ConversationNotFound", not_found=True)
    await office.beat_at("2026-12-01 10:00")
    await office.beat_at("2026-12-01 10:00:30")
    assert office.states()["anna", "7d"][0] == "planned"

    await office.beat_at("2026-12-01 10:01")

    assert office.states()["anna", "7d"] == ("failed", "uninstalled")
    assert office.conversations.state(address("anna"), office.clock()).subscription.active is False


async def test_who_was_switched_off_is_woken_by_the_next_word_and_not_by_anything_before(office):
    office.subscribe("anna")
    office.channel.answer = lambda *_: Gone("disabled")
    await office.beat_at("2026-12-01 10:00")
    office.channel.answer = None
    office.clock.now = at("2026-12-02 10:00")

    office.conversations.state(address("anna"), office.clock())
    await office.beat()
    assert office.channel.sent == []

    await office.beat_at("2026-12-07 10:00")
    assert office.channel.titles() == [REMINDER]


async def test_attempts_are_bounded(office):
    office.subscribe("anna")
    tries = []
    office.channel.answer = lambda *_: tries.append(1) or Later("503")
    office.clock.now = at("2026-12-01 10:00")
    for _ in range(40):
        await office.beat()
        office.clock.move(minutes=20)

    assert len(tries) == ATTEMPTS_MAX
    assert office.states()["anna", "7d"] == ("failed", f"after {ATTEMPTS_MAX} attempts: 503")


async def test_a_connector_that_is_always_too_slow_gets_a_message_a_few_times_at_most(office):
    office.subscribe("anna")
    tries = []
    office.channel.answer = lambda *_: tries.append(1) or InDoubt("cut off")
    office.clock.now = at("2026-12-01 10:00")
    for _ in range(20):
        await office.beat()
        office.clock.move(minutes=20)

    assert len(tries) == DOUBTS_MAX


async def test_who_was_cut_off_often_is_still_sent_after_a_503(office):
    now = at("2026-12-01 10:00")
    office.subscribe("anna")
    office.clock.now = now
    plan(office.calendar, office.plans, now)
    for _ in range(5):
        office.outbox.claim(now, lambda row: still_due(office.calendar, row, now), due_by=now)
        office.outbox.release(lambda _: True, now)
    office.channel.answer = lambda *_: Later("503")
    await office.beat()
    office.channel.answer = None

    await office.beat_at("2026-12-01 11:00")

    assert office.channel.titles() == [REMINDER]


async def test_a_set_up_that_is_refused_costs_no_attempts_and_keeps_everything_for_later(office):
    for number in range(20):
        office.subscribe(f"m{number}")
    office.channel.answer = lambda *_: Refused("no token", setup=True)
    office.clock.now = at("2026-12-01 10:00")
    for _ in range(30):
        await office.beat()
        office.clock.move(minutes=2)
    office.channel.answer = None
    for _ in range(3):
        await office.beat()
        office.clock.move(minutes=2)

    assert len(office.channel.sent) == 20


async def test_a_retry_after_pauses_everybody(office):
    for number in range(10):
        office.subscribe(f"m{number}")
    moments, first = [], []

    def answer(*_):
        moments.append(office.clock.now)
        first.append(1)
        return Later("429", 120.0) if len(first) == 1 else Sent("x")

    office.channel.answer = answer
    await office.beat_at("2026-12-01 10:00")

    # The few that were under way already may still leave.
    waited = [m for m in moments if (m - moments[0]).total_seconds() >= 120]
    assert len(waited) >= 4
    assert all(m in waited or (m - moments[0]).total_seconds() < 1 for m in moments)


async def test_a_send_that_breaks_is_recorded_and_tried_again(office):
    office.subscribe("anna")

    def broken(*_):
        raise ValueError("a mistake of ours")

    office.channel.answer = broken
    await office.beat_at("2026-12-01 10:00")
    assert office.states() == {("anna", "7d"): ("planned", "broke: ValueError")}

    office.channel.answer = None
    await office.beat_at("2026-12-01 10:05")
    assert office.channel.titles() == [REMINDER]


async def test_many_failures_in_a_row_slow_everybody_down(office):
    for number in range(60):
        office.subscribe(f"m{number}")
    office.channel.answer = lambda *_: Later("not reached")
    office.clock.now = began = at("2026-12-01 10:00")

    await office.beat()

    assert (office.clock.now - began).total_seconds() > 120


async def test_one_damaged_address_does_not_hold_up_the_others(office):
    for name in ("anna", "bram", "carla"):
        office.subscribe(name)
    for name, damaged in (("anna", "{"), ("bram", "[1]")):
        office.desk.execute("update conversations set address = ? where id = ?", [damaged, name])
    office.desk.conn.commit()

    await office.beat_at("2026-12-01 10:00")

    assert office.channel.titles() == [REMINDER]
    assert office.states()["anna", "7d"] == ("failed", "the address cannot be read")


async def test_meetings_that_are_due_at_the_same_time_all_go_to_everybody(office):
    from faq.meetings_file import parse
    from tests.support.reminders import toml

    second = (
        toml().partition('Amsterdam"\n')[2].replace('"cop"', '"twee"').replace('"CoP"', '"Tweede"')
    )
    office.calendar = parse((toml() + second).encode())[0]
    for name in ("anna", "bram"):
        office.subscribe(name)

    await office.beat_at("2026-12-01 10:00")

    assert sorted((who, title) for who, title, _ in office.channel.sent) == [
        ("anna", "Herinnering: CoP"),
        ("anna", "Herinnering: Tweede"),
        ("bram", "Herinnering: CoP"),
        ("bram", "Herinnering: Tweede"),
    ]


# Crashes and two processes.


async def test_what_was_cut_off_is_not_sent_to_who_said_stop_or_paused_since(office):
    now = at("2026-12-01 10:00")
    for name in ("anna", "bram"):
        office.subscribe(name)
    office.clock.now = now
    plan(office.calendar, office.plans, now)
    for _ in range(2):
        office.outbox.claim(now, lambda row: still_due(office.calendar, row, now), due_by=now)
    office.stop("anna")
    office.pause("bram", "2026-12-02 10:00")

    after = other(office, living=())
    await after.beat()
    office.subscribe("anna")
    await after.beat_at("2026-12-03 10:00")

    assert office.channel.sent == []
    assert {state for _, _, state in office.rows()} == {"stopped"}
    after.close()


async def test_a_row_that_another_version_left_for_who_paused_is_not_taken(office):
    office.subscribe("anna")
    plan(office.calendar, office.plans, at("2026-12-01 10:00"))
    office.pause("anna", "2026-12-02 10:00")
    office.desk.execute("update outbox set state = 'planned'")
    office.desk.conn.commit()

    await office.beat_at("2026-12-01 10:01")

    assert office.channel.sent == []


async def test_who_lost_a_claim_records_nothing(office):
    now = at("2026-12-01 10:00")
    office.subscribe("anna")
    plan(office.calendar, office.plans, now)
    second = other(office, living=())

    def take(outbox):
        return outbox.claim(now, lambda row: still_due(office.calendar, row, now), due_by=now)

    row = take(office.outbox)
    second.outbox.release(lambda who: who == "one", now)
    assert take(second.outbox).doubts == 1
    office.outbox.sent(row, activity="a", thread="", now=now)
    office.outbox.again(row, at=now, why="late")
    office.outbox.end(row, "failed", "late")

    assert office.rows("state", "claimed_by") == [("sending", "two")]
    second.close()


async def test_a_send_that_was_cut_off_is_sent_again_by_the_next_process(office):
    office.subscribe("anna")
    office.clock.now = now = at("2026-12-01 10:00")
    plan(office.calendar, office.plans, now)
    office.outbox.claim(now, lambda row: still_due(office.calendar, row, now), due_by=now)
    assert office.states() == {("anna", "7d"): ("sending", None)}

    after = other(office, living=())
    await after.beat()

    assert office.channel.titles() == [REMINDER]
    assert office.rows("state", "doubts") == [("sent", 1)]
    after.close()


async def test_a_claim_of_a_living_process_is_left_alone_however_long_it_takes(office):
    office.subscribe("anna")
    second = other(office)

    async def meanwhile(where, card):
        office.channel.before = None
        office.clock.move(hours=1)
        await second.beat()

    office.channel.before = meanwhile
    await office.beat_at("2026-12-01 10:00")

    assert office.channel.titles() == [REMINDER]
    second.close()


async def test_two_processes_send_each_reminder_once(office):
    for number in range(40):
        office.subscribe(f"m{number:02}")
    second = other(office)
    office.clock.now = at("2026-12-01 10:00")

    await asyncio.gather(office.beat(), second.beat())

    assert sorted(who for who, _, _ in office.channel.sent) == [f"m{n:02}" for n in range(40)]
    second.close()


async def test_what_could_not_be_recorded_is_in_doubt_and_sent_again(office):
    office.subscribe("anna")
    record, calls = office.outbox.sent, []

    def full(row, **more):
        calls.append(1)
        if len(calls) == 1:
            raise OSError("the disk is full")
        record(row, **more)

    office.outbox.sent = full
    with pytest.raises(OSError, match="full"):
        await office.beat_at("2026-12-01 10:00")
    assert office.states() == {("anna", "7d"): ("sending", None)}

    await office.beat_at("2026-12-01 10:01")

    assert office.rows("state", "doubts") == [("sent", 1)]


async def test_stopping_finishes_what_is_under_way_and_claims_nothing_more(office):
    for number in range(10):
        office.subscribe(f"m{number}")
    going, may_end = asyncio.Event(), asyncio.Event()

    async def slow(where, card):
        going.set()
        await may_end.wait()

    office.channel.before = slow
    office.clock.now = at("2026-12-01 10:00")
    plan(office.calendar, office.plans, office.clock())
    await office.delivery.beat()
    await going.wait()
    stopping = asyncio.create_task(office.delivery.stop())
    await asyncio.sleep(0)
    may_end.set()
    await stopping

    states = [state for _, _, state in office.rows()]
    assert states.count("sent") == len(office.channel.sent) > 0
    assert "sending" not in states


async def test_the_card_is_in_the_language_that_was_chosen(office):
    office.subscribe("anna")
    office.desk.execute("update conversations set language = 'en'")
    office.desk.conn.commit()

    await office.beat_at("2026-12-01 10:00")

    assert office.channel.titles() == ["Reminder: CoP in English"]


def test_memory_is_a_channel():
    from bot.channel import Channel

    channel: Channel = Memory()
    assert channel
