"""Every place in Teams: a personal chat, a group chat, a channel."""

import pytest

from tests.support.bot import bot_over_http
from tests.support.teams import BOT, HI, TEAM, channel, event, group, mention

OTHER_TEAM = {"id": "19:other@thread.tacv2", "name": "Elders"}


def installed(place, **more):
    return place | {
        "type": "conversationUpdate",
        "membersAdded": [BOT],
        "from": {"id": "29:adder"},
        **more,
    }


def paths(microsoft):
    return [path for method, path, body, _ in microsoft.sent if body.get("attachments")]


# When it speaks, and where.


@pytest.mark.parametrize("place", [group(), channel()], ids=["group", "channel"])
async def test_among_others_it_is_silent_unless_it_is_mentioned(client, place):
    assert await client.say("Hoe lang is een certificaat geldig?", **place) is None
    assert await client.say("Vraag het Ladderbot maar, help", **place) is None
    somebody = [mention("<at>Piet</at>", {"id": "29:piet", "name": "Piet"})]
    assert await client.say("<at>Piet</at> help", entities=somebody, **place) is None
    assert client.microsoft.sent == []


async def test_in_a_channel_it_answers_in_the_thread_of_the_question(client):
    card = await client.say(
        f"{HI} Hoe lang is een certificaat geldig?",
        entities=[mention()],
        id="1700000000009",
        **channel(),
    )

    assert card["body"][0]["text"] == "Hoe lang is een certificaat geldig?"
    (path,) = paths(client.microsoft)
    assert path == (
        "/v3/conversations/19:questions@thread.tacv2;messageid=1700000000001/activities/1700000000009"
    )


async def test_in_a_group_it_answers_once_in_the_group(client):
    card = await client.say(f"help {HI}", entities=[mention()], **group())

    assert card["body"][0]["text"] == "Dit kan ik voor je doen"
    (path,) = paths(client.microsoft)
    assert path.startswith("/v3/conversations/19:group@thread.v2/activities")


@pytest.mark.parametrize("kind", ["standard", "private", "shared"])
async def test_it_answers_in_every_kind_of_channel(client, kind):
    place = channel(f"19:{kind}@thread.tacv2", type=kind)

    assert await client.say(f"{HI} help", entities=[mention()], **place)


async def test_a_guest_and_a_member_of_another_tenant_are_answered(client):
    """A guest's activity carries the host's tenant; a member of a shared channel its own `from`."""
    guest = {
        "id": "29:guest",
        "name": "Gast",
        "tenantId": "aaaaaaaa-0000-0000-0000-000000000001",
        "aadObjectId": "00000000-0000-0000-0000-000000000099",
        "userRole": "guest",
    }

    text = f"{HI} help"
    assert await client.say(text, entities=[mention()], **channel(type="shared") | {"from": guest})


async def test_a_button_in_a_channel_needs_no_mention(client):
    place = channel()
    await client.say(f"{HI} help", entities=[mention()], **place)

    card = await client.say("Onderwerpen", value={"says": "Onderwerpen"}, **place)

    assert card["body"][0]["text"] == "Hier weet ik iets over"


@pytest.mark.parametrize("place", [group(), channel()], ids=["group", "channel"])
async def test_help_says_that_it_must_be_mentioned(client, place):
    card = await client.say(f"{HI} help", entities=[mention()], **place)

    assert "@Ladderbot" in card["fallbackText"]
    assert "@Ladderbot" not in (await client.say("help"))["fallbackText"]


@pytest.mark.parametrize("text", ["mijn gegevens", "vergeet mij"])
@pytest.mark.parametrize("place", [group(), channel()], ids=["group", "channel"])
async def test_personal_data_is_not_for_an_audience(client, place, text):
    card = await client.say(f"{HI} {text}", entities=[mention()], **place)

    assert "29:anna" not in str(card)
    assert "privéchat met mij" in card["fallbackText"]


async def test_an_unknown_kind_of_place_is_treated_as_one_with_others_in_it(client):
    place = {"conversation": {"id": "19:x@thread.v2", "conversationType": "meeting"}}

    assert await client.say("help", **place) is None
    card = await client.say(f"{HI} mijn gegevens", entities=[mention()], **place)
    assert "29:anna" not in str(card)


# The first words.


async def test_a_personal_install_is_welcomed_once(client, settings, clock, microsoft):
    """Also after a second event, an upgrade, `help`, and a restart."""
    place = {"from": {"id": "29:anna"}}
    await event(client, installed(place, membersAdded=[BOT, {"id": "29:anna"}]))
    await event(client, place | {"type": "installationUpdate", "action": "add"})
    await event(client, place | {"type": "installationUpdate", "action": "add-upgrade"})
    await event(client, installed(place))
    assert [card["body"][0]["text"] for card in microsoft.cards()] == ["Hallo, ik ben Ladderbot"]

    await client.say("help")
    async with bot_over_http(settings, clock, microsoft) as restarted:
        await event(restarted, installed(place))

    assert len(microsoft.cards()) == 2


