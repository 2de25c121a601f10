"""The sentences of an answer, and which of them fit a question about it."""

import re

import pytest

from faq.sentences import Sentence, fitting, joined, same_word, split

ANSWER = """
Een certificaat is **drie jaar** geldig. Elk jaar is er een audit.

**Bij versie 3.1:**
- **Kosten:** reken op 2.000 euro.
- **Verlengen:** na drie jaar volgt een hercertificering.

Wat 4.0 vraagt, staat niet in onze bronnen. Vraag dat aan SKAO.
"""
COSTS = re.compile("euro|kost")


def texts_of(sentences):
    return [sentence.text for sentence in sentences]


def test_an_answer_is_split_into_sentences_and_the_items_of_lists_under_their_heading():
    parts = list(split(ANSWER))

    assert texts_of(parts)[:2] == [
        "Een certificaat is **drie jaar** geldig.",
        "Elk jaar is er een audit.",
    ]
    assert parts[2] == Sentence("- **Kosten:** reken op 2.000 euro.", "**Bij versie 3.1:**", 3)
    assert parts[4].heading == ""


@pytest.mark.parametrize(
    ("words", "tells", "fits"),
    [
        (
            ["audit"],
            None,
            ["Een certificaat is **drie jaar** geldig.", "Elk jaar is er een audit."],
        ),
        (["verlengd"], None, ["- **Verlengen:** na drie jaar volgt een hercertificering."]),
        ([], COSTS, ["- **Kosten:** reken op 2.000 euro."]),
        (["verlengen"], COSTS, ["- **Kosten:** reken op 2.000 euro."]),
        (["zonnepanelen"], None, []),
        ([], None, []),
        (["skao"], None, []),
    ],
)
def test_the_sentences_that_fit_have_the_words_or_the_form_that_is_asked_for(words, tells, fits):
    assert texts_of(fitting(ANSWER, words, tells).sentences) == fits


def test_items_are_told_under_their_heading():
    assert joined(list(split(ANSWER))[1:4]) == (
        "Elk jaar is er een audit.\n\n**Bij versie 3.1:**\n- **Kosten:** reken op 2.000 euro."
        "\n- **Verlengen:** na drie jaar volgt een hercertificering."
    )


def test_what_stands_behind_a_list_stays_apart_from_its_last_item():
    assert joined(list(split(ANSWER))[3:5]).endswith(
        "hercertificering.\n\nWat 4.0 vraagt, staat niet in onze bronnen."
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("audit", "audits", True), ("kost", "kosten", True), ("scope", "scope", True),
        ("certificaat", "certificering", False), ("gas", "gasten", False), ("dag", "dagen", False),
        ("geldig", "geldpot", False), ("certificaat", "certificaten", True),
    ],
)  # fmt: skip
def test_words_that_differ_in_their_ending_only_are_the_same(one, other, same):
    assert same_word(one, other) == same_word(other, one) == same


def near_to(part, cosine):
    """A meaning that finds one part of a text so near, and everything else far."""
    return lambda passages: [cosine if part in passage else 0.7 for passage in passages]


@pytest.mark.parametrize(
    ("part", "cosine", "words", "fits", "sure"),
    [
        ("reken op", 0.89, [], "- **Kosten:** reken op 2.000 euro.", True),
        ("reken op", 0.87, [], "- **Kosten:** reken op 2.000 euro.", False),
        ("reken op", 0.84, [], None, False),
        ("na drie jaar", 0.84, ["verlengen"], "- **Verlengen:** na drie jaar volgt een hercertificering.", True),
    ],
)  # fmt: skip
def test_meaning_and_words_together_say_which_sentence_fits(part, cosine, words, fits, sure):
    excerpt = fitting(ANSWER, words, None, near_to(part, cosine))

    assert (texts_of(excerpt.sentences), excerpt.sure) == ([fits] if fits else [], sure)


def test_a_long_paragraph_is_told_around_the_sentence_that_fits():
    long = "Een. Twee. Drie. Vier. Vijf."

    assert texts_of(fitting(long, [], None, near_to("Drie", 0.9)).sentences) == ["Twee.", "Drie.", "Vier."]  # fmt: skip


def test_without_meanings_the_words_decide():
    assert fitting(ANSWER, ["audit"], None, lambda _: None) == fitting(ANSWER, ["audit"], None)
