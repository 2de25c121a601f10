"""Many are told of a change only when it is not likely to be a slip, or a file that is half written."""

from dataclasses import replace

import pytest

from bot.reminders.holding import calendar_hash
from bot.store.confirmed import Confirmed
from tests.support.reminders import REMINDER, calendar, cancelled, moved

MANY = [f"member-{number}" for number in range(5)]
GONE = "Een bijeenkomst gaat niet door"


async def told(process, names=MANY):
    """Everybody had the reminder of a week before."""
    for name in names:
        process.subscribe(name)
    await process.beat_at("2026-12-01 10:00")
    assert process.channel.titles() == [REMINDER] * len(names)


def corrections(process):
    return [title for title in process.channel.titles() if title != REMINDER]


async def test_many_are_told_when_the_file_has_been_the_same_for_a_minute(process, caplog):
    await told(process)
    process.calendar = calendar(cancelled("2026-12-08"))
    for second in ("10:00:00", "10:00:30", "10:00:59"):
        await process.beat_at(f"2026-12-02 {second}")
    assert corrections(process) == []
    assert caplog.text.count("held back: 5 conversations are to hear of cop/2026-12-08") == 1

    await process.beat_at("2026-12-02 10:01:00")

    assert corrections(process) == ["Gaat niet door: CoP"] * 5


async def test_what_is_put_back_within_the_minute_is_told_to_nobody(process):
    await told(process)
    right, process.calendar = process.calendar, calendar(cancelled("2026-12-08"))
    await process.beat_at("2026-12-02 10:00:30")

    process.calendar = right
    for minute in range(1, 10):
        await process.beat_at(f"2026-12-02 10:{minute:02}")

    assert corrections(process) == []


async def test_a_file_that_keeps_changing_keeps_many_waiting(process):
    await told(process)
    for minute in range(8):
        process.calendar = calendar(moved("2026-12-08", f"2026-12-15T11:{minute:02}:00"))
        await process.beat_at(f"2026-12-02 10:{minute:02}:00")
        await process.beat_at(f"2026-12-02 10:{minute:02}:50")
    assert corrections(process) == []

    await process.beat_at("2026-12-02 10:09")

    assert corrections(process) == ["Verplaatst: CoP"] * 5
    assert "11.07" in process.channel.sent[-1][2]


async def test_a_few_hear_at_once(process):
    await told(process, MANY[:3])
    process.calendar = calendar(cancelled("2026-12-08"))

    await process.beat_at("2026-12-02 10:00")

    assert corrections(process) == ["Gaat niet door: CoP"] * 3


def renamed(known):
    (series,) = known.series
    return replace(known, series=(replace(series, id="cop-nieuw"),))


MISTAKES = [
    ("a series that was renamed", renamed, GONE),
    ("another first day", lambda _: calendar(starts="2027-01-12T10:00:00"), GONE),
    ("another rule", lambda _: calendar(rrule="FREQ=MONTHLY;BYDAY=3TH", starts="2026-12-17T10:00:00"), GONE),
    ("a wrong year", lambda _: calendar(moved("2026-12-08", "2027-12-15T10:00:00")), "Verplaatst: CoP"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "title"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
async def test_what_looks_like_a_mistake_waits_for_a_yes(process, caplog, slip, title):
    await told(process)
    process.calendar = slip(process.calendar)
    for minute in range(60):
        await process.beat_at(f"2026-12-02 10:{minute:02}")
    # Nothing at all: neither that it is gone, nor a second reminder under another name.
    assert process.channel.titles() == [REMINDER] * 5
    assert "app.py confirm" in caplog.text

    Confirmed(process.database).add(calendar_hash(process.calendar), process.clock())
    await process.beat_at("2026-12-02 11:00")

    assert corrections(process) == [title] * 5


async def test_a_yes_to_one_file_is_none_to_the_next(process):
    await told(process)
    process.calendar = renamed(process.calendar)
    Confirmed(process.database).add(calendar_hash(process.calendar), process.clock())
    process.calendar = calendar(starts="2027-01-12T10:00:00")

    for minute in range(5):
        await process.beat_at(f"2026-12-02 10:{minute:02}")

    assert corrections(process) == []


async def test_reminders_of_a_new_file_wait_a_minute_too_and_none_is_lost(process):
    process.calendar = calendar(reminders='["1d"]')
    for name in MANY:
        process.subscribe(name)
    await process.beat_at("2026-12-07 09:59")
    process.calendar = calendar(reminders='["1d", "2h"]')
    await process.beat_at("2026-12-07 10:00")
    assert process.channel.titles() == []

    await process.beat_at("2026-12-07 10:01")

    assert process.channel.titles() == [REMINDER] * 5


async def test_the_first_calendar_is_not_new(process):
    for name in MANY:
        process.subscribe(name)

    await process.beat_at("2026-12-07 10:00")

    assert process.channel.titles() == [REMINDER] * 5
