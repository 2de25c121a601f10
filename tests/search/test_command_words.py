"""A word that no command is asked with says that a message asks for something else."""

import pytest

from faq.search.command_words import CommandWords

KNOWN = CommandWords(
    [
        "stop met de herinnering",
        "ik wil stoppen",
        "wanneer is de volgende bijeenkomst",
        "Pauze tot volgende week graag",
        "welke gegevens bewaar je",
    ]
)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("stoppen met mijn studie", ["studie"]),
        ("wanneer is Moederdag?", ["moederdag"]),
        ("volgende aflevering van de serie", ["aflevering", "serie"]),
    ],
)
def test_a_word_of_something_else_is_strange(text, strange):
    assert KNOWN.strange(text) == strange


@pytest.mark.parametrize(
    "text",
    [
        "STOP met de herinneringen!",
        "haal me van de herinneringslijst",
        "wanner is de bijenkomst",
        "welke gegevns",
        "de vologende",
        "ff pauze tot wk 3",
        "gegeven bewaart",
        "bijeenkomsten",
        "14001 123456",
        "",
    ],
)
def test_an_ending_a_slip_a_compound_and_a_small_word_are_not(text):
    assert KNOWN.strange(text) == []


def test_who_learned_nothing_calls_nothing_strange():
    assert CommandWords([]).strange("wanneer is Moederdag?") == []
