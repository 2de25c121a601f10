"""What a member says to the card before: tables of (message, choice), and what is no answer to a card."""

import pytest

from dialogs import own_card
from dialogs.card import Choice
from dialogs.values import LastExchange
from tests.support.content import texts

LABELS = (
    "Hoe verloopt de externe audit en hoe vaak is die?",
    "Hoeveel dagen duurt een audit?",
    "Wat kost certificering in totaal?",
)
NONE = Choice("Geen van deze", "Geen van deze")
OFFERED = LastExchange(kind="suggest", offered=(*(Choice(label, label) for label in LABELS), NONE))

BY_PLACE = [
    ("1", 0), ("2.", 1), ("3)", 2), ("nummer 2", 1), ("nr 3", 2), ("optie 1", 0), ("keuze 3 graag", 2),
    ("de eerste", 0), ("de tweede graag", 1), ("doe de derde maar", 2), ("en de tweede?", 1),
    ("de 2e", 1), ("ik bedoel de eerste", 0), ("twee", 1), ("de laatste", 2), ("lees de eerste vraag voor", 0),
    ("the second one please", 1), ("number three", 2), ("option 2", 1), ("the 3rd", 2), ("last one", 2),
    ("I mean the first", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "index"), BY_PLACE, ids=[row[0] for row in BY_PLACE])
def test_a_choice_is_named_by_its_place(text, index):
    assert own_card.read(texts(), text, OFFERED) == OFFERED.offered[index]


BY_WORDS = [
    ("die over kosten", 2), ("die van de dagen", 1), ("de kosten", 2), ("verloopt", 0),
    ("hoe vaak", 0), ("the one about kost", 2), ("hoeveel dagen duurt een audit", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "index"), BY_WORDS, ids=[row[0] for row in BY_WORDS])
def test_a_choice_is_named_by_words_that_only_it_has(text, index):
    assert own_card.read(texts(), text, OFFERED) == OFFERED.offered[index]


NONE_OF_THEM = [
    "geen van deze", "Geen van deze.", "nee", "nee hoor", "iets anders", "nee, een andere", "none of these",
    "no", "neither", "nee dat bedoel ik", "staat er niet bij", "4", "no something else",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE_OF_THEM)
def test_none_of_the_choices_is_understood(text):
    assert own_card.read(texts(), text, OFFERED) == own_card.Unnamed.NONE


@pytest.mark.parametrize("text", ["ja", "ja graag", "yes please", "precies", "7", "yes"])
def test_which_of_several_choices_is_asked(text):
    assert own_card.read(texts(), text, OFFERED) == own_card.Unnamed.WHICH


@pytest.mark.parametrize("text", ["ja", "ja dat bedoel ik", "yes, that is it", "klopt"])
def test_yes_takes_the_only_choice(text):
    one = LastExchange(kind="suggest", offered=(OFFERED.offered[0], NONE))

    assert own_card.read(texts(), text, one) == OFFERED.offered[0]


@pytest.mark.parametrize(
    ("text", "index"), [("ja", 0), ("ja doe maar", 0), ("nee", 1), ("no", 1), ("nee toch maar", 1)]
)
def test_a_yes_or_a_no_takes_the_choice_that_begins_with_it(text, index):
    asked = LastExchange(
        kind="command", offered=(Choice("Ja, verwijder alles", "x"), Choice("Nee", "nee"))
    )

    assert own_card.read(texts(), text, asked) == asked.offered[index]


NO_REPLY = [
    "wat vraagt trede 2", "hoe verloopt een aanbesteding", "en voor ons?", "kosten audit gemeente",
    "2 weken van tevoren", "stop met die van een uur", "audit", "de eerste twee", "100", "niveau 3",
    "nee ik wil juist weten wat een ketenanalyse is",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_REPLY)
def test_what_says_something_else_is_no_reply_to_the_card(text):
    assert own_card.read(texts(), text, OFFERED) is None


@pytest.mark.parametrize("text", ["1", "ja", "nee", "de eerste", "geen van deze"])
def test_without_a_card_there_is_nothing_to_choose(text):
    assert own_card.read(texts(), text, LastExchange(kind="suggest")) is None


def test_the_words_of_a_choice_name_nothing_on_a_card_that_told_something():
    """There they ask: the follow-up questions of an answer are not the subject of the talk."""
    told = LastExchange(kind="answer", offered=OFFERED.offered[:3])

    assert own_card.read(texts(), "en de kosten?", told) is None
    assert own_card.read(texts(), "3", told) == OFFERED.offered[2]


def test_the_last_is_the_last_of_the_numbered_rows():
    told = LastExchange(
        kind="answer",
        offered=(Choice("Een", "a", row=True), Choice("Twee", "b", row=True), Choice("Mens", "c")),
    )

    assert own_card.read(texts(), "de laatste", told) == told.offered[1]


TOLD = LastExchange(
    kind="answer",
    offered=(
        *(Choice(label, label, row=True) for label in LABELS),
        Choice("Klopt dit niet?", "@wrong"),
    ),
)


@pytest.mark.parametrize("text", ["en 3", "and 3?", "maar 2"])
def test_a_number_that_goes_on_with_the_talk_is_no_choice(text):
    assert own_card.read(texts(), text, TOLD) is None
    assert own_card.read(texts(), text, OFFERED) is not None


@pytest.mark.parametrize("text", ["klopt", "ja klopt", "klopt precies"])
def test_who_agrees_does_not_press_what_asks_whether_it_is_right(text):
    assert own_card.read(texts(), text, TOLD) is None


LISTED = LastExchange(
    kind="answer", listed=OFFERED.offered, offered=(Choice("Vier", "d", row=True),) * 2
)
FROM_THE_LIST = [
    ("en de tweede?", 1), ("de laatste", 2), ("doe de derde maar", 2), ("die over kosten", 2),
    ("the second one please", 1), ("en die over de dagen dan", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "index"), FROM_THE_LIST, ids=[row[0] for row in FROM_THE_LIST])
def test_another_of_the_list_before_is_named_after_one_of_it_was_told(text, index):
    assert own_card.read(texts(), text, LISTED) == OFFERED.offered[index]


@pytest.mark.parametrize(
    "text", ["toon ze nog eens", "terug", "nee, een andere", "de andere", "show them again", "back", "the other one"]
)  # fmt: skip
def test_the_list_before_is_asked_for_again(text):
    assert own_card.read(texts(), text, LISTED) == own_card.Unnamed.AGAIN


def test_a_figure_is_of_the_card_that_stands_there():
    assert own_card.read(texts(), "2", LISTED) == LISTED.offered[1]
