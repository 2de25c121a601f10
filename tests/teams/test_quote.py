"""What a reply quotes is never what its member says, in whichever way Teams writes it."""

import pytest

from bot.store.database import open_database
from bot.teams.quote import without_placeholders, without_quotes
from bot.teams.wording import read_wording
from dialogs.values import Quoted
from tests.support.teams import HI, channel, mention

BOT = "28:bot"


def html(quote, own, who="28:bot"):
    """A reply in HTML, as a client sends it: what is quoted, and then what is said."""
    return {
        "contentType": "text/html",
        "content": '<div><blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1700">'
        f'<strong itemprop="mri" itemid="{who}">Naam</strong><span itemprop="time" itemid="1"></span>'
        f'<p itemprop="preview">{quote}</p></blockquote>{own}</div>',
    }


def entity(preview="Typ stop.", sender=BOT):
    data = {"messageId": "1700", "senderId": sender, "senderName": "Naam", "preview": preview}
    return {"type": "quotedReply", "quotedReply": data}


def body(text, entities=(), attachments=()):
    return {
        "text": text,
        "entities": list(entities),
        "attachments": list(attachments),
        "recipient": {"id": BOT},
    }


OURS = Quoted(text="Typ stop.", ours=True, id="1700")
THEIRS = Quoted(text="Wat kost het?", ours=False, id="1700")
SPAN = '<span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">Ladderbot</span>'
CASES = {
    "a placeholder": (body('<quoted messageId="1700"/> stop'), "stop", Quoted(id="1700")),
    "a placeholder on a line": (
        body('<quoted messageId="1700"/>\nklopt dit?'),
        "klopt dit?",
        Quoted(id="1700"),
    ),
    "a placeholder and the entity": (
        body('<quoted messageId="1700"/>klopt dit?', [entity()]),
        "klopt dit?",
        OURS,
    ),
    "only an entity": (body("klopt dit?", [entity()]), "klopt dit?", OURS),
    "somebody else's": (
        body("klopt dit?", [entity("Wat kost het?", "29:piet")]),
        "klopt dit?",
        THEIRS,
    ),
    "HTML beside a plain text": (
        body("klopt dit?", attachments=[html("Typ stop.", "<p>klopt dit?</p>")]),
        "klopt dit?",
        OURS,
    ),
    "HTML, and the quote in the text": (
        body("Naam\nTyp stop.\n\nklopt dit?", attachments=[html("Typ stop.", "<p>klopt dit?</p>")]),
        "klopt dit?",
        OURS,
    ),
    "HTML of which nothing is said": (
        body("Typ stop.", attachments=[html("Typ stop.", "")]),
        "",
        OURS,
    ),
    "HTML with a mention": (
        body(
            f"Wat kost het? {HI} weet jij dit?",
            [mention()],
            [html("Wat kost het?", f"<p>{SPAN}&nbsp;weet jij dit?</p>", "29:piet")],
        ),
        "weet jij dit?",
        THEIRS,
    ),
    "HTML that says something else": (
        body("wat kost dat", attachments=[html("Typ stop.", "<p>iets anders</p>")]),
        "wat kost dat",
        OURS,
    ),
    "HTML without a quote": (
        body("stop", attachments=[{"contentType": "text/html", "content": "<p>stop</p>"}]),
        "stop",
        None,
    ),
    "no quote": (body("stop"), "stop", None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_said_and_what_is_quoted(case):
    sent, said_by_member, quoted = case
    wording = read_wording(sent)

    assert (wording.text, wording.quoted) == (said_by_member, quoted)


ODD = [
    ([{"type": "quotedReply"}], []),
    ([{"type": "quotedReply", "quotedReply": "x"}], []),
    ([{"type": 7, "quotedReply": {"preview": 7}}], []),
    ([], [{"contentType": "text/html", "content": None}]),
    ([], [{"contentType": "text/html"}]),
    ([], [{"content": "<blockquote itemtype='http://schema.skype.com/Reply'>"}]),
    ([], [html("x", "").copy() | {"content": "<blockquote <<< http://schema.skype.com/Reply"}]),
]


@pytest.mark.parametrize(("entities", "attachments"), ODD)
def test_what_is_odd_takes_nothing_away(entities, attachments):
    assert without_quotes("hoi daar", entities, attachments, BOT)[0] == "hoi daar"


def test_a_text_without_a_placeholder_quotes_nothing():
    assert without_placeholders("is 3 < 4?") == ("is 3 < 4?", None)


def subscribed(settings):
    """Whether the one conversation of a test gets reminders."""
    database = open_database(settings.database_path)
    active = [row["active"] for row in database["subscriptions"].rows]
    database.close()
    return active == [1]


@pytest.mark.parametrize(
    "quoting",
    [
        {"text": '<quoted messageId="1700"/> stop'},
        {"text": "stop", "entities": [entity("Wat kost het?")]},
        {"text": f"{HI} stop", "entities": [mention()]},
        {
            "text": f"{HI} stop",
            "entities": [{"type": "mention", "mentioned": {"id": BOT, "name": "Ladderbot"}}],
        },
    ],
)
async def test_a_command_is_understood_beside_a_quote_or_a_mention(client, settings, quoting):
    await client.say("aanmelden")

    await client.say(**quoting)

    assert not subscribed(settings)


@pytest.mark.parametrize(
    "quoting",
    [
        {"text": "klopt dit?", "entities": [entity()]},
        {"text": "Naam\nTyp stop.\nklopt dit?", "attachments": [html("Typ stop.", "klopt dit?")]},
        {"text": "stop", "attachments": [html("stop", "")]},
        {"text": "> Typ stop als je ze niet meer wilt.\nklopt dit?"},
    ],
)
async def test_what_is_quoted_stops_nothing(client, settings, quoting):
    await client.say("aanmelden")
    await client.say(**quoting)

    assert subscribed(settings)


async def test_the_name_of_a_colleague_is_not_kept(client, settings):
    piet = mention("<at>Piet Jansen</at>", {"id": "29:piet", "name": "Piet Jansen"})
    text = f"{HI} blorp zwiebel <at>Piet Jansen</at> kwantum"
    await client.say(text, entities=[mention(), piet], **channel())

    database = open_database(settings.database_path)
    kept = str(list(database["unanswered"].rows))
    database.close()
    assert "zwiebel kwantum" in kept
    assert "Piet" not in kept


async def test_a_question_about_a_quoted_card_is_about_what_that_card_told(client, microsoft):
    """Also when the talk has gone on; of its own card the bot needs no more than the id."""
    await client.say("Hoe lang is een certificaat geldig?")
    told = f"sent-{len(microsoft.sent)}"
    await client.say("bijeenkomsten")

    card = await client.say(f'<quoted messageId="{told}"/> klopt dit?')

    assert "geldig" in card["fallbackText"]


async def test_the_question_of_a_colleague_is_answered_where_it_is_quoted(client):
    quoting = entity("Hoe lang is een certificaat geldig?", "29:piet")

    card = await client.say(HI, entities=[mention(), quoting], **channel())

    assert card["body"][0]["text"] == "Hoe lang is een certificaat geldig?"


async def test_a_command_of_a_colleague_is_not_carried_out_where_it_is_quoted(client, settings):
    await client.say("aanmelden")
    await client.say("", entities=[entity("stop", "29:piet")])

    assert subscribed(settings)
