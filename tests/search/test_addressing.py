"""What the bot tells of itself is for who speaks to it; what letters stand for, for who asks that."""

import pytest

from faq.search.addressing import Addressing
from faq.search.index import build_index
from tests.support.content import small_content

ENTRIES = {
    "scopes": (["Welke scopes zijn er?", "indeling in scopes", "hoe werkt een scope"], "How do scopes work?", "Er zijn drie scopes."),
    "afkorting-xyz": (["Wat is XYZ?", "XYZ", "waar staat XYZ voor"], "What does XYZ stand for?", "Dat is een protocol."),
    "ladderbot-wie": (["Wie ben jij?", "stel je voor", "ladderbot"], "Who are you?", "Ik ben een bot."),
}  # fmt: skip
CONTENT = small_content(ENTRIES, "wat betekent XYZ nou\tafkorting-xyz\tnl\tplain\n")
ADDRESSING = Addressing(CONTENT, ["-", *ENTRIES])


def asked_for(question):
    barred = {["-", *ENTRIES][index] for index in ADDRESSING.barred(question)}
    return sorted(set(ENTRIES) - barred - {"scopes"})


@pytest.mark.parametrize(
    "question",
    ["xyz?", "Wat betekent XYZ in een contract van het Rijk", "XYZ, wat is dat", "wat houdt XYZ precies in", "what is meant by XYZ", "what's XYZ",
     "Que signifie XYZ ?", "Wofür steht XYZ?", "Was bedeutet XYZ?", "wat is het XYZ-protocol", "verschil XYZ en ABC"],
)  # fmt: skip
def test_what_letters_stand_for_is_for_who_asks_that(question):
    assert asked_for(question) == ["afkorting-xyz"]


@pytest.mark.parametrize(
    "question",
    ["how do the XYZ scopes work", "welke XYZ-scopes tellen mee", "wat is de rol van XYZ in een audit", "wie betaalt de XYZ",
     "Comment fonctionnent les scopes XYZ ?", "Wie funktionieren die XYZ-Scopes?"],
)  # fmt: skip
def test_a_question_that_only_has_the_letters_is_not_about_what_they_stand_for(question):
    assert "afkorting-xyz" not in asked_for(question)


@pytest.mark.parametrize(
    "question",
    ["hoe heet je", "wat is de naam van deze bot", "leest er hier iemand mee", "Who am I talking to", "Es-tu un robot, toi ?", "Bist du ein Mensch?"],
)  # fmt: skip
def test_what_the_bot_tells_of_itself_is_for_who_speaks_to_it(question):
    assert "ladderbot-wie" in asked_for(question)


@pytest.mark.parametrize(
    "question", ["wie is de voorzitter van SKAO", "wie tekent het certificaat", "who chairs the board"]
)  # fmt: skip
def test_who_does_not_speak_to_the_bot_hears_nothing_of_it(question):
    assert "ladderbot-wie" not in asked_for(question)


def test_the_next_best_takes_the_place_of_what_was_not_asked_for():
    index, _ = build_index(CONTENT, None)
    ids = [match.id for match in index.search("hoe werken de scopes XYZ hier dan").matches]

    assert ids[0] == "scopes"
    assert "afkorting-xyz" not in ids


def test_where_nothing_else_is_known_a_search_still_ends():
    only = {"afkorting-xyz": ENTRIES["afkorting-xyz"]}
    index, _ = build_index(small_content(only), None)

    assert index.search("welke XYZ tellen er mee").zone == "unknown"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how do the GHG scopes work", "afkorting-"),
        ("hoe rekent het GHG-protocol met scopes in de keten", "afkorting-"),
        ("Comment fonctionnent les scopes du GHG protocol ?", "afkorting-"),
        ("hoeveel LCA's moet een leverancier aanleveren", "afkorting-"),
        ("welke eisen stelt de RvA aan een auditor", "afkorting-"),
        ("wie is verantwoordelijk voor het energiebeleid", "ladderbot-"),
        ("moet de directie de reductiedoelen tekenen", "ladderbot-"),
    ],
)
def test_the_shipped_content_does_not_draw_questions_for_others(shipped_context, question, kind):
    result = shipped_context.search.search(question)

    assert [match.id for match in result.matches if match.id.startswith(kind)] == []
