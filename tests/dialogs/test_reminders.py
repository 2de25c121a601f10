"""What goes out by itself: its title says when, what to do comes first, and what is outdated shrinks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.reminders import correction, outdated, reminder
from dialogs.values import Place
from faq.meeting_shown import Shown
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


@pytest.mark.parametrize(
    ("announced", "language", "title", "begins"),
    [
        (timedelta(days=7), "nl", "Verplaatst: ", "Was: **dinsdag 1 december 2026 om 10.00 uur**\n\nWordt: **"),
        (timedelta(hours=1), "nl", "Andere tijd: ", "Was: **dinsdag 8 december 2026 om 09.00 uur**\n\nWordt: **"),
        (timedelta(days=7), "en", "Moved: ", "Was: **Tuesday 1 December 2026 at 10:00**\n\nNow: **"),
        (timedelta(hours=1), "en", "Different time: ", "Was: **Tuesday 8 December 2026 at 09:00**\n\nNow: **"),
    ],
)  # fmt: skip
def test_a_change_begins_with_what_it_was_and_what_it_is_now(announced, language, title, begins):
    before = MEETING.local - announced
    card = correction(SHIPPED, MEETING, language, before, Place.PERSONAL)

    assert card.title.startswith(title)
    assert card.text.startswith(begins)


@pytest.mark.parametrize(
    ("meeting", "announced", "words"),
    [
        (MEETING, MEETING.local - timedelta(days=7), "Verander die afspraak dan zelf."),
        (MEETING, None, "Zet die er dan zelf weer in."),
        (None, MEETING.local, "Verwijder die afspraak dan zelf."),
    ],
    ids=["moved", "back", "gone"],
)
def test_a_change_says_what_to_do_with_an_agenda_of_ones_own(meeting, announced, words):
    card = correction(SHIPPED, meeting, "nl", announced, Place.PERSONAL)
    without = replace(SHIPPED, feed_url="")

    assert f"{words} Een abonnement op alle data past zich vanzelf aan." in card.text
    no_feed = correction(without, meeting, "nl", announced, Place.PERSONAL)
    assert no_feed.text.endswith(words)


def test_who_gets_it_reads_why_in_words_for_one_or_for_all():
    changed = (SHIPPED, MEETING, "nl", None)

    assert remind(1).note.startswith("Je krijgt dit bericht omdat je herinneringen aan hebt staan.")
    assert correction(*changed, Place.PERSONAL).note.startswith(
        "Je krijgt dit bericht omdat je eerder een herinnering aan deze bijeenkomst kreeg."
    )
    for card in (remind(1, place=Place.CHANNEL), correction(*changed, Place.CHANNEL)):
        assert card.note.startswith("Dit bericht staat hier omdat")


def test_what_is_outdated_is_one_line_without_buttons():
    card = outdated(SHIPPED, MEETING, "nl", MEETING.local - timedelta(days=7))

    assert card.title == (
        "Vervallen: deze bijeenkomst is nu op dinsdag 8 december 2026, van 10.00 tot 11.30 uur."
        " Zie mijn nieuwere bericht."
    )
    assert (card.text, card.facts, card.links, card.choices, card.note) == ("", (), (), (), "")


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        ({"location": "Utrecht"}, "Plaats. Was: **Utrecht**. Wordt: **Teams**."),
        (
            {"location": "Utrecht", "minutes": 60},
            "- Plaats. Was: **Utrecht**. Wordt: **Teams**.\n- Hoe",
        ),
    ],
    ids=["one", "two"],
)
def test_what_else_differs_comes_first_and_is_a_list_where_it_is_more_than_one(before, begins):
    shown = replace(Shown.of(MEETING), **before)
    card = correction(SHIPPED, MEETING, "nl", MEETING.local, Place.PERSONAL, shown=shown)

    assert card.text.startswith(begins)
