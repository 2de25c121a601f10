"""What goes out by itself: its title says when, what to do comes first, and what is outdated shrinks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.reminders import correction, outdated, reminder
from dialogs.values import Place
from tests.support.cards import NOW, context

SHIPPED = context()
MEETING = next(SHIPPED.calendar.meetings(NOW, NOW + timedelta(days=60)))


def remind(days, language="nl", place=Place.PERSONAL, meeting=MEETING):
    today = MEETING.date - timedelta(days=days)
    return reminder(SHIPPED, meeting, language, place, today=today)


@pytest.mark.parametrize(
    ("days", "language", "begins"),
    [
        (0, "nl", "Vandaag om 10.00 uur: CoP"),
        (1, "nl", "Morgen om 10.00 uur: CoP"),
        (7, "nl", "Dinsdag 8 december om 10.00 uur: CoP"),
        (0, "en", "Today at 10:00: CoP"),
        (1, "en", "Tomorrow at 10:00: CoP"),
        (7, "en", "Tuesday 8 December at 10:00: CoP"),
    ],
)
def test_the_title_says_the_day_and_the_hour(days, language, begins):
    assert remind(days, language).title.startswith(begins)


def test_what_to_do_comes_first_and_reminders_off_last():
    series = replace(MEETING.series, url="https://teams.microsoft.com/l/meetup-join/x")
    card = remind(1, meeting=replace(MEETING, series=series))

    assert [link.label for link in card.links] == ["Deelnemen", "Zet in mijn agenda"]
    assert [choice.label for choice in card.choices] == [
        "Mijn herinneringen",
        "Help",
        "Herinneringen uit",
    ]


@pytest.mark.parametrize("place", [Place.GROUP, Place.CHANNEL])
def test_where_others_talk_what_can_be_typed_carries_the_mention(place):
    for card in (
        remind(1, place=place),
        correction(SHIPPED, MEETING, "nl", None, place),
        correction(SHIPPED, None, "nl", MEETING.local, place),
    ):
        assert "'@Ladderbot stop'" in card.note
    assert "**@Ladderbot bijeenkomsten**" in card.text
    assert "@Ladderbot" not in remind(1).note


def test_what_is_outdated_is_one_line_without_buttons():
    card = outdated(SHIPPED, MEETING, "nl", MEETING.local - timedelta(days=7))

    assert card.title == (
        "Vervallen: deze bijeenkomst is nu op dinsdag 8 december 2026, van 10.00 tot 11.30 uur."
        " Zie mijn nieuwere bericht."
    )
    assert (card.text, card.facts, card.links, card.choices, card.note) == ("", (), (), (), "")
