"""A meeting that changes: one correction for who heard of it, and the earlier cards edited."""

from dataclasses import replace

import pytest

from bot.channel import InDoubt, Later, Refused
from bot.reminders.planning import plan
from dialogs.changes import ChooseLanguage
from faq.meetings import Calendar
from tests.support.reminders import (
    REMINDER,
    address,
    at,
    calendar,
    cancelled,
    moved,
)


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
    (edited,) = process.channel.updated
    assert edited[:2] == ("anna", "a1")
    assert edited[2].startswith("Vervallen: deze bijeenkomst is nu op dinsdag 15 december 2026")
    text = process.channel.sent[-1][2]
    assert "dinsdag 15 december 2026, van 11.00 tot 12.30 uur" in text
    assert "dinsdag 8 december 2026 om 10.00 uur" in text


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
    assert "dinsdag 15 december 2026 om 11.00 uur" in process.channel.sent[2][2]
    # As it was planned at first: what counts is what people were told last.
    assert "woensdag 16 december 2026 om 11.00 uur" in process.channel.sent[4][2]


async def test_a_meeting_that_leaves_the_calendar_is_named_by_its_moment(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(starts="2027-01-12T10:00:00")

    await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER, "Een bijeenkomst gaat niet door"]
    assert "dinsdag 8 december 2026 om 10.00 uur" in process.channel.sent[-1][2]


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


@pytest.mark.parametrize(
    "result", [Later("503"), Refused("401", setup=True), Refused("400 x"), InDoubt("504")]
)
async def test_an_edit_that_cannot_be_made_is_tried_until_it_is(process, result):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    process.channel.answer_edit = lambda *_: result
    for _ in range(100):
        await process.beat()
        process.clock.move(minutes=3)
    assert process.channel.titles() == [REMINDER, "Gaat niet door: CoP"]
    assert 10 < len(process.channel.updated) < 40
    process.channel.answer_edit = None
    process.channel.updated.clear()

    for _ in range(20):
        await process.beat()
        process.clock.move(minutes=3)

    assert len(process.channel.updated) == 1


async def test_an_edit_is_left_when_the_meeting_is_past(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    process.channel.answer_edit = lambda *_: Later("503")
    await process.beat()
    for day in (9, 10):
        await process.beat_at(f"2026-12-{day:02} 10:00")
    before = len(process.channel.updated)

    await process.beat_at("2026-12-11 10:00")

    assert len(process.channel.updated) == before


async def test_a_correction_that_was_overtaken_edits_nothing_any_more(process):
    """Its edit still waits when the next correction is sent: the newer card must stay as it is."""
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(moved("2026-12-08", "2026-12-15T11:00:00"))
    process.channel.answer_edit = lambda *_: Later("503")
    await process.beat()
    process.clock.move(minutes=3)
    process.channel.answer_edit = None
    process.channel.updated.clear()
    process.calendar = calendar(moved("2026-12-08", "2026-12-16T11:00:00"))
    for _ in range(4):
        await process.beat()
        process.clock.move(minutes=3)

    newest = process.channel.sent[-1]
    assert "woensdag 16 december 2026" in newest[2]
    # Only the newest correction edits, and only what was sent before it: the reminder and the first correction.
    assert sorted(activity for _, activity, _ in process.channel.updated) == ["a1", "a2"]


async def test_a_correction_that_is_refused_is_not_planned_again_and_again(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    process.channel.answer = lambda *_: Refused("413")
    for _ in range(3):
        await process.beat()

    assert [lead for _, lead, _ in process.rows()] == ["7d", "change 1"]


async def test_a_channel_gets_a_post_of_its_own_and_its_correction_edits_that_post(process):
    process.subscribe("19:x@thread.tacv2;messageid=1", place="channel")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-02 10:00")

    threads = [where.conversation_id for how, where, _ in process.channel.calls if how == "thread"]
    assert threads == ["19:x@thread.tacv2"] * 2
    assert process.channel.updated == [
        (
            "19:x@thread.tacv2;messageid=a1",
            "a1",
            "Vervallen: deze bijeenkomst gaat niet door. Zie mijn nieuwere bericht.",
        )
    ]


OTHERWISE = [
    ('location = "Utrecht"', "Andere plaats: CoP", "Plaats. Was: Teams. Wordt: Utrecht."),
    ('location = ""', "Andere plaats: CoP", "Plaats. Was: Teams. Wordt: nog niet bekend."),
    ('url = "https://teams.microsoft.com/l/x"', "Andere link: CoP", "Er is een nieuwe link om deel te nemen."),
    ("duration_minutes = 120", "Andere eindtijd: CoP", "Hoe lang het duurt. Was: anderhalf uur. Wordt: 2 uur."),
    ('title = {nl = "Werkbezoek", en = "Visit"}', "Andere naam: Werkbezoek", "Naam. Was: CoP. Wordt: Werkbezoek."),
    ('location = "Utrecht"\nduration_minutes = 120', "Gewijzigd: CoP", "Plaats. Was: Teams. Wordt: Utrecht."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "title", "words"), OTHERWISE, ids=[one[0] for one in OTHERWISE])
async def test_who_was_told_hears_once_what_else_is_changed(process, change, title, words):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.clock.now = at("2026-12-02 10:00")
    process.subscribe("bram")

    process.calendar = calendar(f"date = 2026-12-08\n{change}")
    for _ in range(3):
        await process.beat_at("2026-12-02 10:01")

    assert process.channel.titles("anna") == [REMINDER, title]
    assert process.channel.titles("bram") == []
    assert words in process.channel.sent[-1][2].replace("**", "")
    assert "De reden: zomaar." in process.channel.sent[-1][2]


async def test_a_change_of_the_whole_series_is_told_of_the_meeting_that_was_announced_only(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    (series,) = process.calendar.series
    process.calendar = replace(process.calendar, series=(replace(series, location="Utrecht"),))

    for _ in range(2):
        await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER, "Andere plaats: CoP"]


async def test_a_place_that_is_put_back_is_told_and_then_all_is_quiet(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    for changes in (['date = 2026-12-08\nlocation = "Utrecht"'], [], []):
        process.calendar = calendar(*changes)
        await process.beat_at("2026-12-02 10:00")
        await process.beat()

    assert process.channel.titles() == [REMINDER, "Andere plaats: CoP", "Andere plaats: CoP"]


async def test_a_meeting_that_moves_to_another_place_gives_one_message_with_both(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")

    process.calendar = calendar(
        moved("2026-12-08", "2026-12-15T11:00:00") + '\nlocation = "Utrecht"'
    )
    for _ in range(2):
        await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER, "Verplaatst: CoP"]
    assert "Plaats. Was: **Teams**. Wordt: **Utrecht**." in process.channel.sent[-1][2]


async def test_what_a_version_before_kept_nothing_of_is_no_change(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.database.execute("update outbox set announced_shown = ''")
    process.calendar = calendar('date = 2026-12-08\nlocation = "Utrecht"')

    await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER]


async def test_a_change_of_the_agenda_alone_is_told_to_nobody(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar('date = 2026-12-08\nagenda = {nl = "Anders", en = "Other"}')

    await process.beat_at("2026-12-02 10:00")

    assert process.channel.titles() == [REMINDER]


async def test_an_english_reader_hears_what_changed_in_english(process):
    process.subscribe("anna")
    process.conversations.apply(address("anna"), (ChooseLanguage("en"),), process.clock())
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar('date = 2026-12-08\nlocation = "Utrecht"')

    await process.beat_at("2026-12-02 10:00")

    assert "Place. Was: **Teams**. Now: **Utrecht**." in process.channel.sent[-1][2]
