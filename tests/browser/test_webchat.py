"""The bot in Web Chat through an offline Direct Line: a client that sends no recipient and no conversationType."""

import pytest

from tests.browser import clients

pytestmark = pytest.mark.browser


async def test_a_visitor_talks_and_presses_in_web_chat(tmp_path):
    async with clients.bot(tmp_path) as url, clients.web_chat(url, tmp_path) as page:

        async def say(text, wanted):
            await page.get_by_placeholder("Type your message").fill(text)
            await page.keyboard.press("Enter")
            await page.get_by_text(wanted).last.wait_for(timeout=clients.PATIENCE * 1000)

        await say("Hoe lang is een certificaat geldig?", "openbare bronnen")
        await say("aanmelden", "krijgt vanaf nu een herinnering")
        await page.get_by_role("button", name="Mijn herinneringen", exact=True).last.click()
        await page.get_by_text("De volgende berichten:", exact=True).wait_for(
            timeout=clients.PATIENCE * 1000
        )
        await page.get_by_role("button", name="Herinneringen uit", exact=True).last.click()
        stopped = page.get_by_text("krijgt geen herinneringen meer").last
        await stopped.wait_for(timeout=clients.PATIENCE * 1000)
        clients.SHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=clients.SHOTS / "webchat.png")
