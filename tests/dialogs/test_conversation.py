"""Conversations as tables of (message, answer), with the shipped content and the real search."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import conversation
from dialogs.commands import ids
from dialogs.markdown import paragraphs
from dialogs.values import ConversationState, LastExchange, Message, Place, Subscription
from faq.search.result import Match, SearchResult

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def say(context, text, known=None, *, at=NOW, place=Place.PERSONAL):
    return conversation.respond(
        context, Message(text=text, at=at, place=place), known or ConversationState()
    )


def did(reply):
    """What a reply did, in one word."""
    outcome = reply.outcome
    return f"@{outcome.command}" if outcome.kind == "command" else outcome.id or outcome.kind


TALKS = [
    ("Hoe lang is een certificaat geldig?", "geldigheid-certificaat", "drie jaar"),
    ("How long is a certificate valid?", "geldigheid-certificaat", "three years"),
    ("hoelang is zon certficaat geldig", "geldigheid-certificaat", "drie jaar"),
    ("Wat vraagt trede 3 van versie 4.0?", "trede-3-eisen", "2050"),
    ("Hoe meld ik mijn organisatie aan voor certificering?", "stappenplan-certificering", "SKAO"),
    ("Hallo", "@greeting", "chatbot"),
    ("HALLO!", "@greeting", "chatbot"),
    ("  hello  ", "@greeting", "chatbot"),
    ("help", "@help", "gewone taal"),
    ("?", "@help", "gewone taal"),
    ("Help me", "@help", "gewone taal"),
    ("dank je wel!", "@thanks", "Graag gedaan"),
    ("thanks", "@thanks", "welcome"),
    ("Ik wil graag iemand spreken", "@human", "Sanne"),
    ("English please", "@language", "English"),
    ("onderwerpen", "@topics", "onderwerp"),
    ("aanmelden", "@subscribe", "herinnering"),
    ("stop", "@unsubscribe", "herinneringen aan"),
    ("mijn abonnement", "@status", "herinneringen aan"),
    ("wanneer is de volgende bijeenkomst?", "@meetings", "8 december 2026"),
    ("mijn gegevens", "@my-data", "bewaar"),
    ("vergeet mij", "@forget-me", "alles"),
]


@pytest.mark.parametrize(("text", "does", "holds"), TALKS, ids=[t[0] for t in TALKS])
def test_a_message_gets_its_answer(shipped_context, text, does, holds):
    reply = say(shipped_context, text)

    assert did(reply) == does
    card = reply.card
    assert holds in f"{card.title} {card.text} {card.note}"


def test_a_reply_says_how_many_choices_it_has(shipped_context):
    themes = len(shipped_context.knowledge.themes())

    card = say(shipped_context, "onderwerpen").card
    assert card.counted == f"Er zijn {themes} keuzes."
    assert card.prompt == "Kies een nummer"
    assert say(shipped_context, "stop").card.counted == ""


NOTHING = ["", "   ", "🚲", "…", "!!!", "\n\n", "\u200b"]


@pytest.mark.parametrize("text", NOTHING)
def test_a_message_without_a_word_gets_a_way_forward(shipped_context, text):
    reply = say(shipped_context, text)

    assert reply.outcome.kind == "unknown"
    assert reply.card.choices


NOBODY_KNOWS = [
    "Wat kost een kaartje naar Parijs?",
    "asdfghjkl",
    "Wie was er gisteren ziek?",
    "What is the weather tomorrow?",
    "Wie ruimt de vaatwasser op de derde uit?",
]


@pytest.mark.parametrize("text", NOBODY_KNOWS)
def test_what_nobody_here_knows_is_not_answered(shipped_context, text):
    assert say(shipped_context, text).outcome.kind in ("unknown", "suggest")


def test_the_second_unknown_in_a_row_says_something_else(shipped_context):
    first = say(shipped_context, "asdfghjkl")
    second = say(shipped_context, "sdfghjkl", ConversationState(last=first.last))

    assert (first.outcome.kind, second.outcome.kind) == ("unknown", "unknown")
    assert first.card.text != second.card.text
    assert "Sanne" in second.card.text


def test_an_answer_starts_the_count_of_unknowns_anew(shipped_context):
    first = say(shipped_context, "asdfghjkl")
    answered = say(
        shipped_context, "Hoe lang is een certificaat geldig?", ConversationState(last=first.last)
    )

    assert answered.last.unknowns == 0


def test_the_reply_is_in_the_language_of_the_question_unless_one_was_chosen(shipped_context):
    assert say(shipped_context, "How long is a certificate valid?").card.language == "en"
    assert say(shipped_context, "Hoe lang is een certificaat geldig?").card.language == "nl"
    chosen = ConversationState(language="en")
    assert say(shipped_context, "Hoe lang is een certificaat geldig?", chosen).card.language == "en"


def test_an_unanswered_question_is_kept_without_who_asked(shipped_context):
    reply = say(shipped_context, "asdfghjkl")

    assert [type(change).__name__ for change in reply.changes] == ["KeepUnanswered"]
    assert vars_of(reply.changes[0]) == {"question": "asdfghjkl"}


def vars_of(value):
    return {name: getattr(value, name) for name in value.__slots__}


def test_every_button_of_an_answer_leads_where_it_says(shipped_context):
    lost = {}
    for id_, entry in shipped_context.knowledge.entries.items():
        for language in ("nl", "en"):
            outcome = did(say(shipped_context, entry.title(language)))
            if outcome != id_:
                lost[entry.title(language)] = outcome

    assert lost == {}


class Doubting:
    """A search to which two commands are as likely."""

    def __init__(self, first, score, second):
        self.result = SearchResult(
            "answer", (Match(first, score), Match(second, score * 0.55)), "nl"
        )

    def search(self, *_, **__):
        return self.result


@pytest.mark.parametrize("command", ["@subscribe", "@unsubscribe", "@pause"])
@pytest.mark.parametrize(("score", "second"), [(0.99, "@status"), (0.65, "geldigheid-certificaat")])
def test_what_changes_reminders_is_asked_when_in_doubt(shipped_context, command, score, second):
    doubting = replace(shipped_context, search=Doubting(command, score, second))
    reply = say(doubting, "doe dat met die meldingen")

    assert reply.outcome.kind == "suggest"
    assert reply.changes == ()


@pytest.mark.parametrize(
    "text",
    ["are the sessions in Dutch or English", "kan ik daar Engels praten of alleen Nederlands daar"],
)
def test_the_language_of_something_else_is_not_that_of_the_talk(shipped_context, text):
    assert say(shipped_context, text).outcome.command != "language"


def test_a_country_is_no_language_where_another_is_named(shipped_context):
    chosen = ConversationState(language="en")

    assert say(shipped_context, "Nederland").card.language == "nl"
    assert (
        say(shipped_context, "switch to English please, also in Nederland", chosen).card.language
        == "en"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("command", sorted(ids()))
def test_every_command_s_button_carries_it_out(shipped_context, command, language):
    words = shipped_context.texts.get(language, f"says.{command}")

    assert did(say(shipped_context, words)) == f"@{command}"


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("command", sorted(ids()))
def test_every_command_gives_one_card_in_every_place(shipped_context, command, place):
    for language in ("nl", "en"):
        words = shipped_context.texts.get_list(language, f"exact.{command}")[0]
        known = ConversationState(
            language=language, subscription=Subscription(active=True), stored=(("id", "29:anna"),)
        )
        card = say(shipped_context, words, known, place=place).card

        assert card.language in ("nl", "en")
        assert card.choices
        assert "29:anna" not in card.text or place == Place.PERSONAL


def test_a_follow_up_is_read_with_the_question_before(shipped_context):
    first = say(shipped_context, "Wat kost certificering?")
    then = say(shipped_context, "en hoe lang duurt dat?", ConversationState(last=first.last))

    assert did(first) == "kosten-certificering"
    assert "uur" in then.card.text
    near = shipped_context.knowledge.entries["tijdsinvestering-en-doorlooptijd"].title("nl")
    assert near in [choice.text for choice in then.card.choices]


def test_a_stale_question_before_is_not_used(shipped_context):
    stale = LastExchange(question="Wat kost certificering?", at=NOW - timedelta(hours=1))

    assert say(shipped_context, "help", ConversationState(last=stale)).outcome.command == "help"


LONG = (
    "Wij zijn een uitvoeringsorganisatie met veel gebouwen en auto's en zijn net begonnen. " * 120
)


def test_ten_thousand_characters_are_answered_like_any_message(shipped_context):
    assert len(LONG) > 10_000
    assert say(shipped_context, LONG).card.choices


def test_without_content_help_and_stop_still_work(context_without_content):
    assert did(say(context_without_content, "help")) == "@help"
    stop = say(
        context_without_content, "stop", ConversationState(subscription=Subscription(active=True))
    )
    assert did(stop) == "@unsubscribe"
    assert stop.changes
    assert (
        say(context_without_content, "Hoe lang is een certificaat geldig?").outcome.kind
        == "unknown"
    )


@pytest.mark.parametrize(
    ("question", "language", "title"),
    [
        ("hoe lang is een certificaat geldig", "nl", "Hoe lang is een certificaat geldig?"),
        ("How long is a certificate valid?", "en", "How long is a certificate valid?"),
    ],
)
def test_before_anything_is_learned_a_phrasing_is_answered_as_it_stands(
    shipped_context, question, language, title
):
    """As the buttons of an older card say it."""
    reply = say(replace(shipped_context, search=None), question)

    assert (reply.outcome.kind, reply.outcome.id) == ("answer", "geldigheid-certificaat")
    assert (reply.card.language, reply.card.title) == (language, title)


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Ik ben net gestart"), ("en", "I have only just started")]
)
def test_before_anything_is_learned_another_question_is_asked_to_come_back(
    shipped_context, language, title
):
    """And nobody is told that it was noted as a question without an answer."""
    starting = replace(shipped_context, search=None)
    reply = say(starting, "mogen we die sticker houden", ConversationState(language=language))

    assert (reply.card.title, reply.outcome.kind, reply.changes) == (title, "unknown", ())


def test_my_data_shows_all_that_is_stored_in_words(shipped_context):
    stored = (
        ("id", "29:anna, a:anna"),
        ("address", "{}"),
        ("language", "nl"),
        ("welcomed_at", "2026-11-24T09:00:00+00:00"),
        ("seen_at", "2026-11-24"),
        ("active", ""),
        ("ended", ""),
        ("since", "2026-11-24T09:00:00+00:00"),
        ("paused_until", "2027-01-31T23:00:00+00:00"),
        ("ended_because", "stop"),
        ("leads", "1d, 1h"),
        ("deliveries", "cop/2026-12-08 7d sent"),
    )
    for language, month in (("nl", "februari"), ("en", "February")):
        card = say(
            shipped_context, "mijn gegevens", ConversationState(language=language, stored=stored)
        ).card

        shown, technical = card.text.split("\n\n" + ("In tech"), 1)
        assert shown.count("\n- ") == len(stored)
        assert "29:anna" not in shown
        assert "29:anna, a:anna" in technical
        assert card.fold.paragraphs == len(paragraphs(shown))
        assert f"1 {month} 2027, 00:00" in card.text


class Fixed:
    """A search that makes the same of everything but a title."""

    def __init__(self, context, zone, *matches):
        self.context = context
        self.result = SearchResult(zone, tuple(Match(*m) for m in matches), "nl")

    def search(self, question, **_):
        titles = {e.title("nl"): id_ for id_, e in self.context.knowledge.entries.items()}
        if question in titles:
            return SearchResult("answer", (Match(titles[question], 1.0),), "nl")
        return self.result


TWO = ("geldigheid-certificaat", 0.3), ("kosten-certificering", 0.2)


def test_a_number_chooses_what_the_card_before_offers(shipped_context):
    offering = replace(shipped_context, search=Fixed(shipped_context, "suggest", *TWO))
    first = say(offering, "vertel eens iets")
    then = say(offering, "2", ConversationState(last=first.last))

    assert [choice.text for choice in first.card.choices][-1] == "Geen van deze"
    assert did(then) == "kosten-certificering"


@pytest.mark.parametrize("no", ["geen van deze", "nee", "dat bedoel ik niet"])
def test_none_of_these_leads_to_a_person_and_keeps_the_question(shipped_context, no):
    offering = replace(shipped_context, search=Fixed(shipped_context, "suggest", *TWO))
    first = say(offering, "vertel eens iets")
    then = say(offering, no, ConversationState(last=first.last))

    assert did(then) == "@human"
    assert "Sanne" in then.card.text
    assert [change.question for change in then.changes] == ["vertel eens iets"]


def test_no_after_an_answer_leads_to_what_else_it_may_be(shipped_context):
    sure = replace(shipped_context, search=Fixed(shipped_context, "answer", *TWO))
    first = say(sure, "vertel eens iets")
    then = say(sure, "nee", ConversationState(last=first.last))

    assert did(first) == "geldigheid-certificaat"
    assert "Wat kost certificering in totaal?" in [choice.text for choice in then.card.choices]


def test_what_was_probably_meant_is_told_with_the_doubt(shipped_context):
    likely = replace(
        shipped_context, search=Fixed(shipped_context, "suggest", ("geldigheid-certificaat", 0.72))
    )
    reply = say(likely, "vertel eens iets")

    assert did(reply) == "geldigheid-certificaat"
    assert reply.card.title == "Ik denk dat je dit bedoelt: Hoe lang is een certificaat geldig?"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Combien coûte un certificat pour une entreprise ?", "Je parle néerlandais et anglais."),
        ("Wie lange ist das Zertifikat gültig?", "Ich spreche Niederländisch und Englisch."),
    ],
)
@pytest.mark.parametrize("language", [None, "nl"])
def test_french_and_german_get_the_nearest_and_one_sentence_of_their_own(
    shipped_context, text, sentence, language
):
    reply = say(shipped_context, text, ConversationState(language=language))

    assert (reply.outcome.kind, len(reply.outcome.suggestions)) == ("suggest", 3)
    assert reply.card.text.startswith(sentence)


@pytest.mark.parametrize("text", ["ok", "haha leuk", "sorry", "laat maar", "👍"])
def test_small_talk_is_no_unanswered_question_and_the_talk_goes_on(shipped_context, text):
    first = say(shipped_context, "Hoe lang is een certificaat geldig?")
    then = say(shipped_context, text, ConversationState(last=first.last))

    assert (did(then), then.changes) == ("@thanks", ())
    assert then.last.entry == "geldigheid-certificaat"


def test_more_questions_as_it_is_typed_shows_the_next_page(shipped_context):
    first = say(shipped_context, "onderwerpen certificering")
    then = say(shipped_context, "Meer vragen", ConversationState(last=first.last))

    assert "deel 1 van 2" in first.card.text
    assert "deel 2 van 2" in then.card.text
    assert not set(then.card.rows) & set(first.card.rows)


@pytest.mark.parametrize("text", ["en voor ons?", "hoe vaak?"])
def test_who_asks_on_under_choices_is_asked_which(shipped_context, text):
    offering = replace(shipped_context, search=Fixed(shipped_context, "suggest", *TWO))
    first = say(offering, "vertel eens iets")
    then = say(offering, text, ConversationState(last=first.last))

    assert then.card.title == "Welke bedoel je?"
    assert then.card.choices == first.card.choices


def test_who_wants_an_explanation_under_choices_is_told_the_likeliest(shipped_context):
    offering = replace(shipped_context, search=Fixed(shipped_context, "suggest", *TWO))
    first = say(offering, "vertel eens iets")
    then = say(offering, "kun je dat uitleggen?", ConversationState(last=first.last))

    assert (then.outcome.id, then.card.title[:8]) == (TWO[0][0], "Ik denk ")


def test_choices_near_the_subject_leave_it_what_it_was(shipped_context):
    near = replace(shipped_context, search=Fixed(shipped_context, "suggest", *TWO))
    known = ConversationState(last=LastExchange(entry="geldigheid-certificaat", kind="answer"))
    other = ConversationState(last=LastExchange(entry="zonnepanelen", kind="answer"))

    assert say(near, "beschrijf eens uitvoerig het behang van de gang", known).last.entry == "geldigheid-certificaat"  # fmt: skip
    assert say(near, "beschrijf eens uitvoerig het behang van de gang", other).last.entry == ""
