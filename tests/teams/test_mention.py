"""Mentions are removed exactly; a question that holds the bot's name survives, and no other name is kept."""

import pytest

from bot.teams.mention import without_mentions

BOT = "28:bot"


def mention(text, who=BOT):
    return {"type": "mention", "text": text, "mentioned": {"id": who, "name": "x"}}


def named(name, who=BOT):
    return {"type": "mention", "mentioned": {"id": who, "name": name}}


CASES = [
    ("<at>FAQ</at> what is FAQ and where?", [mention("<at>FAQ</at>")], "what is FAQ and where?"),
    ("SWITCH WITH IT", [mention("<at>IT</at>")], "SWITCH WITH IT"),
    ("<at>IT</at> SWITCH WITH IT", [mention("<at>IT</at>")], "SWITCH WITH IT"),
    ('<at id="0">Bot</at> hoi', [mention('<at id="0">Bot</at>')], "hoi"),
    ("hoi <at>Bot</at>", [mention("<at>Bot</at>")], "hoi"),
    ("<at>Bot</at>&nbsp;hoi\xa0daar", [mention("<at>Bot</at>")], "hoi daar"),
    ("<at>Bot</at>\n\nregel een\nregel twee", [mention("<at>Bot</at>")], "regel een\nregel twee"),
    ("<at>A &amp; B</at> hoi", [mention("<at>A &amp; B</at>")], "hoi"),
    ("<at>A &amp; B</at> hoi", [mention("<at>A & B</at>")], "hoi"),
    ("<at>A & B</at> hoi", [mention("<at>A & B</at>")], "hoi"),
    ("is 3 &lt; 4 &amp; 5 &gt; 4?", [], "is 3 < 4 & 5 > 4?"),
    ("&lt;at&gt;Bot&lt;/at&gt; hoi", [], "<at>Bot</at> hoi"),
    (
        "<at>Bot</at> zei <at>Bot</at> dat?",
        [mention("<at>Bot</at>")],
        "zei <at>Bot</at> dat?",
    ),
    ("<at>Bot</at> zei <at>Bot</at> dat?", [mention("<at>Bot</at>")] * 2, "zei dat?"),
    (
        "<at>Bot</at> vraag het <at>Anna</at>",
        [mention("<at>Bot</at>"), mention("<at>Anna</at>", "29:anna")],
        "vraag het",
    ),
    # An entity that does not say how it is written.
    ("<at>Ladderbot</at> stop", [named("Ladderbot")], "stop"),
    ('<at id="0">A &amp; B</at> stop', [named("A & B")], "stop"),
    ("@Ladderbot stop", [named("ladderbot")], "stop"),
    ("<at>Anna</at> stop", [named("Ladderbot")], "<at>Anna</at> stop"),
    ("Ladderbot is goed", [named("Ladderbot")], "Ladderbot is goed"),
]


@pytest.mark.parametrize(("sent", "entities", "left"), CASES)
def test_what_is_left_of_a_message(sent, entities, left):
    text, mentioned = without_mentions(sent, entities, BOT)

    assert text == left
    assert mentioned == any(e["mentioned"]["id"] == BOT for e in entities)


ODD = [
    {"type": "mention"},
    {"type": "mention", "mentioned": "x", "text": "hoi"},
    {"type": "mention", "mentioned": {"id": BOT}, "text": None},
    {"type": "mention", "mentioned": {"id": BOT}, "text": ""},
    {"type": "mention", "mentioned": {"id": None}, "text": "hoi"},
    {"type": "clientInfo", "mentioned": {"id": BOT}, "text": "hoi"},
    {"type": 5},
    {},
]


@pytest.mark.parametrize("entity", ODD)
def test_an_odd_entity_takes_nothing_away(entity):
    assert without_mentions("daar hoor", [entity], BOT)[0] == "daar hoor"


def test_without_a_bot_id_nobody_is_mentioned():
    assert without_mentions("hoi", [mention("hoi", "")], "") == ("hoi", False)
