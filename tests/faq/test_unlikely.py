"""What can be in `meetings.toml` and is most likely not meant is a warning, with its place."""

import pytest

from faq.meetings_file import parse
from faq.unlikely import unlikely, vanished
from tests.support.reminders import at, calendar, cancelled, meetings_toml, moved

NOW = at("2026-11-30 12:00")
ODD = [
    (meetings_toml(reminders="[]"), "reminders", "geen herinneringen"),
    (
        meetings_toml(starts="2026-12-29T10:00:00", rrule="FREQ=MONTHLY;BYDAY=5TU"),
        "rrule",
        "slaat maanden over, zoals 01-2027",
    ),
    (
        meetings_toml(starts="2026-12-31T10:00:00", rrule="FREQ=MONTHLY;BYMONTHDAY=31"),
        "rrule",
        "zoals 02-2027",
    ),
    (meetings_toml(starts="2027-01-31T10:00:00", rrule="FREQ=MONTHLY"), "rrule", "zoals 02-2027"),
    (
        meetings_toml(starts="2026-12-30T10:00:00", rrule="FREQ=MONTHLY;INTERVAL=2"),
        "rrule",
        "zoals 02-2027",
    ),
    (meetings_toml(cancelled("2026-11-10")), "date", "ligt voor de eerste keer"),
    (meetings_toml(moved("2027-01-12", "2026-01-12T10:00:00")), "moved_to", "al geweest"),
    (
        meetings_toml(moved("2027-01-12", "2028-01-12T10:00:00")),
        "moved_to",
        "meer dan drie maanden",
    ),
    (
        meetings_toml(starts="2027-03-28T02:30:00", rrule="FREQ=DAILY;COUNT=1"),
        "starts",
        "Het wordt 03:30",
    ),
    (
        meetings_toml(starts="2027-10-31T02:30:00", rrule="FREQ=DAILY;COUNT=1"),
        "starts",
        "twee keer",
    ),
    (meetings_toml(moved("2027-03-09", "2027-03-28T02:00:00")), "moved_to", "Het wordt 03:00"),
]


@pytest.mark.parametrize(("text", "field", "says"), ODD, ids=[says for _, _, says in ODD])
def test_a_slip_of_the_pen_is_one_warning_and_no_error(text, field, says):
    schedule, problems = parse(text.encode())
    (problem,) = unlikely(schedule, NOW)

    assert [p for p in problems if not p.warning] == []
    assert (problem.field, problem.warning) == (field, True)
    assert says in problem.what
    assert problem.mend


@pytest.mark.parametrize(
    "text",
    [
        meetings_toml(),
        meetings_toml(moved("2027-01-12", "2027-01-19T10:00:00"), cancelled("2027-02-09")),
        meetings_toml(rrule="FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,4,5,6,9,10,11,12"),
        meetings_toml(rrule="FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU"),
        meetings_toml(starts="2026-12-28T10:00:00", rrule="FREQ=MONTHLY"),
        meetings_toml(starts="2026-12-31T10:00:00", rrule="FREQ=MONTHLY;BYMONTHDAY=-1"),
        meetings_toml(starts="2027-03-27T02:30:00", rrule="FREQ=DAILY;COUNT=1"),
        # What is over is nobody's worry any more.
        meetings_toml(moved("2026-10-13", "2026-10-14T10:00:00"), starts="2026-10-13T10:00:00"),
        meetings_toml(starts="2026-03-29T02:30:00", rrule="FREQ=DAILY;COUNT=1"),
    ],
)
def test_what_may_well_be_meant_is_no_warning(text):
    schedule, _ = parse(text.encode())

    assert list(unlikely(schedule, NOW)) == []


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (calendar(starts="2027-01-12T10:00:00"), "08-12-2026."),
        (calendar(rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=2"), "09-02-2027, 09-03-2027"),
        (parse(meetings_toml().replace('"cop"', '"ander"').encode())[0], "en nog "),
    ],
    ids=["another first day", "a shorter rule", "another id"],
)
def test_meetings_that_left_the_calendar_are_named(after, days):
    (problem,) = vanished(calendar(), after, NOW)

    assert days in problem.what
    assert problem.warning
    assert "app.py confirm" in problem.mend


@pytest.mark.parametrize(
    "after",
    [
        calendar(),
        calendar(cancelled("2026-12-08")),
        calendar(moved("2026-12-08", "2026-12-09T10:00:00")),
    ],
    ids=["the same", "cancelled", "moved"],
)
def test_a_meeting_that_is_moved_or_cancelled_did_not_leave(after):
    assert list(vanished(calendar(), after, NOW)) == []


@pytest.mark.parametrize("until", ["20270209", "2027-02-09", "20270209T235959"])
def test_the_last_day_is_in_however_it_is_written(until):
    schedule = calendar(rrule=f"FREQ=MONTHLY;BYDAY=2TU;UNTIL={until}")

    assert schedule.find("cop/2027-02-09") is not None
    assert schedule.find("cop/2027-03-09") is None
