"""Reminders in the Agents Playground: they arrive by themselves, and stop ends them."""

from datetime import UTC, datetime, timedelta

import pytest

from faq.meetings import Calendar
from tests.browser import clients
from tests.support.content import write
from tests.support.reminders import toml

pytestmark = pytest.mark.browser


def series(starts, name):
    """A meeting whose only reminder goes out a minute before it starts."""
    local = Calendar(()).local(starts + timedelta(minutes=1)).replace(microsecond=0)
    text = toml(starts=local.isoformat(), rrule="FREQ=DAILY;COUNT=1", reminders='["1m"]')
    return (
        text.partition('Amsterdam"\n')[2]
        .replace('"cop"', f'"{name}"')
        .replace('"CoP"', f'"{name}"')
    )


@pytest.fixture
async def two_meetings(tmp_path):
    """A bot with two reminders to come, and a member in the Playground; the moments of both."""
    content = tmp_path / "content"
    (content / "faq").mkdir(parents=True)
    write(content, "Drie jaar.")
    first = datetime.now(UTC) + timedelta(seconds=35)
    second = first + timedelta(seconds=20)
    text = 'timezone = "Europe/Amsterdam"\n' + series(first, "eerste") + series(second, "tweede")
    (content / "meetings.toml").write_text(text, "utf-8")
    async with (
        clients.bot(tmp_path, CONTENT_DIR=str(content)) as url,
        clients.playground(url, tmp_path) as member,
    ):
        yield member, second


async def talk(member, second, bot, title):
    await member.say(f"{bot}aanmelden")
    await member.expect("vanaf nu een herinnering")
    await member.say(f"{bot}mijn abonnement")
    await member.expect(title, "De volgende berichten:")

    await member.expect("Herinnering: eerste", seconds=60)
    await member.shot(f"playground-reminder-{title.split()[0].casefold()}")
    await member.say(f"{bot}stop")
    await member.expect("geen herinneringen meer")
    assert datetime.now(UTC) < second, "in time for the second"

    await member.page.wait_for_timeout(
        int((second - datetime.now(UTC)).total_seconds() * 1000) + 4000
    )
    assert "Herinnering: tweede" not in await member.shown()
    await member.no_errors()


async def test_a_member_is_reminded_until_stop(two_meetings):
    member, second = two_meetings

    await talk(member, second, "", "Je krijgt herinneringen")


async def test_a_channel_is_reminded_in_a_new_post_until_stop(two_meetings):
    member, second = two_meetings
    await member.open("General")

    await talk(member, second, "@bot ", "Dit kanaal krijgt herinneringen")
