"""Which meetings follow from `meetings.toml`: recurrence, clock changes, and every mistake an organiser can make."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.dates import ahead
from faq.meetings import lead_of, lead_text
from faq.meetings_file import parse
from tests.support import ROOT
from tests.support.reminders import at, calendar, cancelled, meetings_toml, moved

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def starts(schedule, after, until):
    return [f"{m.local:%Y-%m-%d %H:%M}" for m in schedule.meetings(at(after), at(until))]


RULES = [
    # A month without a fifth Tuesday has no meeting.
    (
        "2026-12-29T10:00:00",
        "FREQ=MONTHLY;BYDAY=5TU",
        ["2026-12-29 10:00", "2027-03-30 10:00", "2027-06-29 10:00"],
    ),
    # The 31st exists in seven months.
    (
        "2026-12-31T10:00:00",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        ["2026-12-31 10:00", "2027-01-31 10:00", "2027-03-31 10:00"],
    ),
    (
        "2026-12-31T10:00:00",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        ["2026-12-31 10:00", "2027-01-31 10:00", "2027-02-28 10:00"],
    ),
    (
        "2026-12-25T10:00:00",
        "FREQ=MONTHLY;BYDAY=-1FR",
        ["2026-12-25 10:00", "2027-01-29 10:00", "2027-02-26 10:00"],
    ),
    # Across the year, and over a leap day.
    (
        "2026-12-29T10:00:00",
        "FREQ=WEEKLY;INTERVAL=2",
        ["2026-12-29 10:00", "2027-01-12 10:00", "2027-01-26 10:00"],
    ),
    ("2028-02-29T10:00:00", "FREQ=YEARLY", ["2028-02-29 10:00", "2032-02-29 10:00"]),
    # Ten o'clock stays ten o'clock on both nights of a clock change.
    (
        "2027-03-27T10:00:00",
        "FREQ=DAILY;COUNT=3",
        ["2027-03-27 10:00", "2027-03-28 10:00", "2027-03-29 10:00"],
    ),
    (
        "2027-10-30T10:00:00",
        "FREQ=DAILY;COUNT=3",
        ["2027-10-30 10:00", "2027-10-31 10:00", "2027-11-01 10:00"],
    ),
    # The hour that is skipped is held an hour later; the one that comes twice is its first.
    (
        "2027-03-27T02:30:00",
        "FREQ=DAILY;COUNT=3",
        ["2027-03-27 02:30", "2027-03-28 03:30", "2027-03-29 02:30"],
    ),
    (
        "2027-10-30T02:30:00",
        "FREQ=DAILY;COUNT=3",
        ["2027-10-30 02:30", "2027-10-31 02:30", "2027-11-01 02:30"],
    ),
    (
        "2026-12-08T10:00:00",
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270131T235959",
        ["2026-12-08 10:00", "2027-01-12 10:00"],
    ),
    # A day, as calendars write it: that day's meeting is the last, not lost.
    (
        "2026-12-08T10:00:00",
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270112",
        ["2026-12-08 10:00", "2027-01-12 10:00"],
    ),
    (
        "2026-12-08T10:00:00",
        "FREQ=MONTHLY;UNTIL=20270111;BYDAY=2TU",
        ["2026-12-08 10:00"],
    ),
]


@pytest.mark.parametrize(("first", "rule", "expected"), RULES, ids=[r[1] + r[0] for r in RULES])
def test_a_rule_gives_its_dates(first, rule, expected):
    schedule = calendar(starts=first, rrule=rule)

    some = starts(schedule, "2026-01-01 00:00", "2033-01-01 00:00")
    assert some[: len(expected)] == expected
    assert len(some) == len(expected) or "UNTIL" not in rule


def test_the_doubled_hour_is_the_first_of_both():
    schedule = calendar(starts="2027-10-31T02:30:00", rrule="FREQ=DAILY;COUNT=1")

    meeting = next(schedule.meetings(at("2027-01-01 00:00"), at("2028-01-01 00:00")))
    assert meeting.starts == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_meeting_over_a_clock_change_lasts_as_long_as_any():
    schedule = calendar(starts="2027-03-28T01:30:00", rrule="FREQ=DAILY;COUNT=1")

    meeting = next(schedule.meetings(at("2027-01-01 00:00"), at("2028-01-01 00:00")))
    assert meeting.ends - meeting.starts == timedelta(minutes=90)
    assert f"{schedule.local(meeting.ends):%H:%M}" == "04:00"


def test_a_meeting_that_was_moved_keeps_its_name_and_is_found_where_it_went():
    schedule = calendar(moved("2027-01-12", "2026-12-01T11:00:00"), cancelled("2027-02-09"))

    assert starts(schedule, "2026-11-25 00:00", "2026-12-02 00:00") == ["2026-12-01 11:00"]
    assert schedule.find("cop/2027-01-12").starts == at("2026-12-01 11:00")
    assert schedule.find("cop/2027-02-09").cancelled
    assert schedule.find("cop/2027-02-10") is None
    assert schedule.find("cop/nonsense") is None
    assert schedule.find("other/2027-01-12") is None


@given(
    first=st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)),  # noqa: DTZ001 - wall-clock times
    zone=st.sampled_from(["Europe/Amsterdam", "UTC", "America/New_York", "Australia/Lord_Howe"]),
    rule=st.sampled_from(
        ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=9"]
    ),
    lead=st.sampled_from(["60d", "7d", "1d", "36h", "1h", "15m"]),
)
@settings(max_examples=120, deadline=None)
def test_any_series_keeps_its_wall_clock_and_its_leads(first, zone, rule, lead):
    first = first.replace(second=0, microsecond=0)
    text = meetings_toml(starts=first.isoformat(), rrule=rule, reminders=f'["{lead}"]').replace(
        "Europe/Amsterdam", zone
    )
    schedule, problems = parse(text.encode())
    assert not [p for p in problems if not p.warning]
    begin = first.replace(tzinfo=UTC) - timedelta(days=2)

    meetings = list(schedule.meetings(begin, begin + timedelta(days=800)))

    assert meetings
    assert [m.starts for m in meetings] == sorted({m.starts for m in meetings})
    for meeting in meetings[:: max(1, len(meetings) // 20)]:
        wall = datetime.combine(meeting.date, first.time())
        exists = (
            wall.replace(tzinfo=ZoneInfo(zone))
            .astimezone(UTC)
            .astimezone(ZoneInfo(zone))
            .replace(tzinfo=None)
            == wall
        )
        assert (meeting.local == wall) == exists
        assert schedule.find(meeting.key) == meeting
        due = schedule.due(meeting, meeting.series.leads[0])
        assert abs((meeting.starts - due) - meeting.series.leads[0]) <= timedelta(hours=1)
        assert due <= meeting.starts


@given(st.integers(1, 60 * 1440))
def test_a_lead_is_read_as_it_is_written(minutes):
    text = lead_text(timedelta(minutes=minutes))

    assert lead_of(text) == timedelta(minutes=minutes) or len(text) > 5


WRONG = [
    (
        meetings_toml(cancelled("2026-12-09")),
        "2026-12-09, date: op deze dag is er geen bijeenkomst",
    ),
    (
        meetings_toml(cancelled("2026-12-08"), cancelled("2026-12-08")),
        "2026-12-08, date: voor deze dag staan er twee wijzigingen",
    ),
    (
        meetings_toml(moved("2026-12-08", "2027-01-12T10:00:00")),
        "cop/2026-12-08, moved_to: deze bijeenkomst valt samen met cop/2027-01-12",
    ),
    (
        meetings_toml(moved("2027-02-09", "2026-12-08T10:00:00")),
        "cop/2027-02-09, moved_to: deze bijeenkomst valt samen met cop/2026-12-08",
    ),
    (meetings_toml("date = 2026-12-08"), "zeg wat er anders is"),
    (
        meetings_toml('date = 2026-12-08\ncancelled = true\nlocation = "Utrecht"'),
        "niet allebei",
    ),
    (meetings_toml('date = 2026-12-08\nurl = "teams"'), "'teams' is geen webadres"),
    (meetings_toml("date = 2026-12-08\nduration_minutes = 0"), "0 minuten kan niet"),
    (
        meetings_toml("date = 2026-12-08\ncancelled = true\nmoved_to = 2026-12-09T10:00:00"),
        "niet allebei",
    ),
    (
        meetings_toml("date = 2026-12-08\ncancelled = false"),
        "zeg wat er anders is",
    ),
    (
        meetings_toml("date = 2026-12-08T10:00:00\ncancelled = true"),
        "date: hier hoort een dag zonder tijd",
    ),
    (
        meetings_toml(moved("2026-12-08", "2026-12-09T10:00:00Z")),
        "moved_to: hier hoort een tijd zonder zone",
    ),
    (meetings_toml(reminders='["1w"]'), "'1w' is geen tijd vooraf"),
    (meetings_toml(reminders='["0d"]'), "'0d' is geen tijd vooraf"),
    (meetings_toml(reminders="[7]"), "7 is geen tijd vooraf"),
    (meetings_toml(reminders='["61d"]'), "'61d' is geen tijd vooraf"),
    (meetings_toml(reminders='["1d", "24h"]'), "'24h' staat er dubbel"),
    (meetings_toml(reminders='["1d", "2d", "3d", "4d", "5d", "6d"]'), "er staan 6 herinneringen"),
    (
        meetings_toml(rrule="FREQ=MONTHLY;BYDAY=3TU"),
        "de eerste bijeenkomst valt dan op 15-12-2026 10:00",
    ),
    (meetings_toml(rrule="FREQ=HOURLY"), "de regel moet met FREQ="),
    (meetings_toml(rrule="monthly"), "de regel moet met FREQ="),
    (
        meetings_toml(rrule="FREQ=MONTHLY;BYDAY=XX"),
        "dit is geen herinnering volgens".replace("herinnering", "herhaling"),
    ),
    (meetings_toml(rrule="FREQ=MONTHLY;BYDAY=9TU"), "dit is geen herhaling volgens"),
    (meetings_toml(rrule="FREQ=MONTHLY;INTERVAL=0"), "INTERVAL=0 is geen herhaling"),
    (
        meetings_toml(rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        "deze regel levert geen enkele bijeenkomst op",
    ),
    (meetings_toml(rrule="FREQ=MONTHLY;UNTIL=20270101T000000Z"), "zonder Z"),
    (meetings_toml(rrule="FREQ=MONTHLY;BYDAY=2TU;EXDATE=20270112T100000"), "[[series.change]]"),
    (
        meetings_toml(rrule="FREQ=DAILY;BYHOUR=10,14"),
        "deze regel geeft twee bijeenkomsten op 08-12-2026",
    ),
    (meetings_toml(rrule="DTSTART:20260101T100000 FREQ=DAILY"), "het begin staat bij starts"),
    (
        meetings_toml().replace("Europe/Amsterdam", "Europe/Amsterdm"),
        "de tijdzone 'Europe/Amsterdm' bestaat niet",
    ),
    (meetings_toml().replace('url = ""', 'url = "teams"'), "is geen webadres"),
    (
        meetings_toml().replace("duration_minutes = 90", "duration_minutes = 0"),
        "0 minuten kan niet",
    ),
    (meetings_toml().replace('id = "cop"', 'id = "De CoP"'), "'De CoP' is geen goed id"),
    (
        meetings_toml().replace("location =", "locatie =") + 'location = "x"\n',
        "locatie: dit veld kennen we niet",
    ),
    (meetings_toml() + meetings_toml().partition('Amsterdam"\n')[2], "dit id bestaat al"),
    (
        'public_holidays = "Nederland"\n' + meetings_toml(),
        "'Nederland' is geen landcode van twee of drie letters",
    ),
    (meetings_toml().replace("[[series]]", "[[series]"), "dit is geen geldige TOML"),
]


@pytest.mark.parametrize(("text", "says"), WRONG, ids=[says for _, says in WRONG])
def test_each_mistake_is_named_with_its_place_and_its_mend(text, says):
    _, problems = parse(text.encode())
    wrong = [str(p) for p in problems if not p.warning]

    assert len(wrong) == 1
    assert says in wrong[0]
    assert "Herstel: " in wrong[0]


def test_all_mistakes_are_told_at_once():
    text = meetings_toml(cancelled("2026-12-09"), reminders='["1w", "x"]').replace(
        'url = ""', 'url = "teams"'
    )

    assert len([p for p in parse(text.encode())[1] if not p.warning]) == 4


@pytest.mark.parametrize(
    ("text", "now", "says"),
    [
        (
            'public_holidays = "NL"\n'
            + meetings_toml(starts="2027-04-27T10:00:00", rrule="FREQ=DAILY;COUNT=1"),
            "2027-04-01 10:00",
            "27-04-2027 is een feestdag (Koningsdag)",
        ),
        (
            'public_holidays = "NL"\n'
            + meetings_toml(starts="2027-04-27T10:00:00", rrule="FREQ=DAILY;COUNT=1"),
            "2027-04-01 10:00",
            "date = 2027-04-27, en moved_to = 2027-05-04T10:00:00",
        ),
        (
            'public_holidays = "NL"\n'
            + meetings_toml(
                moved("2027-04-20", "2027-04-27T10:00:00"),
                starts="2027-04-20T10:00:00",
                rrule="FREQ=DAILY;COUNT=1",
            ),
            "2027-04-01 10:00",
            "verander haar wijziging: moved_to = 2027-05-04T10:00:00",
        ),
        (
            'public_holidays = "XX"\n' + meetings_toml(),
            "2027-04-01 10:00",
            "van 'XX' kennen we geen feestdagen",
        ),
        (
            meetings_toml(starts="2027-12-08T10:00:00", rrule="FREQ=MONTHLY;COUNT=1"),
            "2027-10-01 10:00",
            "er is geen bijeenkomst in de komende 60 dagen",
        ),
        (
            meetings_toml(starts="2026-12-08T10:00:00", rrule="FREQ=MONTHLY;COUNT=1"),
            "2027-01-01 10:00",
            "er is geen bijeenkomst in de komende 60 dagen",
        ),
    ],
)
def test_a_date_that_looks_wrong_is_a_warning(text, now, says):
    schedule, problems = parse(text.encode())
    assert not [p for p in problems if not p.warning]

    assert [(says in str(p), p.warning) for p in ahead(schedule, at(now))] == [(True, True)]


def test_a_meeting_that_was_moved_from_a_holiday_is_no_warning():
    text = meetings_toml(
        moved("2027-04-27", "2027-04-28T10:00:00"),
        starts="2027-04-27T10:00:00",
        rrule="FREQ=DAILY;COUNT=1",
    )
    schedule, _ = parse(('public_holidays = "NL"\n' + text).encode())

    assert list(ahead(schedule, at("2027-04-01 10:00"))) == []


def test_two_series_at_the_same_time_are_a_warning():
    second = meetings_toml().partition('Amsterdam"\n')[2].replace('id = "cop"', 'id = "cop-twee"')

    _, problems = parse((meetings_toml() + second).encode())

    assert {p.warning for p in problems} == {True}
    assert any("valt samen met cop/2026-12-08" in str(p) for p in problems)


def test_the_shipped_year_is_the_second_tuesday_and_is_accepted():
    schedule, problems = parse((ROOT / "faq/content/meetings.toml").read_bytes())
    year = list(schedule.meetings(at("2026-11-25 00:00"), at("2027-12-31 00:00")))

    assert problems == []
    assert list(ahead(schedule, at("2026-11-25 00:00"))) == []
    assert len(year) == 13
    assert {(m.date.weekday(), (m.date.day - 1) // 7) for m in year} == {(1, 1)}
    assert [m.date for m in year if m.change] == [date(2027, 5, 11), date(2027, 8, 10)]


def test_one_occurrence_may_have_other_details_and_the_rest_stay_as_they_are():
    schedule = calendar(
        'date = 2027-01-12\nlocation = "Utrecht"\nurl = "https://example.nl/x"\nduration_minutes = 45\n'
        'title.nl = "Werkbezoek"\ntitle.en = "Visit"\nagenda.nl = "Rondleiding"\nagenda.en = "Tour"'
    )

    usual, other, *_ = schedule.meetings(at("2026-12-01 00:00"), at("2027-03-01 00:00"))

    assert (usual.series.location, usual.series.title.nl) == ("Teams", "CoP")
    assert (other.series.location, other.series.url) == ("Utrecht", "https://example.nl/x")
    assert (other.series.title.en, other.series.agenda.nl) == ("Visit", "Rondleiding")
    assert other.ends - other.starts == timedelta(minutes=45)
    assert (other.held, other.moved, other.cancelled) == (True, False, False)


def test_a_meeting_may_be_moved_and_have_another_place():
    schedule = calendar(moved("2027-01-12", "2027-01-13T10:00:00") + '\nlocation = "Utrecht"')

    meeting = schedule.find("cop/2027-01-12")

    assert meeting.moved
    assert meeting.series.location == "Utrecht"
