"""Facts of the calendar in an answer: it can say nothing that the calendar does not."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.content.live import read_texts
from bot.settings import read
from dialogs import conversation, share
from dialogs.card import Card
from dialogs.entry_card import entry_card
from dialogs.facts import FACTS, with_facts
from dialogs.values import ConversationState, Message
from faq.entries import Knowledge
from faq.facts import NAMES
from faq.language import LANGUAGES
from faq.meetings import Calendar
from tests.support import ROOT
from tests.support.content import live_content, shipped_content

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLACEHOLDER = re.compile(r"\{[\w.]+\}")
HOW_OFTEN = "Hoe vaak komt de CoP bij elkaar?"


def context_with(**fields):
    """The shipped content, its one series with these fields."""
    content = shipped_content()
    (series,) = content.calendar.series
    calendar = replace(content.calendar, series=(replace(series, **fields),))
    knowledge = content.knowledge
    return replace(live_content().context(), calendar=calendar, knowledge=knowledge)


def told(context, question=HOW_OFTEN, at=NOW):
    reply = conversation.respond(context, Message(text=question, at=at), ConversationState())
    assert reply.outcome.id == "bijeenkomsten-cop-frequentie"
    return reply.card.text


def test_every_fact_that_an_answer_may_ask_for_is_there():
    assert FACTS.keys() == NAMES


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "**elke tweede dinsdag van de maand**, van 10.00 tot 11.30 uur. Dat is anderhalf uur. De plaats: Teams."),
        ({"rule": "FREQ=MONTHLY;BYDAY=-1TH", "starts": datetime(2026, 11, 26, 13)}, "elke laatste donderdag van de maand**, van 13.00 tot 14.30 uur"),  # noqa: DTZ001 - wall-clock time
        ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, "om de 2 weken op dinsdag"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=8"}, "op wisselende dagen"),
        ({"duration": timedelta(minutes=45)}, "van 10.00 tot 10.45 uur. Dat is 45 minuten"),
        ({"duration": timedelta(minutes=150)}, "Dat is 2 uur en 30 minuten"),
        ({"location": "Croeselaan 15, Utrecht"}, "De plaats: Croeselaan 15, Utrecht."),
        ({"location": ""}, "De plaats: nog niet bekend."),
    ],
)  # fmt: skip
def test_an_answer_changes_with_the_calendar(fields, words):
    assert words in told(context_with(**fields))


def test_it_speaks_the_language_of_the_question():
    text = told(context_with(), "How often does the CoP meet?")

    assert "**every second Tuesday of the month**, from 10:00 to 11:30" in text


def test_the_next_meeting_is_the_next_one_that_is_held_at_that_moment():
    context = context_with()
    during, later = datetime(2026, 12, 8, 9, 30, tzinfo=UTC), datetime(2026, 12, 8, 11, tzinfo=UTC)

    assert "De volgende is op **dinsdag 8 december 2026" in told(context, at=during)
    assert "De volgende is op **dinsdag 12 januari 2027" in told(context, at=later)
    # August is cancelled.
    in_july = datetime(2027, 7, 20, tzinfo=UTC)
    assert "De volgende is op **dinsdag 14 september 2027" in told(context, at=in_july)


def test_a_calendar_that_is_empty_or_over_says_so():
    over = context_with(rule="FREQ=MONTHLY;BYDAY=2TU;COUNT=1")
    empty = replace(over, calendar=Calendar.empty())

    assert "geen volgende bijeenkomst" in told(over, at=NOW + timedelta(days=60))
    assert "Er staan nu geen bijeenkomsten" in told(empty)


def test_of_several_series_each_is_named():
    context = context_with()
    (series,) = context.calendar.series
    two = replace(context.calendar, series=(series, replace(series, id="twee", location="Utrecht")))

    text = told(replace(context, calendar=two))

    assert text.count(f"**{series.title.nl}.**") == 2
    assert "De plaats: Utrecht." in text


def test_no_answer_of_the_content_is_shown_with_a_fact_that_was_left_open():
    context = context_with()
    cards = [
        card
        for page in range(40)
        for language in ("nl", "en")
        for card in share.find(context, "de", language, NOW, page)
    ]
    asked = "Hoe draag je een onderwerp of praktijkvraag aan voor een bijeenkomst?"
    reply = conversation.respond(context, Message(text=asked, at=NOW), ConversationState())

    assert "praktijkvraag van een deelnemer" in reply.card.text
    assert [card.title for card in cards if "{" in card.text] == []


def test_what_is_no_fact_stays_as_it_is():
    card = Card(language="nl", title="", text="{facts.weather} en {naam}")

    assert with_facts(context_with(), card, NOW) == card


ITSELF = [
    ("Wie of wat ben je?", "ladderbot-wie"),
    ("wie heeft jou ontwikkeld", "ladderbot-maker"),
    ("gebruik jij chatgpt?", "ladderbot-taalmodel"),
    ("mag ik je iets vertrouwelijks vertellen", "ladderbot-vertrouwelijk"),
    ("ziet mijn baas mijn vragen", "ladderbot-meelezen"),
    ("hoe oud is jouw kennis", "ladderbot-kennis"),
    ("leer jij van mijn vragen", "ladderbot-leren"),
    ("ik gebruik een schermlezer, werkt dat hier", "ladderbot-schermlezer"),
    ("hoe kan ik een antwoord delen met een collega", "ladderbot-delen"),
    ("kun jij mijn dossier nakijken", "ladderbot-kan-niet"),
    ("waarom weet je dat niet", "ladderbot-weet-niet"),
    ("welke talen spreek jij", "ladderbot-talen"),
    ("are you a language model", "ladderbot-taalmodel"),
    ("who developed you", "ladderbot-maker"),
    ("how recent is your information", "ladderbot-kennis"),
]


@pytest.mark.parametrize(("question", "id_"), ITSELF, ids=[row[0] for row in ITSELF])
def test_it_can_be_asked_about_itself(shipped_context, question, id_):
    reply = conversation.respond(
        shipped_context, Message(text=question, at=NOW), ConversationState()
    )

    assert id_ in (reply.outcome.id, *reply.outcome.suggestions)


def test_what_it_tells_of_its_knowledge_is_counted(shipped_context):
    entries = dict(list(shipped_context.knowledge.entries.items())[:-3])
    fewer = replace(shipped_context, knowledge=Knowledge(entries))
    card = Card(language="en", title="", text="{facts.answers}, {facts.themes}, {facts.read}")

    newest = max(entry.read for entry in entries.values())
    told_of = with_facts(fewer, card, NOW).text
    assert told_of.startswith(f"{len(entries)}, {len(fewer.knowledge.themes())}, {newest.day} ")
    assert told_of.endswith(str(newest.year))


def test_how_long_questions_are_kept_is_the_setting():
    settings = read({"KEEP_QUESTIONS_DAYS": "17"}, {}, ROOT)
    context = replace(live_content().context(), texts=read_texts(ROOT, settings))
    card = Card(language="nl", title="", text="{facts.questions_days} dagen")

    assert with_facts(context, card, NOW).text == "17 dagen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_shows_a_placeholder(shipped_context, language):
    left = []
    for entry in shipped_context.knowledge.entries.values():
        card = entry_card(shipped_context, entry, language, today=NOW.date())
        left += [entry.id for _ in PLACEHOLDER.findall(with_facts(shipped_context, card, NOW).text)]

    assert left == []


ABBREVIATIONS = ["EMVI", "bpkv", "CI", "GPP", "MVI", "KAM", "SKAO", "CoP", "wat betekent EMVI?", "en een CI?", "RvA", "GHG Protocol", "what does KAM mean"]  # fmt: skip


@pytest.mark.parametrize("text", ABBREVIATIONS)
def test_an_abbreviation_is_told(shipped_context, text):
    reply = conversation.respond(shipped_context, Message(text=text, at=NOW), ConversationState())

    assert reply.outcome.kind == "answer"
