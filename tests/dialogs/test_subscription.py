"""Subscribing in talks: (message, answer) in both languages and every place, with what is stored after it."""

import sqlite3

import pytest

from tests.support.bot import bot_over_http
from tests.support.reminders import at
from tests.support.teams import HI, channel, event, group, mention

ANNA = {}
GROUP = group(entities=[mention()])
CHANNEL = channel() | {"entities": [mention()]}

# Each client begins anew: what a member writes, and what the card must hold; "-" before a word: must not.
TALKS = {
    "subscribe, see, stop": (
        ANNA,
        [
            ("mijn abonnement", ["Je krijgt geen herinneringen", "**herinneringen aan**"]),
            (
                "aanmelden",
                [
                    "Je krijgt vanaf nu een herinnering",
                    "een week, een dag en een uur",
                    "dinsdag 1 december 2026 om 10.00",
                    "**stop**",
                ],
            ),
            ("aanmelden", ["stonden al aan", "Er verandert niets"]),
            (
                "mijn abonnement",
                [
                    "De herinneringen staan aan",
                    (
                        "Voor de bijeenkomst van dinsdag 8 december 2026 om 10.00 uur:\n"
                        "• dinsdag 1 december om 10.00 uur, een week van tevoren\n"
                        "• maandag 7 december om 10.00 uur, een dag van tevoren\n"
                        "• dinsdag 8 december om 09.00 uur, een uur van tevoren"
                    ),
                    "-CoP Implementatie",
                ],
            ),
            ("stop", ["Je krijgt geen herinneringen meer", "meteen"]),
            ("stop", ["stonden al uit"]),
            ("mijn abonnement", ["Je krijgt geen herinneringen"]),
        ],
    ),
    "in English": (
        ANNA,
        [
            (
                "subscribe",
                [
                    "From now on you will get a reminder",
                    "a week, a day and an hour",
                    "Tuesday 1 December 2026 at 10:00",
                ],
            ),
            (
                "my subscription",
                ["The reminders are on for you", "Monday 7 December at 10:00, a day before"],
            ),
            ("pause", ["Until when", "until 1 September"]),
            (
                "until 1 September",
                ["No reminders for you until 1 September 2027", "**reminders on**"],
            ),
            (
                "my subscription",
                ["There is a pause now, until 1 September 2027", "Tuesday 7 September at 10:00"],
            ),
            ("subscribe", ["The pause is over"]),
            ("unsubscribe", ["No more reminders for you"]),
        ],
    ),
    "a pause asks for a date": (
        ANNA,
        [
            ("pauze", ["geen herinneringen, dus er valt niets te pauzeren"]),
            ("aanmelden", ["vanaf nu"]),
            ("pauze", ["Tot wanneer", "tot 1 september"]),
            ("tot na de zomer", ["nog niets veranderd", "pauze tot 1 september 2027"]),
            ("tot 1 september 2020", ["geen datum in de toekomst"]),
            (
                "tot en met 31 december",
                ["geen herinneringen tot 1 januari 2027", "meld ik dat wel"],
            ),
            (
                "mijn abonnement",
                ["Er is nu pauze, tot 1 januari 2027", "- dinsdag 5 januari om 10.00"],
            ),
            ("stop", ["geen herinneringen meer"]),
        ],
    ),
    "other leads": (
        ANNA,
        [
            (
                "herinner me een dag en een uur vooraf",
                ["vanaf nu", "een dag en een uur van tevoren", "maandag 7 december 2026 om 10.00"],
            ),
            (
                "herinner me twee dagen van tevoren",
                ["aangepast", "2 dagen van tevoren", "zondag 6 december 2026 om 10.00"],
            ),
            ("mijn abonnement", ["2 dagen van tevoren", "- zondag 6 december om 10.00 uur"]),
        ],
    ),
    "a group chat subscribes as a whole": (
        GROUP,
        [
            (
                f"{HI} aanmelden",
                ["Deze groepschat krijgt vanaf nu een herinnering", "-Je krijgt vanaf"],
            ),
            (f"{HI} mijn abonnement", ["Deze groepschat krijgt vóór elke bijeenkomst"]),
            (
                f"{HI} pauze tot 1 september",
                ["Deze groepschat krijgt geen herinneringen tot 1 september 2027"],
            ),
            (f"{HI} stop", ["Deze groepschat krijgt geen herinneringen meer"]),
        ],
    ),
    "a channel subscribes as a whole": (
        CHANNEL,
        [
            (f"{HI} aanmelden", ["Dit kanaal krijgt vanaf nu een herinnering"]),
            (f"{HI} subscribe", ["were on already. Nothing changes"]),
            (f"{HI} my subscription", ["on for this channel"]),
            (f"{HI} mijn gegevens", ["alleen zien in een privéchat met mij", "-29:"]),
            (f"{HI} vergeet mij", ["alleen in een privéchat met mij"]),
            (
                f"{HI} stop",
                ["Dit kanaal krijgt geen herinneringen meer", "**@Ladderbot herinneringen aan**"],
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", TALKS)
async def test_a_talk(settings, clock, microsoft, name):
    place, turns = TALKS[name]
    clock.now = at("2026-11-25 12:00")
    async with bot_over_http(settings, clock, microsoft) as client:
        for text, holds in turns:
            card = await client.say(text, **place)
            shown = card["fallbackText"] + str(card["body"])
            for piece in holds:
                assert (
                    (piece[1:] not in shown)
                    if piece.startswith("-") and piece[1] != " "
                    else (piece in shown)
                ), (text, piece, card["fallbackText"])
            assert "Action.Submit" in str(card), "every answer has a next step"
            clock.move(seconds=20)


def stored(settings):
    with sqlite3.connect(settings.database_path) as database:
        rows = database.execute(
            "select conversation, active from subscriptions order by 1"
        ).fetchall()
    database.close()
    return rows


async def test_a_thread_subscribes_the_channel_and_a_person_only_herself(settings, client):
    await client.say("aanmelden")
    await client.say(f"{HI} aanmelden", **CHANNEL)
    await client.say(f"{HI} stop", **(channel(thread="1700000000002") | {"entities": [mention()]}))

    assert stored(settings) == [("19:questions@thread.tacv2", 0), ("a:anna", 1)]


async def test_leaving_ends_it_and_a_reaction_brings_nothing_back(settings, client):
    await client.say("aanmelden")
    await event(client, {"type": "installationUpdate", "action": "remove"})
    await event(client, {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]})

    with sqlite3.connect(settings.database_path) as database:
        left = [
            database.execute(f"select count(*) from {t}").fetchone()[0]
            for t in ("conversations", "subscriptions", "outbox")
        ]
    database.close()
    assert left == [0, 0, 0]


async def test_another_member_who_leaves_a_team_changes_nothing(settings, client):
    await client.say(f"{HI} aanmelden", **CHANNEL)
    await event(
        client,
        channel(thread="") | {"type": "conversationUpdate", "membersRemoved": [{"id": "29:piet"}]},
    )

    assert stored(settings) == [("19:questions@thread.tacv2", 1)]


async def test_a_reminder_arrives_by_itself_and_stop_ends_it(settings, clock, microsoft):
    """The whole bot: the real scheduler, a meeting an hour away, and the words of a member."""
    import asyncio
    import dataclasses

    clock.now = at("2026-11-25 12:00")
    settings = dataclasses.replace(settings, beat_seconds=1)
    async with bot_over_http(settings, clock, microsoft) as client:
        await client.say("aanmelden")
        await client.say(f"{HI} aanmelden", **CHANNEL)
    # A bot that is started then; one whose clock leaps would wait whether it is set right again.
    before = len(microsoft.sent)
    clock.now = at("2026-12-08 09:00")
    async with bot_over_http(settings, clock, microsoft):
        async with asyncio.timeout(20):
            while len(microsoft.sent) < before + 2:
                await asyncio.get_running_loop().run_in_executor(None, wait_for_a_send, microsoft)
        sent = {path: body for _, path, body, _ in microsoft.sent[before:]}

    assert set(sent) == {"/v3/conversations/a:anna/activities", "/v3/conversations"}
    post = sent["/v3/conversations"]
    assert post["channelData"]["channel"]["id"] == "19:questions@thread.tacv2"
    assert "Vandaag om 10.00 uur: CoP" in post["activity"]["summary"]
    assert "replyToId" not in sent["/v3/conversations/a:anna/activities"]


def wait_for_a_send(microsoft):
    """Give the other threads a turn; what is waited for is counted, not timed."""
    import threading

    threading.Event().wait(0.02)


async def test_a_button_of_a_reminder_says_stop(settings, client):
    await client.say("aanmelden")
    value = {"says": "Stop"}

    card = await client.say(None, value=value)

    assert "geen herinneringen meer" in card["fallbackText"]
    assert stored(settings) == [("a:anna", 0)]


async def test_a_press_in_a_channel_asks_before_it_ends_the_reminders_of_all(settings, client):
    await client.say(f"{HI} aanmelden", **CHANNEL)

    asked = await client.say(None, value={"says": "Herinneringen uit"}, **channel())

    assert "nog niets veranderd" in asked["fallbackText"]
    assert [active for _, active in stored(settings)] == [1]
    await client.say(None, value={"says": "herinneringen voor iedereen uit"}, **channel())
    assert [active for _, active in stored(settings)] == [0]
