"""Reminders in the Agents Playground: they arrive by themselves, and stop ends them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser import clients
from tests.support.content import write_content
from tests.support.reminders import TIMEZONE, one_meeting

pytestmark = pytest.mark.browser
START, BETWEEN = 45, 25
"""Seconds until the first reminder, and from there to the second: for two workers that share two cores."""


def meeting(due, name):
    """A meeting whose only reminder goes out at this moment."""
    text = one_meeting(due + timedelta(minutes=1), lead="1m")
    return text.replace('"cop"', f'"{name}"').replace('"CoP"', f'"{name}"')


@pytest.fixture
async def two_meetings(tmp_path):
    """A bot with two reminders to come, and a member in the Playground; the moments of both."""
    first = datetime.now(UTC) + timedelta(seconds=START)
    second = first + timedelta(seconds=BETWEEN)
    meetings = meeting(first, "eerste") + meeting(second, "tweede").removeprefix(TIMEZONE)
    content = write_content(tmp_path / "content", meetings=meetings, learned=tmp_path / "learned")
    async with (
        clients.bot(tmp_path, content) as url,
        clients.playground(url, tmp_path) as member,
    ):
        yield member, second


async def is_reminded_until_stop(member, second, bot, title):
    await member.say(f"{bot}aanmelden")
    await member.expect("vanaf nu een herinnering")
    await member.say(f"{bot}mijn abonnement")
    await member.expect(title, "De volgende berichten:")

    await member.expect("uur: eerste De bijeenkomst is op", seconds=START + 25)
    await member.shot(f"playground-reminder-{title.split()[0].casefold()}")
    await member.say(f"{bot}stop")
    await member.expect("geen herinneringen meer")
    assert datetime.now(UTC) < second, "in time for the second"

    await member.page.wait_for_timeout(
        int((second - datetime.now(UTC)).total_seconds() * 1000) + 4000
    )
    assert "uur: tweede De bijeenkomst is op" not in await member.shown()
    await member.no_errors()


async def test_a_member_is_reminded_until_stop(two_meetings):
    member, second = two_meetings

    await is_reminded_until_stop(member, second, "", "De herinneringen staan aan")


async def test_a_channel_is_reminded_in_a_new_post_until_stop(two_meetings):
    member, second = two_meetings
    await member.open("General")

    await is_reminded_until_stop(member, second, "@bot ", "Dit kanaal krijgt vóór elke bijeenkomst")
