"""The bot in the Microsoft 365 Agents Playground, as a member meets it."""

import pytest

from tests.browser import clients

pytestmark = pytest.mark.browser


@pytest.fixture
async def member(tmp_path):
    async with clients.bot(tmp_path) as url, clients.playground(url, tmp_path) as member:
        yield member


async def test_a_member_meets_the_bot_in_a_personal_chat(member):
    await member.expect("Hallo, ik ben Ladderbot", "chatbot, geen mens", "herinnering")
    await member.shot("playground-welcome")

    await member.say("Hoe lang is een certificaat geldig?")
    await member.expect("drie jaar", "openbare bronnen")
    await member.shot("playground-answer")

    await member.say("certificaat")
    await member.expect("Bedoel je dit?")
    await member.shot("playground-suggestion")
    await member.press_first_row()
    await member.expect("openbare bronnen")

    await member.say("zwarte piste")
    await member.expect("vind ik hier geen antwoord", "Sanne (cop@example.nl)")
    await member.shot("playground-unknown")

    await member.say("help")
    await member.expect("Dit kan ik voor je doen")
    await member.shot("playground-help")

    await member.press_first_row()
    await member.expect("Hier weet ik iets over")
    await member.no_errors()