async def test_the_welcome_says_what_a_reviewer_looks_for(client):
    """What it does, a command, its limits, where help is, and that it is a bot; help says how to stop."""
    await event(client, installed({}))

    (text,) = client.microsoft.texts()
    for part in (
        "Ladderbot",
        "chatbot, geen mens",
        "Herinneringen aan",
        "Dit kan ik niet",
        "'help'",
    ):
        assert part in text
    assert not any(word in text.casefold() for word in ("appsource", "marketplace", "slack"))
    help_card = await client.say("help")
    assert help_card["fallbackText"] != text
    assert "herinneringen uit" in help_card["fallbackText"]
    assert "stop" not in text
    assert text.count("›") <= 3


async def test_a_team_is_welcomed_with_one_post_in_one_channel(client):
    """Teams tells it twice, at times of two channels; nobody gets a private message."""
    general = channel(TEAM["id"], thread="")
    await event(client, installed(general))
    await event(client, channel(thread="") | {"type": "installationUpdate", "action": "add"})
    await event(client, installed(channel("19:third@thread.tacv2", thread="")))

    (path,) = paths(client.microsoft)
    assert path.startswith(f"/v3/conversations/{TEAM['id']}/activities")
    assert [method for method, *_ in client.microsoft.sent] == ["POST"]
    assert "@Ladderbot" in client.microsoft.texts()[0]
    assert "dit kanaal" in client.microsoft.texts()[0]


async def test_another_team_gets_its_own_welcome(client):
    await event(client, installed(channel(TEAM["id"], thread="")))
    await event(client, installed(channel(OTHER_TEAM["id"], team=OTHER_TEAM, thread="")))

    assert len(paths(client.microsoft)) == 2


async def test_a_group_is_welcomed_in_its_own_words(client):
    await event(client, installed(group()))

    (text,) = client.microsoft.texts()
    assert "deze groepschat" in text


