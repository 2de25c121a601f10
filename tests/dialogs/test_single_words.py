"""A word or two: who has them in what is asked of it, and the names of themes."""

from datetime import UTC, datetime

import pytest

from dialogs import conversation
from dialogs.single_words import looked_up
from dialogs.values import ConversationState, Message
from faq.search.result import Match, SearchResult

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def say(context, text):
    return conversation.respond(context, Message(text=text, at=NOW), ConversationState())


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("geldigheid", "geldigheid-certificaat"), ("subsidie", "subsidie"), ("zonnepanelen", "zonnepanelen"),
        ("klimaattransitieplan?", "klimaattransitieplan"), ("gunningvoordeel", "gunningvoordeel-hoogte"),
        ("koudemiddelen", "koudemiddelen"), ("validity", "geldigheid-certificaat"),
    ],
)  # fmt: skip
def test_a_word_that_one_answer_has_leads_to_it(shipped_context, word, id_):
    assert say(shipped_context, word).outcome.id == id_


@pytest.mark.parametrize("word", ["ketenanalyse verplicht", "waterschap", "audits"])
def test_words_that_a_few_answers_have_offer_these(shipped_context, word):
    outcome = say(shipped_context, word).outcome

    assert outcome.id or 1 < len(outcome.suggestions) <= 3


@pytest.mark.parametrize("words", ["laadpalen", "appeltaart", "wat dan"])
def test_words_that_nobody_has_stay_unknown(shipped_context, words):
    result = SearchResult("unknown", (), "nl")

    assert looked_up(shipped_context, words, result) == result


def test_an_entry_that_leads_is_what_a_word_means(shipped_context):
    leads = SearchResult("suggest", (Match("subsidie", 0.2), Match("training", 0.01)), "nl")
    near = SearchResult("suggest", (Match("subsidie", 0.2), Match("training", 0.15)), "nl")

    assert looked_up(shipped_context, "geldpot", leads).matches[0].score > 0.2
    assert looked_up(shipped_context, "geldpot", near) == near


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("certificering", "Certificering"),
        ("community", "De community"),
        ("Niveaus en treden", "Niveaus en treden"),
        ("certification", "Certification"),
    ],
)
def test_the_name_of_a_theme_opens_it(shipped_context, name, theme):
    reply = say(shipped_context, name)

    assert (reply.outcome.command, reply.card.title) == ("topics", theme)
