"""What goes back in the HTTP response, for every way in which an answer can be asked for."""

import json
from datetime import UTC, datetime

import pytest

from bot.channel import Address, Answer, Incoming
from bot.teams import cards
from bot.teams.response import ACCEPTED, encode
from dialogs.card import Card

CARD = Card(language="nl", title="Antwoord", text="x")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def incoming(mode):
    address = Address(service_url="https://x/", conversation_id="a:anna")
    return Incoming(event="message", address=address, at=NOW, answer_mode=mode)


def body(answer):
    assert answer.status == 200
    return json.loads(answer.body)


@pytest.mark.parametrize("mode", ["post", "invoke", "inline"])
def test_a_sentence_for_a_query(mode):
    shown = body(encode(incoming(mode), Answer("failed", "busy")))["composeExtension"]

    assert shown == {"type": "message", "text": "busy"}


def test_the_cards_for_a_query():
    shown = body(encode(incoming("invoke"), Answer("query", (CARD, CARD))))["composeExtension"]

    assert (shown["type"], len(shown["attachments"])) == ("result", 2)


def test_expect_replies_is_answered_with_a_list():
    (activity,) = body(encode(incoming("inline"), Answer("answer", CARD)))["activities"]

    assert activity["attachments"][0]["content"]["body"][0]["text"] == "Antwoord"


def test_also_where_there_is_nothing_to_say():
    assert body(encode(incoming("inline"), Answer("other"))) == {"activities": []}


def test_a_card_action_is_answered_with_a_card():
    response = body(encode(incoming("invoke"), Answer("answer", CARD)))

    assert (response["statusCode"], response["type"]) == (200, cards.CONTENT_TYPE)
    assert response["value"]["type"] == "AdaptiveCard"


def test_what_was_posted_leaves_nothing_to_answer():
    assert encode(incoming("post"), Answer("answer")) == ACCEPTED
