"""The statements of a Teams reviewer that the Agents Playground can play, named after their numbers (docs/checklist.md)."""

import pytest

from tests.browser import clients

pytestmark = pytest.mark.browser

GROUP, CHANNEL = "Group Chat", "General"


@pytest.fixture
async def member(tmp_path):
    async with clients.bot(tmp_path) as url, clients.playground(url, tmp_path) as member:
        yield member


async def count(member, text):
    return (await member.shown()).count(text)


async def test_personal_d1_d2_d12_d13_d15_d16_d17_d21_d42(member):
    await member.expect(
        "Hallo, ik ben Ladderbot", "chatbot, geen mens", "herinnering", "kan ik niet"
    )
    await member.mock("Install application")
    await member.expect_nothing()
    assert await count(member, "Hallo, ik ben Ladderbot") == 1

    for greeting in ("Hi", "HELLO", "  hallo "):
        await member.say(greeting)
        await member.expect(
            "Waar kan ik je mee helpen" if "a" in greeting else "How can I help you"
        )
    await member.say("HELP")
    await member.expect("Dit kan ik voor je doen")
    await member.say("🎉🎉")
    await member.expect("Prima")
    await member.say("🎲🎲")
    await member.expect("Ik lees alleen tekst")
    await member.say("Wie wint het WK voetbal?")
    await member.expect("Dat weet ik niet")
    await member.say("Wie wint het WK voetbal?")
    await member.expect("Dit weet ik ook niet")

    await member.say("aanmelden")
    await member.expect("krijgt vanaf nu")
    await member.say("aanmelden")
    await member.expect("Er verandert niets")
    await member.no_errors()


async def test_personal_d9_d30_d65_and_a_reinstall(member):
    await member.expect("Hallo, ik ben Ladderbot")
    await member.say("aanmelden")
    await member.expect("krijgt vanaf nu")
    await member.say("mijn gegevens")
    await member.expect("Je herinneringen staan aan")
    await member.say("stop")
    await member.expect("Dat geldt meteen")
    await member.say("vergeet mij")
    await member.expect("Dit kan ik niet terugdraaien")
    await member.say("ja")
    await member.expect("Ik heb alles verwijderd")

    await member.say("aanmelden")
    await member.expect("krijgt vanaf nu")
    await member.mock("Uninstall application")
    await member.expect_nothing()
    await member.mock("Install application")
    await member.expect("Hallo, ik ben Ladderbot")
    await member.say("mijn abonnement")
    await member.expect("krijgt geen herinneringen")
    await member.no_errors()


async def test_group_d7_d11_d12_d24_d45_d46(member):
    await member.open(GROUP)
    await member.expect("Hallo, ik ben Ladderbot", "@Ladderbot", "deze groepschat")
    await member.shot("group-welcome")
    await member.mock("Add user")
    await member.expect_nothing()

    await member.say("Hoe lang is een certificaat geldig?")
    await member.expect_nothing()
    await member.say("@bot Hoe lang is een certificaat geldig?")
    await member.expect("drie jaar")
    assert await count(member, "openbare bronnen") == 1
    await member.shot("group-answer")

    await member.say("@bot mijn gegevens")
    await member.expect("privéchat met mij")
    await member.say("@bot aanmelden")
    await member.expect("Deze groepschat krijgt vanaf nu")
    await member.say("@bot stop")
    await member.expect("Deze groepschat krijgt geen herinneringen meer")
    await member.say("@bot help")
    await member.expect("Dit kan ik voor je doen", "Begin je bericht hier steeds met @Ladderbot")
    await member.press_first_row()
    await member.expect("Hier weet ik iets over")
    await member.no_errors()


async def test_channel_d5_d7_d8_d11_d24_d26_d45_d46(member):
    await member.open(CHANNEL)
    await member.expect("Hallo, ik ben Ladderbot", "dit kanaal")
    assert await count(member, "Hallo, ik ben Ladderbot") == 1
    await member.mock("Add user")
    await member.expect_nothing()

    await member.say("@bot Hoe lang is een certificaat geldig?")
    await member.expect("drie jaar")
    await member.shot("channel-answer")
    thread = member.page.locator(".fui-Card[role=group]").filter(has_text="openbare bronnen")
    assert await thread.count() == 1
    assert "Hoe lang is een certificaat geldig" in await thread.inner_text()

    await member.say("@bot aanmelden")
    await member.expect("Dit kanaal krijgt vanaf nu")
    subscribed = member.page.locator(".fui-Card[role=group]").filter(has_text="krijgt vanaf nu")
    await subscribed.get_by_role("button", name="Mijn herinneringen").click()
    await subscribed.get_by_text("vóór elke bijeenkomst een bericht").wait_for()
    await member.say("@bot vergeet mij")
    await member.expect("privéchat met mij")
    await member.no_errors()


async def test_odd_activities_d15_d50(member):
    await member.expect("Hallo, ik ben Ladderbot")
    for odd in (
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}], "replyToId": "1"},
        {"type": "message", "value": {"snooze": True}},
        {"type": "message", "text": "x" * 20_000},
        {"type": "message", "attachments": [{"contentType": "image/png", "contentUrl": "x"}]},
    ):
        await member.custom(odd)
    await member.expect("Ik lees alleen tekst")
    await member.say("help")
    await member.expect("Dit kan ik voor je doen")
    await member.no_errors()
