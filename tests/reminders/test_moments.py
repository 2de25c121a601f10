"""When reminders go out: each lead once, the nearest of those that are overdue, and none after the start."""

import pytest

from bot.channel import Later
from tests.support.reminders import (
    REMINDER,
    at,
    calendar,
)


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
    assert process.states() == {("anna", "1h"): ("expired", "meeting_started", "503")}


async def test_a_reminder_that_still_waits_gives_way_to_the_nearer_one(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
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


async def test_the_card_is_in_the_language_that_was_chosen(process):
    process.subscribe("anna")
    process.database.execute("update conversations set language = 'en'")
    process.database.conn.commit()

    await process.beat_at("2026-12-01 10:00")

    assert process.channel.titles() == ["CoP in English"]
