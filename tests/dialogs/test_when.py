"""Moments in people's words: what is understood, and what is asked again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import when

TODAY = date(2026, 11, 25)  # a Wednesday, in week 48

UNTIL = [
    ("pauzeer tot 1 september", "2027-09-01"),
    ("Pauzeer tot 1 SEPTEMBER 2028", "2028-09-01"),
    ("tot 12 dec.", "2026-12-12"),
    ("pauze t/m 1 september", "2027-09-02"),
    ("pauze tot en met vrijdag", "2026-11-28"),
    ("tot maandag", "2026-11-30"),
    ("tot woensdag", "2026-12-02"),
    ("tot en met morgen", "2026-11-27"),
    ("pauze t/m wk 3", "2027-01-25"),
    ("tot week 3", "2027-01-18"),
    ("tot week 49", "2026-11-30"),
    ("pauze drie weken", "2026-12-16"),
    ("pauze 3 wkn", "2026-12-16"),
    ("een maand pauze", "2026-12-25"),
    ("pauze tot volgende week", "2026-11-30"),
    ("pauze tot volgende maand", "2026-12-01"),
    ("pauze tot 1-1", "2027-01-01"),
    ("pauze tot 01/02/27", "2027-02-01"),
    ("pauze tot 2027-03-01", "2027-03-01"),
    ("tot 29 februari", "2028-02-29"),
    ("tot januari", "2027-01-01"),
    ("t/m januari", "2027-02-01"),
    ("tot begin februari", "2027-02-01"),
    ("tot de 15e", "2026-12-15"),
    ("tot de 31e", "2026-12-31"),
    ("van 1 december t/m 10 december", "2026-12-11"),
    ("pauze vanaf 1 januari tot 1 februari", "2027-02-01"),
    ("tot dinsdag 5 januari", "2027-01-05"),
    ("pause until 5 January", "2027-01-05"),
    ("pause until January 5th, 2028", "2028-01-05"),
    ("pause for two weeks", "2026-12-09"),
    ("snooze through friday", "2026-11-28"),
    ("pause until tomorrow", "2026-11-26"),
    # Nobody can be sure of these, so they are asked for.
    ("pauze tot na de zomer", None),
    ("tot kerst", None),
    ("tot eind januari", None),
    ("tot 31 februari", None),
    ("tot de 32e", None),
    ("tot week 60", None),
    ("pauze", None),
    ("pauze tot 4.0", None),
    ("pause until mid January", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), UNTIL, ids=[text or "nothing" for text, _ in UNTIL])
def test_until_when(text, expected):
    day = when.until(text, TODAY)

    assert (day.isoformat() if day else None) == expected


LEADS = [
    ("herinner me een dag en een uur vooraf", "1d 1h"),
    ("herinner mij 2 dagen van tevoren", "2d"),
    ("stuur een herinnering een week, een dag en een kwartier van te voren", "7d 1d 15m"),
    ("een half uur ervoor", "30m"),
    ("anderhalf uur vooraf", "90m"),
    ("drie kwartier vooraf", "45m"),
    ("1d en 1u vooraf", "1d 1h"),
    ("herinner me twee uur voor de bijeenkomst", "2h"),
    ("24 uur van tevoren", "1d"),
    ("remind me an hour and 15 minutes before", "1h 15m"),
    ("half an hour before", "30m"),
    ("remind me two days ahead", "2d"),
    ("één dag en één uur vooraf", "1d 1h"),
    ("90 dagen vooraf", ""),
    ("meld me aan voor de bijeenkomst over een week", ""),
    ("aanmelden voor de herinneringen", ""),
    ("herinner me 's ochtends", ""),
    ("remind me of the meetings and mail me", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), LEADS, ids=[text or "nothing" for text, _ in LEADS])
def test_how_long_before(text, expected):
    from faq.meetings import lead_text

    assert " ".join(lead_text(lead) for lead in when.leads(text)) == expected


@given(st.text(max_size=200), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_any_text_gives_a_day_to_come_or_none(text, today):
    day = when.until(f"tot {text}", today)

    assert day is None or isinstance(day, date)
    assert all(
        timedelta(minutes=1) <= lead <= timedelta(days=60) for lead in when.leads(f"{text} vooraf")
    )
