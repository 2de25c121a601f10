"""Which reminders go out when: of meetings that are held and still to come, the first due first."""

from datetime import timedelta

from faq.meetings import lead_minutes, lead_text
from faq.reminders import reminders
from tests.support.reminders import at, calendar, cancelled, moved


def listed(known, *leads, after="2026-11-25 12:00", until="2027-02-28 00:00"):
    return [
        (f"{known.local(reminder.due):%m-%d %H:%M}", lead_text(reminder.lead), reminder.usual)
        for reminder in reminders(
            known, at(after), at(until), lambda series: {*series.leads, *leads}
        )
    ]


def test_every_lead_of_every_meeting_the_first_due_first():
    known = calendar(reminders='["7d", "1h"]')

    assert listed(known, timedelta(days=1), until="2027-01-31 00:00") == [
        ("12-01 10:00", "7d", True),
        ("12-07 10:00", "1d", False),
        ("12-08 09:00", "1h", True),
        ("01-05 10:00", "7d", True),
        ("01-11 10:00", "1d", False),
        ("01-12 09:00", "1h", True),
    ]


def test_what_is_cancelled_or_has_begun_has_none_and_what_is_moved_has_its_new_moment():
    known = calendar(
        cancelled("2027-01-12"),
        moved("2027-02-09", "2027-02-10T11:00:00"),
        reminders='["1d"]',
    )

    assert listed(known, after="2026-12-08 10:00") == [("02-09 11:00", "1d", True)]
    assert listed(known, after="2026-12-08 09:59")[0] == ("12-07 10:00", "1d", True)


def test_a_lead_in_minutes():
    assert lead_minutes(timedelta(days=1, minutes=5)) == 1445
