"""What the talk is about: tables of (what was told, message, what becomes of it), with the shipped content."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dialogs import conversation
from dialogs.subject import subject, without_unasked_command
from dialogs.values import ConversationState, LastExchange, Message, Quoted, Spoken
from faq.language import LANGUAGES
from faq.search.result import Match, SearchResult

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def say(context, text, entry="", **more):
    last = LastExchange(
        entry=entry, kind="answer" if entry else None, at=NOW, **{"spoken": Spoken("nl")} | more
    )
    state = ConversationState(last=last)
    return conversation.respond(context, Message(text=text, at=NOW), state)


ABOUT_THE_SAME = [
    ("geldigheid-certificaat", "en voor gemeenten?"),
    ("geldigheid-certificaat", "kun je dat uitleggen?"),
    ("geldigheid-certificaat", "hoe zit dat precies"),
    ("maatregelenlijst", "zijn die verplicht?"),
    ("jaarbijdrage-skao", "hoeveel is dat"),
    ("ketenanalyse-scope-3", "ik snap het niet"),
    ("externe-audit-verloop", "wie doet dat dan"),
    ("klimaattransitieplan", "and for us?"),
    ("kosten-certificering", "wat moeten we dan doen?"),
    ("co2-compensatie", "waarom niet?"),
]


@pytest.mark.parametrize(("entry", "text"), ABOUT_THE_SAME, ids=[row[1] for row in ABOUT_THE_SAME])
def test_what_asks_on_is_about_what_was_just_told_and_says_so(shipped_context, entry, text):
    reply = say(shipped_context, text, entry)

    title = shipped_context.knowledge.entries[entry].title("nl")
    assert reply.last.entry == entry
    assert reply.card.title == f"Over: {title}"
    assert title in [choice.text for choice in reply.card.choices]


NEAR = [
    ("externe-audit-verloop", "en wat kost dat?", "kosten-certificering"),
    ("trede-1-eisen", "en trede 2?", "trede-2-eisen"),
    ("groene-stroom-en-gvo", "en zonnepanelen?", "zonnepanelen"),
    ("externe-audit-verloop", "hoeveel dagen duurt dat?", "auditduur"),
    ("scopes-1-2-3", "en woon-werkverkeer?", "woon-werkverkeer-en-thuiswerken"),
]


@pytest.mark.parametrize(("entry", "text", "id_"), NEAR, ids=[row[1] for row in NEAR])
def test_what_asks_on_about_something_near_is_told_that(shipped_context, entry, text, id_):
    reply = say(shipped_context, text, entry)

    assert reply.outcome.id == id_
    assert reply.last.entry == id_


LEANS = [
    ("zakelijk-verkeer", "en voor zonnepanelen en laadpalen"),
    ("ketenanalyse-scope-3", "is die verplicht op niveau 4"),
    ("andere-ministeries-op-de-ladder", "op welk niveau"),
    ("maatregelenlijst", "geldt die voor 3.1 of 4.0?"),
    ("co2-managementsysteem", "wie controleert dat"),
]


@pytest.mark.parametrize(("entry", "text"), LEANS, ids=[row[1] for row in LEANS])
def test_what_leans_on_the_talk_stays_with_its_subject(shipped_context, entry, text):
    reply = say(shipped_context, text, entry)

    assert reply.last.entry == entry
    assert reply.card.title.startswith("Over: ")


ALONE = [
    ("deelnemers-cop", "en welke trede wordt dat in 4.0", "niveau-versus-trede-vergelijking"),
    ("geldigheid-certificaat", "Wat zijn scope 1, 2 en 3?", "scopes-1-2-3"),
    ("geldigheid-certificaat", "wat is een ketenanalyse", "ketenanalyse-scope-3"),
    ("geldigheid-certificaat", "wat is skao", "skao-organisatie"),
]


@pytest.mark.parametrize(("entry", "text", "id_"), ALONE, ids=[row[1] for row in ALONE])
def test_what_names_another_subject_is_about_that(shipped_context, entry, text, id_):
    assert say(shipped_context, text, entry).outcome.id == id_


def test_what_has_no_word_of_its_own_is_never_told_another_answer(shipped_context):
    """The search can only guess at `hoeveel is genoeg`; what is near may be offered."""
    for text in ("hoeveel is genoeg", "hoe vaak?", "en wanneer dan", "waarom niet"):
        reply = say(shipped_context, text, "maatregelenlijst")

        assert reply.last.entry == "maatregelenlijst"


def test_the_third_in_a_row_still_knows_the_subject(shipped_context):
    last = LastExchange()
    for text in ("Wat is de maatregelenlijst en waarvoor dient die?", "is die verplicht?", "en voor ons?", "waarom dan?"):  # fmt: skip
        reply = conversation.respond(
            shipped_context, Message(text=text, at=NOW), ConversationState(last=last)
        )
        last = reply.last

        assert last.entry == "maatregelenlijst"


def test_the_card_is_not_shown_again_but_its_title_opens_it(shipped_context):
    entry = shipped_context.knowledge.entries["geldigheid-certificaat"]
    short = say(shipped_context, "hoe lang is ons certificaat dan geldig", entry.id)
    whole = say(shipped_context, entry.title("nl"), entry.id)

    assert (short.outcome.id, whole.outcome.id) == (entry.id, entry.id)
    assert len(short.card.text) < len(whole.card.text)


SOURCES = [
    "bron?", "waar staat dat?", "heb je daar een bron van", "source?", "hoe weet je dat", "klopt dat nog wel",
    "says who", "wat zijn de bronnen", "is dat nog actueel?", "weet je dat zeker?",
]  # fmt: skip


@pytest.mark.parametrize("text", SOURCES)
def test_sources_asked_in_words_are_those_of_the_last_answer(shipped_context, text):
    entry = shipped_context.knowledge.entries["geldigheid-certificaat"]
    card = say(shipped_context, text, entry.id).card

    assert [link.url for link in card.sources.links] == [s.url for s in entry.sources]
    assert entry.title("nl") in card.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_answer_there_are_no_sources(shipped_context, language):
    reply = say(shipped_context, "bron?", spoken=Spoken(language))

    assert reply.card.title == shipped_context.texts.get(language, "follow_up.no_answer_title")


@pytest.mark.parametrize("text", ["bronnen van uitstoot", "waar staat het handboek", "is scope 3 verplicht"])  # fmt: skip
def test_a_question_with_a_subject_asks_for_no_sources(shipped_context, text):
    assert "De bronnen bij" not in say(shipped_context, text, "geldigheid-certificaat").card.title


def test_what_nobody_knows_of_the_subject_is_kept_as_unanswered(shipped_context):
    unknown = say(shipped_context, "geldt dat ook voor hijskranen?", "jaarbijdrage-skao")
    bare = say(shipped_context, "en wat niet?", "jaarbijdrage-skao")

    assert [change.question for change in unknown.changes] == ["geldt dat ook voor hijskranen?"]
    assert bare.changes == ()


def test_the_subject_is_what_a_message_quotes(shipped_context):
    ours = Quoted(text="Wat zijn scope 1, 2 en 3? Scopes zijn de drie groepen", ours=True)
    theirs = Quoted(text="weet iemand hoe lang een certificaat geldig is?")

    assert subject(shipped_context, ours, "skao-organisatie").id == "scopes-1-2-3"
    assert subject(shipped_context, theirs, "").id == "geldigheid-certificaat"
    assert subject(shipped_context, Quoted(text="asdfghjkl"), "skao-organisatie") is None


@pytest.mark.parametrize(
    ("text", "score", "zone"),
    [
        ("gebruik je een taalmodel", 0.89, "suggest"),
        ("gebruik je een taalmodel", 0.99, "answer"),
        ("help me eens", 0.8, "answer"),
    ],
)
def test_help_needs_its_words_or_a_very_sure_search(shipped_context, text, score, zone):
    result = SearchResult("answer", (Match("@help", score), Match("scopes-1-2-3", 0.1)), "nl")

    assert without_unasked_command(shipped_context.texts, text, result).zone == zone


@pytest.mark.parametrize(
    ("command", "text", "strange", "zone"),
    [
        ("@unsubscribe", "ik wil stoppen met mijn studie", ("studie",), "suggest"),
        ("@unsubscribe", "ik wil stoppen", (), "answer"),
        ("@thanks", "hartstikke bedankt", ("hartstikke",), "answer"),
        ("@thanks", "je bent lelijk", ("lelijk",), "suggest"),
        ("@greeting", "vertaal goedemorgen", (), "suggest"),
        ("@thanks", "how do you say thank you in Dutch", (), "suggest"),
    ],
)
def test_a_command_is_not_carried_out_where_the_message_speaks_of_something_else(
    shipped_context, command, text, strange, zone
):
    matches = (Match(command, 0.99), Match("scopes-1-2-3", 0.1))
    result = SearchResult("answer", matches, "nl", strange=strange)
    asked = without_unasked_command(shipped_context.texts, text, result)

    assert asked.zone == zone
    assert (asked.matches[0].id == command) == (zone == "answer")


def test_a_kind_of_question_has_its_kind_of_sentence(shipped_context):
    texts = shipped_context.texts
    counts = {len(texts.get_list(one, f"follow_up.{key}")) for one in LANGUAGES for key in ("asks", "tells")}  # fmt: skip

    assert len(counts) == 1


def test_without_the_search_a_follow_up_waits_for_it(shipped_context):
    assert say(replace(shipped_context, search=None), "en voor ons?", "skao-organisatie").card.title == "Ik ben net gestart"  # fmt: skip
