"""What a question names and the best answer does not: offered, never told."""

import pytest

from faq.search.decision import DOUBTED
from faq.search.names import MAX_ENTRIES, Names

TEXTS = [
    ("Hoe lang is een certificaat geldig?", "geldigheid"),
    ("Ons certificaat op 3.1, hoe lang nog?", "geldigheid"),
    ("Hoe lang is de EcoVadis-medaille geldig?", "-"),
    ("Mag Kiwa ons toetsen?", "instellingen"),
    ("Wat kost de audit? Kader en kosten", "kosten"),
    ("In welk kader valt dat", "kosten"),
    *((f"Wij zijn van BZK, vraag {n}", f"entry-{n}") for n in range(MAX_ENTRIES + 1)),
]
NAMES = Names.fit(TEXTS)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("hoe lang is een ecovadis certificaat geldig", ["ecovadis"]),
        ("Hoe lang is een certificaat op 3.0 geldig?", ["3.0"]),
        ("Hoe lang is een certificaat op 3.1 geldig?", []),
        ("hoe lang is een ISO 14001 certificaat geldig", ["iso", "14001"]),
        ("Hoe lang is het certificaat van Kiwa geldig?", ["kiwa"]),
        ("Wij zijn van BZK, hoe lang is ons certificaat geldig?", []),
        ("Hoe lang is in dit kader een certificaat geldig in 2027?", []),
        ("HOE LANG IS EEN CERTIFICAAT GELDIG DAN", []),
        ("Is certificaat 12 geldig? Sandra vraagt het", []),
    ],
)
def test_a_name_is_known_to_an_entry_or_not(question, names):
    assert NAMES.unknown_to("geldigheid", question) == names


@pytest.mark.parametrize(
    "question",
    [
        "Hoe lang is een certificaat van handboek 3.0 geldig?",
        "wat kost certificering volgens ISO 27001",
        "Hoe lang duurt een audit voor BREEAM?",
    ],
)
def test_what_is_told_of_the_ladder_is_only_offered_where_something_else_is_named(
    shipped_context, question
):
    result = shipped_context.search.search(question)

    assert result.zone != "answer"
    assert all(match.score <= DOUBTED for match in result.matches)


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("Mag DNV ons certificeren?", "certificerende-instellingen"),
        ("Telt ons ISO 50001-certificaat mee?", "iso-14001-50001-en-emas"),
        ("wij zijn van BZK, hoe lang is een certificaat geldig", "geldigheid-certificaat"),
    ],
)
def test_an_entry_that_knows_the_name_is_not_doubted(shipped_context, question, id_):
    best = shipped_context.search.search(question).matches[0]

    assert (best.id, best.score > DOUBTED) == (id_, True)
