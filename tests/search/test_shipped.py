"""What the search makes of the shipped content."""

import pytest

from faq.search.decision import with_second_question
from faq.search.result import Match, SearchResult
from tests.support.content import LEARNED, best_match, learned_once, shipped_content


def outcome(shipped_context, question):
    result = shipped_context.search.search(question)
    return result.zone, result.matches[0].id if result.matches else "", result.also


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("trede 3", "trede-3-eisen"),
        ("Wat vraagt trede 1 van ons?", "trede-1-eisen"),
        ("certificerings kosten", "kosten-certificering"),
        ("wat houd niveau 5 in", "niveaus-3-1-inhoud"),
        ("how long is the certificate valid", "geldigheid-certificaat"),
        ("Hoe meld ik mijn organisatie aan voor certificering?", "stappenplan-certificering"),
    ],
)
def test_niveau_and_trede_steer(shipped_context, question, id_):
    assert outcome(shipped_context, question)[:2] == ("answer", id_)


@pytest.mark.parametrize("question", ["handboek 3.1", "level 3", "4.0", "3.1", "versie 4.0"])
def test_what_may_mean_two_versions_is_a_choice(shipped_context, words_only, question):
    assert outcome(shipped_context, question)[0] == "suggest"
    assert words_only.search(question).zone == "suggest"


def test_of_two_questions_the_surer_is_answered_and_the_other_offered(shipped_context):
    zone, id_, also = outcome(
        shipped_context,
        "Wij zijn net begonnen. Hoe hoog is de jaarbijdrage voor een ministerie? En welke instellingen mogen ons certificeren?",
    )

    assert zone == "answer"
    assert {id_, also} == {"jaarbijdrage-skao", "certificerende-instellingen"}


def test_the_second_of_two_questions_is_read_with_the_first(shipped_context):
    result = outcome(shipped_context, "Hoe lang is een certificaat geldig en wat kost het?")

    assert result == ("answer", "geldigheid-certificaat", "kosten-certificering")


def test_of_two_questions_that_are_not_clear_both_are_offered():
    def unsure(*matches):
        return SearchResult("suggest", tuple(Match(*match) for match in matches), "nl")

    lasts, costs = ("geldigheid-certificaat", 0.5), ("kosten-certificering", 0.4)
    other = ("auditduur", 0.3)
    result = with_second_question(unsure(other, lasts), [unsure(lasts, other), unsure(costs)])

    assert result.zone == "suggest"
    assert [m.id for m in result.matches] == [lasts[0], costs[0], other[0]]


def test_a_command_beside_a_question_is_offered_and_not_carried_out(shipped_context):
    result = outcome(shipped_context, "Wat is een sleutelpersoon? Wie kan ik daarover bellen?")

    assert result == ("answer", "sleutelpersonen", "@human")


def test_every_title_leads_to_its_own_answer(shipped_context):
    for entry in shipped_context.knowledge.entries.values():
        for language in ("nl", "en"):
            assert outcome(shipped_context, entry.title(language))[:2] == ("answer", entry.id)


@pytest.fixture(scope="module")
def words_only():
    """The shipped content, without the encoder."""
    kept = LEARNED.with_name("learned-by-tests-words-only")
    return learned_once(kept, None, shipped_content()).context().search


def test_the_search_works_without_the_encoder(words_only):
    assert (
        best_match(words_only, "hoe lang is een certificaat geldig dan") == "geldigheid-certificaat"
    )
    assert words_only.search("Wie wint het voetbal vanavond?").zone != "answer"


def test_explain_says_which_words_spoke_for_what(shipped_context):
    lines = shipped_context.search.explain("hoe lang is ons certificaat gelidg")

    assert "geldigheid-certificaat" in lines
    assert "geldig +" in lines
    assert "betekenis van de zin" not in lines
    vague = [
        "moeten we elk jaar weer betalen",
        "hoe bewijs je minder uitstoot bij een klus",
        "what do we gain from it",
        "mogen we die sticker jaren houden",
    ]
    assert any("betekenis van de zin" in shipped_context.search.explain(q) for q in vague)
