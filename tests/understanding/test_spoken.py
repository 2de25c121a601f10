"""A talk stays in its language; one word of doubt changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogs import conversation
from dialogs.values import ConversationState, LastExchange, Message, Subscription

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TALKS = {
    "Dutch stays Dutch": [
        ("Wat is een managementsysteem dan precies?", "nl"),
        ("certificering", "nl"),
        ("werkt het in een teamkanaal", "nl"),
        ("stop alsjeblieft", "nl"),
        ("status", "nl"),
        ("EMAS", "nl"),
        ("qwertyuiop", "nl"),
    ],
    "English stays English": [
        ("Hi, what is this ladder thing?", "en"),
        ("source?", "en"),
        ("pause over summer", "en"),
        ("is remote allowed", "en"),
        ("status", "en"),
        ("CO2", "en"),
        ("stop", "en"),
    ],
    "one message in another language changes nothing": [
        ("Hoe lang is het geldig?", "nl"),
        ("what does it cost?", "nl"),
        ("en wie betaalt dat?", "nl"),
        ("how often is that?", "nl"),
        ("ok", "nl"),
    ],
    "two clear messages in a row change it": [
        ("Hoe lang is het geldig?", "nl"),
        ("what does it cost?", "nl"),
        ("EMAS?", "nl"),
        ("and who pays for that?", "en"),
        ("wat kost het dan?", "en"),
        ("en hoe lang duurt dat?", "nl"),
    ],
    "the command changes it at once": [
        ("Hoe lang is het geldig?", "nl"),
        ("English please", "en"),
        ("certificering", "en"),
        ("Nederlands", "nl"),
    ],
    "a first word of doubt decides nothing": [
        ("certificering", "nl"),
        ("what does it cost?", "en"),
    ],
    "nonsense is not English": [("qwertyuiop", "nl"), ("xkcdq zzz", "nl"), ("what is it?", "en")],
    "politeness tells the language of a command": [("stop please", "en")],
    "and so it does in Dutch": [("stop alsjeblieft", "nl")],
}


@pytest.mark.parametrize("turns", TALKS.values(), ids=TALKS.keys())
def test_the_language_of_a_talk(shipped_context, turns):
    last, heard = LastExchange(), []
    for text, _ in turns:
        state = ConversationState(last=last, subscription=Subscription(active=True))
        reply = conversation.respond(shipped_context, Message(text=text, at=NOW), state)
        last = reply.last
        heard.append((text, reply.card.language))

    assert heard == turns


def test_a_chosen_language_is_that_of_the_talk(shipped_context):
    state = ConversationState(language="en")
    reply = conversation.respond(shipped_context, Message(text="wat kost het?", at=NOW), state)

    assert reply.card.language == "en"


async def test_the_language_outlives_what_was_talked_about(client, clock):
    await client.say("What is the ladder and who is behind it?")
    clock.now += timedelta(hours=2)

    assert (await client.say("stop"))["lang"] == "en"
