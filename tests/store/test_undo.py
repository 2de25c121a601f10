"""Undoing the last change of somebody's reminders: exactly what there was before it, once, for a day."""

import sqlite3
from datetime import timedelta

import pytest

from bot.channel import Gone, GoneReason, Later
from dialogs.changes import ChooseLeads, ForgetMe, Pause, Subscribe, Undo, Unsubscribe
from tests.support.clock import Clock
from tests.support.reminders import REMINDER, ReminderProcess, address, at, calendar

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ANNA = address("anna")


@pytest.fixture
def process(path):
    opened = ReminderProcess(path, Clock(at("2026-11-25 12:00")), calendar())
    yield opened
    opened.close()


def kept(process):
    """What is kept of the wishes of everybody."""
    queries = ("select * from subscriptions", "select * from chosen_leads order by minutes")
    return [list(process.database.query(query)) for query in queries]


def wish(process, *changes):
    process.conversations.state(ANNA, process.clock())
    process.conversations.apply(ANNA, changes, process.clock())
    process.clock.move(minutes=1)


EARLIER = {
    "never subscribed": (),
    "subscribed": (Subscribe(),),
    "with leads": (Subscribe((WEEK, DAY)),),
    "stopped": (Subscribe((DAY,)), Unsubscribe()),
    "paused": (Subscribe(), Pause(at("2026-12-20 00:00"))),
    "to be paused": (Subscribe((DAY,)), Pause(at("2027-02-01 00:00"), at("2027-01-01 00:00"))),
}
CHANGES = {
    "subscribe": (Subscribe(),),
    "subscribe with leads": (Subscribe((timedelta(hours=2),)),),
    "stop": (Unsubscribe(),),
    "other leads": (ChooseLeads((timedelta(days=3), DAY)),),
    "leads of the series": (ChooseLeads(None),),
    "pause": (Pause(at("2026-12-09 00:00")),),
    "pause later": (Pause(at("2026-12-30 00:00"), at("2026-12-09 00:00")),),
    "leads and pause": (ChooseLeads((WEEK,)), Pause(at("2026-12-30 00:00"))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("earlier", EARLIER.values(), ids=EARLIER)
def test_every_change_is_undone_exactly(process, earlier, change):
    for each in earlier:
        wish(process, each)
    before = kept(process)
    wish(process, *change)
    changed = kept(process)

    process.undo("anna")

    if changed != before:
        assert kept(process) == before
        process.undo("anna")
        assert kept(process) == before, "a second time changes nothing more"


def test_what_is_undone_is_told_to_the_dialogs(process):
    wish(process, Subscribe((DAY,)))
    at_change = process.clock()
    wish(process, Unsubscribe())

    undoable = process.conversations.state(ANNA, process.clock()).undoable

    assert undoable.at == at_change
    assert (undoable.before.active, undoable.before.leads) == (True, (DAY,))


def test_a_change_that_changes_nothing_does_not_take_the_place_of_the_one_before(process):
    wish(process, Subscribe((DAY,)))
    first = process.conversations.state(ANNA, process.clock()).undoable

    wish(process, Subscribe())

    assert process.conversations.state(ANNA, process.clock()).undoable == first


def test_an_older_change_is_not_undone_in_the_place_of_the_last(process):
    wish(process, Subscribe())
    older = process.conversations.state(ANNA, process.clock()).undoable
    wish(process, Unsubscribe())
    stopped = kept(process)

    wish(process, Undo(older.at))

    assert kept(process) == stopped


def test_after_a_day_there_is_nothing_to_undo_and_nothing_of_it_is_kept(process):
    wish(process, Subscribe())
    process.clock.move(hours=23)
    assert process.conversations.state(ANNA, process.clock()).undoable
    process.clock.move(hours=2)

    assert process.conversations.state(ANNA, process.clock()).undoable is None
    process.undo_log.clean(process.clock() - DAY)
    assert process.database["undo"].count == 0


def test_my_data_shows_what_is_kept_and_forget_me_removes_it(process, path):
    wish(process, Subscribe((DAY,)))
    assert "undo" in dict(process.conversations.state(ANNA, process.clock()).stored)

    process.conversations.apply(ANNA, (ForgetMe(),), process.clock())

    with sqlite3.connect(path) as database:
        assert "anna" not in "\n".join(database.iterdump())
    database.close()


async def test_a_reminder_that_a_stop_withdrew_goes_out_after_all(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None
    process.stop("anna")
    await process.beat_at("2026-12-01 10:30")
    assert process.channel.sent == []

    process.undo("anna")
    await process.beat_at("2026-12-01 10:31")

    assert process.channel.titles("anna") == [REMINDER]
    await process.beat_at("2026-12-01 12:00")
    assert process.channel.titles("anna") == [REMINDER], "once"


async def test_what_was_being_sent_while_somebody_stopped_goes_out_after_all(process):
    process.subscribe("anna")

    async def stop(where, card):
        process.stop("anna")

    process.channel.before, process.channel.answer = stop, lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.before = process.channel.answer = None
    assert process.states()["anna", "7d"][0] == "stopped"

    process.undo("anna")
    await process.beat_at("2026-12-01 12:00")

    assert process.channel.titles("anna") == [REMINDER]


async def test_what_was_sent_before_is_not_sent_again(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    for change in (Unsubscribe(), Pause(at("2026-12-20 00:00"))):
        wish(process, change)
        process.undo("anna")
        await process.beat()

    assert process.channel.titles("anna") == [REMINDER]


async def test_what_a_change_planned_is_withdrawn_with_it(process):
    process.subscribe("anna", 1440)
    process.clock.now = at("2026-12-01 09:00")
    wish(process, ChooseLeads((timedelta(days=7), DAY)))
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-01 10:00")
    process.channel.answer = None

    process.undo("anna")
    await process.beat_at("2026-12-01 12:00")
    assert process.channel.sent == []

    await process.beat_at("2026-12-07 10:00")
    assert process.channel.titles("anna") == [REMINDER]


async def test_nothing_is_undone_for_who_blocked_the_bot_meanwhile(process):
    process.subscribe("anna")
    wish(process, ChooseLeads((DAY,)))
    process.channel.answer = lambda *_: Gone(GoneReason.BLOCKED)
    await process.beat_at("2026-12-07 10:00")

    assert process.conversations.state(ANNA, process.clock()).undoable is None
