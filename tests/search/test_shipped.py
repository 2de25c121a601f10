"""What the search makes of the shipped content."""

import pytest

from faq.search.index import build_index
from tests.support.content import best, read_content


def outcome(trained, question, previous=""):
    result = trained.search.search(question, previous=previous)
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
def test_niveau_and_trede_steer(trained, question, id_):
    assert outcome(trained, question)[:2] == ("answer", id_)


@pytest.mark.parametrize("question", ["handboek 3.1", "level 3", "4.0", "3.1", "versie 4.0"])
def test_what_may_mean_two_versions_is_a_choice(trained, words_only, question):
    assert outcome(trained, question)[0] == "suggest"
    assert words_only.search(question).zone == "suggest"


def test_of_two_questions_the_surer_is_answered_and_the_other_offered(trained):
    zone, id_, also = outcome(
        trained,
        "Wij zijn net begonnen. Hoe hoog is de jaarbijdrage voor een ministerie? En welke instellingen mogen ons certificeren?",
    )

    assert zone == "answer"
    assert {id_, also} == {"jaarbijdrage-skao", "certificerende-instellingen"}


def test_the_second_of_two_questions_is_read_with_the_first(trained):
    result = outcome(trained, "Hoe lang is een certificaat geldig en wat kost het?")

    assert result == ("answer", "geldigheid-certificaat", "kosten-certificering")


def test_of_two_questions_that_are_not_clear_both_are_offered(trained):
    result = trained.search.search("Hoe lang geldig en wat kost het?")

    assert result.zone == "suggest"
    assert {m.id for m in result.matches} >= {"geldigheid-certificaat", "kosten-certificering"}


def test_a_command_beside_a_question_is_offered_and_not_carried_out(trained):
    result = outcome(trained, "Wat is een sleutelpersoon? Wie kan ik daarover bellen?")

    assert result == ("answer", "sleutelpersonen", "@human")


FOLLOWED = [
    ("Wat is de jaarbijdrage aan SKAO voor ministeries?", "en voor gemeenten?", "jaarbijdrage-skao"),
    ("Wat is trede 2?", "en trede 3?", "trede-3-eisen"),
    ("Hoe lang is een certificaat geldig?", "en wat kost dat?", "kosten-certificering"),
    ("Wat zijn sleutelpersonen?", "hoe wijs je die aan?", "sleutelpersonen"),
    ("Hoe lang is een certificaat geldig?", "dank je wel", "@thanks"),
    ("Hoe lang is een certificaat geldig?", "Wat zijn scope 1, 2 en 3?", "scopes-1-2-3"),
]  # fmt: skip


@pytest.mark.parametrize(("previous", "question", "id_"), FOLLOWED, ids=[f[1] for f in FOLLOWED])
def test_a_follow_up_is_read_with_the_one_before(trained, previous, question, id_):
    zone, best_id, _ = outcome(trained, question, previous)

    assert zone in ("answer", "suggest")
    assert best_id == id_


def test_a_message_that_stands_by_itself_forgets_the_one_before(trained):
    question = "Wie mag een certificaat uitgeven?"
    assert outcome(trained, question, "Wat is trede 2?") == outcome(trained, question)


def test_every_title_leads_to_its_own_answer(trained):
    for entry in trained.knowledge.entries.values():
        for language in ("nl", "en"):
            assert outcome(trained, entry.title(language))[:2] == ("answer", entry.id)


@pytest.fixture(scope="module")
def words_only():
    """The shipped content, without the encoder."""
    return build_index(read_content(), None)[0]


def test_the_search_works_without_the_encoder(words_only):
    assert best(words_only, "hoe lang is een certificaat geldig dan") == "geldigheid-certificaat"
    assert words_only.search("Wie wint het voetbal vanavond?").zone != "answer"


def test_explain_says_which_words_spoke_for_what(trained):
    lines = trained.search.explain("hoe lang is ons certificaat gelidg")

    assert "geldigheid-certificaat" in lines
    assert "geldig +" in lines
    assert "betekenis van de zin" not in lines
    assert "betekenis van de zin" in trained.search.explain("mogen we die sticker jaren houden")
