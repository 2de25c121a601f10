"""Forgetting a member: always asked first, from every path, and done after a yes only."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import conversation
from dialogs.changes import ForgetMe
from dialogs.values import ConversationState, LastExchange, Message
from tests.support.bot import bot_over_http

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def say(context, text, state=None):
    return conversation.respond(context, Message(text=text, at=NOW), state or ConversationState())


def asked(context, language="nl"):
    """The conversation after our question."""
    before = ConversationState(language=language)
    return ConversationState(language=language, last=say(context, "vergeet mij", before).last)


@pytest.mark.parametrize(
    "text", ["vergeet mij", "Vergeet mij!", "wis mijn gegevens", "forget me", "delete my data"]
)
def test_the_very_words_lead_to_the_question(context_without_content, text):
    reply = say(context_without_content, text)

    assert reply.changes == ()
    assert reply.outcome.command == "forget-me"
    yes, no, *_ = reply.card.choices
    assert say(context_without_content, yes.text).changes == (ForgetMe(),)
    assert say(context_without_content, no.text).changes == ()


@pytest.mark.parametrize("button", ["mijn gegevens", "my data"])
def test_the_button_under_my_data_leads_to_the_question(context_without_content, button):
    card = say(context_without_content, button).card

    reply = say(context_without_content, card.choices[0].text)

    assert (reply.outcome.command, reply.changes) == ("forget-me", ())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "text", ["ja", "Ja.", "ja graag", "yes", "Yes please!", "Ja, verwijder alles"]
)
def test_yes_to_the_question_removes_everything(context_without_content, text, language):
    reply = say(context_without_content, text, asked(context_without_content, language))

    assert reply.changes == (ForgetMe(),)
    assert reply.card.language == language
    assert reply.last == LastExchange()


@pytest.mark.parametrize("text", ["nee", "Nee, toch niet", "no", "Nee, verwijder niets"])
def test_no_to_the_question_removes_nothing(context_without_content, text):
    reply = say(context_without_content, text, asked(context_without_content))

    assert (reply.outcome.command, reply.changes) == ("forget-me", ())
    assert "niets verwijderd" in reply.card.text


@pytest.mark.parametrize("text", ["ja", "yes", "nee", "ok", "Hoe lang is een certificaat geldig?"])
def test_without_the_question_a_yes_removes_nothing(context_without_content, text):
    assert say(context_without_content, text).changes == ()


@pytest.mark.parametrize(
    "text", ["ja maar wat bewaar je dan", "help", "nee, wat kost dat?", "laat maar", "ok"]
)
def test_what_is_neither_yes_nor_no_removes_nothing(context_without_content, text):
    assert say(context_without_content, text, asked(context_without_content)).changes == ()


@pytest.mark.parametrize(("text", "days"), [("mijn gegevens", "dagen"), ("my data", "days")])
async def test_what_is_kept_is_told_with_for_how_long(settings, clock, microsoft, text, days):
    settings = replace(settings, keep_questions_days=30, keep_deliveries_days=100)
    async with bot_over_http(settings, clock, microsoft) as client:
        shown = (await client.say(text))["fallbackText"]

    assert f"30 {days}" in shown
    assert f"100 {days}" in shown
    assert len(re.findall(r"\bid\b", shown)) == 0


async def test_a_yes_that_comes_too_late_removes_nothing(settings, clock, microsoft):
    async with bot_over_http(settings, clock, microsoft) as client:
        await client.say("aanmelden")
        await client.say("vergeet mij")
        clock.now += timedelta(minutes=11)
        await client.say("ja")

        card = await client.say("mijn gegevens")

    assert "Je herinneringen staan aan" in card["fallbackText"]


async def test_forgotten_once_the_member_says_yes(settings, clock, microsoft):
    async with bot_over_http(settings, clock, microsoft) as client:
        await client.say("aanmelden")
        await client.say(None, value={"says": "Vergeet mij"})
        card = await client.say("ja")
        assert "Ik heb alles verwijderd" in card["fallbackText"]

        card = await client.say("mijn gegevens")

    assert "Je herinneringen staan aan" not in card["fallbackText"]
