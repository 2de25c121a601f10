"""A registered bot whose token is refused, or that gets none: over TLS, with msal and Entra as a fake."""

import asyncio

import pytest

from bot.channel import Refused, Sent
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector
from bot.teams.tokens import REFUSED_PAUSE, MsalTokens, acquire
from dialogs.card import Card
from tests.support.bot import registered_bot, settings_without_content
from tests.support.reminders import address
from tests.support.teams import REGISTERED, SERVICE, FakeMicrosoft, activity

CARD = Card(language="nl", title="Dag", text="Tekst")


@pytest.fixture
def settings(tmp_path):
    return settings_without_content(tmp_path, **REGISTERED)


@pytest.fixture
async def bot(settings, clock, microsoft_tls):
    async with registered_bot(settings, clock, microsoft_tls) as client:
        yield client


@pytest.fixture
async def channel(settings, clock, microsoft_tls):
    ask = acquire(
        settings, authority=microsoft_tls.authority, verify=str(microsoft_tls.certificate)
    )
    async with microsoft_tls.session() as session:
        tokens = MsalTokens(ask, clock.seconds)
        yield TeamsChannel(Connector(session, tokens, clock, local=False))


def refusing(microsoft, *tokens, **how):
    """A connector that does not take these tokens; as JSON of its own, or with another body."""
    microsoft.refused = {f"Bearer {token}" for token in tokens}
    if how:
        microsoft.refusal = FakeMicrosoft.answers(401, **how)


@pytest.mark.parametrize("how", [{}, {"body": "<html>no</html>"}, {"body": ""}])
async def test_a_token_that_is_refused_is_fetched_anew_once(channel, microsoft_tls, how):
    refusing(microsoft_tls, "token-1", **how)

    results = await asyncio.gather(
        *(channel.send(address(f"m{n}", service_url=SERVICE), CARD) for n in range(20))
    )

    assert all(isinstance(result, Sent) for result in results)
    assert microsoft_tls.token_calls == 2


async def test_a_bot_that_is_refused_asks_for_no_token_at_every_send(channel, clock, microsoft_tls):
    microsoft_tls.fault = FakeMicrosoft.answers(401)
    where = address("anna", service_url=SERVICE)

    for _ in range(10):
        assert await channel.send(where, CARD) == Refused("401 Fault", setup=True)
    assert microsoft_tls.token_calls == 2

    clock.move(seconds=REFUSED_PAUSE)
    microsoft_tls.fault = None
    refusing(microsoft_tls, "token-1", "token-2")
    assert isinstance(await channel.send(where, CARD), Sent)
    assert microsoft_tls.token_calls == 3


async def test_a_token_that_a_gateway_refused_is_kept_while_entra_is_down(
    channel, clock, microsoft_tls
):
    where = address("anna", service_url=SERVICE)
    await channel.send(where, CARD)
    microsoft_tls.fault = FakeMicrosoft.answers(401, "<html>no</html>")
    microsoft_tls.token_fault = 500
    assert isinstance(await channel.send(where, CARD), Refused)

    microsoft_tls.fault = None

    assert isinstance(await channel.send(where, CARD), Sent)


DOWN = [500, {"error": "temporarily_unavailable"}, {"error": "invalid_client"}]


@pytest.mark.parametrize("fault", DOWN, ids=str)
async def test_without_a_token_teams_is_told_to_come_again(bot, clock, microsoft_tls, fault):
    microsoft_tls.token_fault = fault
    message = activity(SERVICE, "help", id="1:x")

    async with bot.session.post(
        bot.url + "/api/messages",
        json=message,
        headers={"Authorization": f"Bearer {microsoft_tls.token(serviceurl=SERVICE)}"},
    ) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
    status, ready = await bot.get("/readyz")
    assert status == 503
    assert "token" in ready["failing"]
    assert "no token" in ready["parts"]["token"]
    assert microsoft_tls.cards() == []

    microsoft_tls.token_fault = None
    clock.move(seconds=5)
    status, _ = await bot.post_signed(message)
    assert (status, len(microsoft_tls.cards())) == (202, 1)
    assert (await bot.get("/readyz"))[1]["parts"]["token"] == "ok"
    status, _ = await bot.post_signed(message)
    assert (status, len(microsoft_tls.cards())) == (202, 1), "answered once"


async def test_a_subscription_whose_reply_had_no_token_is_kept_and_told_the_second_time(
    bot, clock, microsoft_tls
):
    microsoft_tls.token_fault = 500
    message = activity(SERVICE, "aanmelden", id="1:x")
    assert (await bot.post_signed(message))[0] == 503
    microsoft_tls.token_fault = None
    clock.move(seconds=5)

    assert (await bot.post_signed(message))[0] == 202

    assert len(microsoft_tls.cards()) == 1