NOBODY_ASKED = {
    "a new member of a team": channel(thread="")
    | {"type": "conversationUpdate", "membersAdded": [{"id": "29:new", "name": "Nieuw"}]},
    "a member who left": channel(thread="")
    | {"type": "conversationUpdate", "membersRemoved": [{"id": "29:old"}]},
    "a channel is renamed": channel(thread="", name="x")
    | {"type": "conversationUpdate", "topicName": "x"},
    "a reaction": {
        "type": "messageReaction",
        "reactionsAdded": [{"type": "like"}],
        "replyToId": "1",
    },
    "typing": {"type": "typing"},
    "an event": {"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {}},
    "an edited message": {"type": "messageUpdate", "text": "x"},
    "a deleted message": {"type": "messageDelete"},
}


async def test_nothing_is_said_to_who_said_nothing(client):
    """No post about a member, no roster is read, no typing without an answer."""
    for name, body in NOBODY_ASKED.items():
        await event(client, body)

        assert client.microsoft.sent == [], name


# Leaving.


async def test_a_team_that_removes_the_bot_loses_all_its_channels(client, settings):
    """An uninstall leaves no address, and touches no other team."""
    from bot.store.database import open_database

    for place in (
        channel("19:one@thread.tacv2"),
        channel("19:two@thread.tacv2"),
        channel("19:else@thread.tacv2", team=OTHER_TEAM),
    ):
        await client.say(f"{HI} aanmelden", entities=[mention()], **place)
    gone = channel(TEAM["id"], thread="") | {"type": "conversationUpdate", "membersRemoved": [BOT]}

    await event(client, gone)

    database = open_database(settings.database_path)
    kept = [row["id"] for row in database.query("select id from conversations")]
    subscribed = [row["conversation"] for row in database.query("select * from subscriptions")]
    database.close()
    assert (kept, subscribed) == (["19:else@thread.tacv2"], ["19:else@thread.tacv2"])


LEFT = [
    ({"eventType": "channelMemberRemoved"}, "19:one@thread.tacv2", {"19:two@thread.tacv2"}),
    # From the General channel, of another one.
    ({"eventType": "channelMemberRemoved"}, TEAM["id"], {"19:two@thread.tacv2"}),
    ({"eventType": "channelUnshared"}, "19:one@thread.tacv2", {"19:two@thread.tacv2"}),
    ({"eventType": "somethingNew"}, "19:one@thread.tacv2", {"19:two@thread.tacv2"}),
    ({}, "19:one@thread.tacv2", {"19:two@thread.tacv2"}),
    ({"eventType": "teamMemberRemoved"}, TEAM["id"], set()),
    ({"eventType": "teamMemberRemoved"}, "19:one@thread.tacv2", set()),
]


@pytest.mark.parametrize(("data", "conversation", "left"), LEFT)
async def test_only_what_the_bot_provably_left_is_ended(client, settings, data, conversation, left):
    from bot.store.database import open_database

    for place in (channel("19:one@thread.tacv2"), channel("19:two@thread.tacv2")):
        await client.say(f"{HI} aanmelden", entities=[mention()], **place)
    gone = channel("19:one@thread.tacv2", thread="")
    gone["conversation"]["id"] = conversation
    gone["channelData"] |= data

    await event(client, gone | {"type": "conversationUpdate", "membersRemoved": [BOT]})

    database = open_database(settings.database_path)
    kept = {row["conversation"] for row in database.query("select * from subscriptions")}
    database.close()
    assert kept == left


@pytest.mark.parametrize("action", ["remove", "remove-upgrade"])
async def test_an_uninstall_leaves_nothing_of_a_personal_chat(client, settings, action):
    from bot.store.database import open_database

    await client.say("aanmelden")
    await event(client, {"type": "installationUpdate", "action": action})

    database = open_database(settings.database_path)
    counts = [database[name].count for name in ("conversations", "subscriptions")]
    database.close()
    assert counts == [0, 0]


# Input.

GREETED = ["Hi", "Hello", "Hallo", "Hoi", "Goedemorgen"]
HELPED = ["Help", "Hulp"]
LOOKS = {
    "as it is": "{}",
    "spaces": "   {}  ",
    "exclaimed": "{}!",
    "mentioned": HI + " {}",
    "mentioned after": "{}\xa0" + HI,
}


async def test_greetings_and_help_are_understood_however_they_are_written(client):
    """No prefix, any case, spaces, with and without a mention."""
    for name, look in LOOKS.items():
        entities = [mention()] if HI in look else []
        for phrase in (*GREETED, *HELPED):
            for text in (phrase, phrase.upper(), phrase.lower()):
                title = (await client.say(look.format(text), entities=entities))["body"][0]["text"]

                expected = (
                    ("Dit kan ik", "What I can") if phrase in HELPED else ("Hallo!", "Hello!")
                )
                assert title.startswith(expected), (name, text)


PICTURE = {"contentType": "image/png", "contentUrl": "https://x.example/p.png"}
FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "content": {}}
ODD = {
    "emoji": {"text": "🎉🎉"},
    "empty": {"text": ""},
    "no text": {},
    "blank": {"text": " \xa0\n "},
    "punctuation": {"text": "?!?!"},
    "very long": {"text": "waarom dan " * 2_000},
    "picture": {"attachments": [PICTURE]},
    "file": {"attachments": [FILE]},
    "submit without text": {"value": {}},
    "submit of another card": {"value": {"action": "snooze", "x": [1, 2]}},
    "submit of a list": {"value": ["says"]},
    "markup": {"text": "<script>alert(1)</script><at>nobody</at>"},
}


@pytest.mark.parametrize("where", ["personal", "group", "channel"])
async def test_whatever_comes_in_gets_one_answer_with_a_way_forward(client, where):
    place = {"personal": {}, "group": group(), "channel": channel()}[where]
    for name, odd in ODD.items():
        body = odd
        if where != "personal" and "value" not in odd:
            body = odd | {"text": f"{HI} {odd.get('text', '')}", "entities": [mention()]}

        card = await client.say(**place, **body)

        assert card.get("actions") or "Action." in str(card["body"]), name
        assert "lukt me nu niet" not in card["fallbackText"], name


async def test_what_is_not_understood_differs_from_every_command_and_from_itself(client):
    first = (await client.say("blorp zwiebel kwantum 77"))["fallbackText"]
    second = (await client.say("blorp zwiebel kwantum 78"))["fallbackText"]
    for text in ("help", "onderwerpen", "aanmelden", "mijn abonnement", "mens", "hallo", "bedankt"):
        assert (await client.say(text))["fallbackText"] not in (first, second)


async def test_a_stale_or_doubled_press_is_harmless(client, settings):
    """The same press twice is one subscription; a press of an old card answers politely."""
    from bot.store.database import open_database

    pressed = {"value": {"says": "Aanmelden", "msteams": {"type": "messageBack"}}}
    first = await client.say("Aanmelden", **pressed)
    again = await client.say("Aanmelden", **pressed)
    old = await client.say(value={"says": "Een vraag die er niet meer is"})

    database = open_database(settings.database_path)
    count = database["subscriptions"].count
    database.close()
    assert count == 1
    assert "vanaf nu" in first["fallbackText"]
    assert "Er verandert niets" in again["fallbackText"]
    assert old is not None
