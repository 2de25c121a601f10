"""Days, months and seasons in a question."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.meetings.period import Period, Today, joined
from dialogs.meetings.period_words import PLACE, periods

TODAY = date(2026, 11, 24)


def read(words, *, past=False, today=TODAY):
    some, _ = periods(words, Today(today, past=past))
    return joined(some) if some else None


def span(first, last, kind="span"):
    return Period(date.fromisoformat(first), date.fromisoformat(last), kind)


CASES = [
    ("in januari", span("2027-01-01", "2027-01-31", "month")),
    ("in november", span("2026-11-01", "2026-11-30", "month")),
    ("oktober", span("2027-10-01", "2027-10-31", "month")),
    ("oktober 2026", span("2026-10-01", "2026-10-31", "month")),
    ("eind februari 2028", span("2028-02-01", "2028-02-29", "month")),
    ("de meibijeenkomst", span("2027-05-01", "2027-05-31", "month")),
    ("op 12 januari", span("2027-01-12", "2027-01-12", "day")),
    ("12 jan 2028", span("2028-01-12", "2028-01-12", "day")),
    ("january 12th", span("2027-01-12", "2027-01-12", "day")),
    ("the 12th of january, 2027", span("2027-01-12", "2027-01-12", "day")),
    ("op 5-1", span("2027-01-05", "2027-01-05", "day")),
    ("op 05/01/27", span("2027-01-05", "2027-01-05", "day")),
    ("2027-1-5", span("2027-01-05", "2027-01-05", "day")),
    ("24 november", span("2026-11-24", "2026-11-24", "day")),
    ("23 november", span("2027-11-23", "2027-11-23", "day")),
    ("29 februari", span("2027-02-01", "2027-02-28", "month")),
    ("31 april", span("2027-04-01", "2027-04-30", "month")),
    ("2027", span("2027-01-01", "2027-12-31", "year")),
    ("volgend jaar", span("2027-01-01", "2027-12-31", "year")),
    ("dit jaar", span("2026-01-01", "2026-12-31", "year")),
    ("iso 2050", None),
    ("volgende maand", span("2026-12-01", "2026-12-31", "month")),
    ("deze week", span("2026-11-23", "2026-11-29")),
    ("next week", span("2026-11-30", "2026-12-06")),
    ("morgen", span("2026-11-25", "2026-11-25", "day")),
    ("donderdag", replace(span("2026-11-26", "2026-11-26", "day"), bare=True)),
    ("deze donderdag", span("2026-11-26", "2026-11-26", "day")),
    ("volgende week donderdag", span("2026-12-03", "2026-12-03", "day")),
    ("donderdag volgende week", span("2026-12-03", "2026-12-03", "day")),
    ("tuesday next week", span("2026-12-01", "2026-12-01", "day")),
    ("gisteren", span("2026-11-23", "2026-11-23", "day")),
    ("yesterday", span("2026-11-23", "2026-11-23", "day")),
    ("zomer", span("2027-06-01", "2027-08-31")),
    ("de zomer van 2028", span("2028-06-01", "2028-08-31")),
    ("winter", span("2026-12-01", "2027-02-28")),
    ("kerstvakantie", span("2026-12-19", "2027-01-05")),
    ("juli en augustus", span("2027-07-01", "2027-08-31")),
    ("van november tot en met februari", span("2026-11-01", "2027-02-28")),
    ("december en januari 2027", span("2026-12-01", "2027-01-31")),
    ("komende drie maanden", span("2026-11-24", "2027-02-25")),
    ("may i bring a colleague", None),
    ("in may", span("2027-05-01", "2027-05-31", "month")),
    ("zaterdagmarkt", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "is_"), CASES, ids=[words for words, _ in CASES])
def test_a_period_is_read(words, is_):
    assert read(words) == is_


def test_looking_back_a_name_without_a_year_is_the_last_of_that_name():
    assert read("oktober", past=True) == span("2026-10-01", "2026-10-31", "month")
    assert read("23 november", past=True) == span("2026-11-23", "2026-11-23", "day")


@given(st.text(alphabet="0123456789-/. abcdefijklmnorstuvwz§¤", max_size=300))
def test_no_text_breaks_the_reading_and_every_period_leaves_a_sign(words):
    some, rest = periods(words, Today(TODAY))

    assert all(period.first <= period.last for period in some)
    assert rest.count(PLACE) >= len(some)
