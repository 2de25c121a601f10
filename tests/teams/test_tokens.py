"""The bot's own token: msal against a token service over TLS, and what is made of its answers."""

import asyncio
import threading
import time

import pytest

from bot.teams.tokens import MsalTokens, TokenUnavailableError, acquire
from tests.support.bot import settings_without_content
from tests.support.teams import REGISTERED, TENANT, FakeMicrosoft


@pytest.fixture
def entra(tmp_path, clock, microsoft_tls):
    """Tokens of a registered bot, asked by msal itself."""
    settings = settings_without_content(tmp_path, **REGISTERED)
    return MsalTokens(
        acquire(
            settings,
            authority=microsoft_tls.authority,
            verify=str(microsoft_tls.certificate),
        ),
        clock.seconds,
    )


async def test_one_token_serves_many_sends(entra, microsoft_tls):
    tokens = await asyncio.gather(*(entra.token() for _ in range(50)))

    assert set(tokens) == {"token-1"}
    assert microsoft_tls.token_calls == 1
    assert (
        microsoft_tls.token_asked["tenant"],
        microsoft_tls.token_asked["client_secret"],
    ) == (
        TENANT,
        REGISTERED["MicrosoftAppPassword"],
    )


async def test_it_is_renewed_before_it_ends_and_nobody_waits(entra, clock, microsoft_tls):
    await entra.token()
    clock.move(minutes=47)
    assert await entra.token() == "token-1"
    await entra.settled()
    assert microsoft_tls.token_calls == 1

    clock.move(minutes=2)
    assert await entra.token() == "token-1", "the old one serves while the new one is fetched"
    await entra.settled()
    assert await entra.token() == "token-2"
    assert microsoft_tls.token_calls == 2


@pytest.mark.parametrize("fault", [500, {"error": "invalid_client"}, {"error": "server_error"}])
async def test_a_failing_renewal_harms_nobody_while_the_old_token_lives(
    entra, clock, microsoft_tls, fault
):
    await entra.token()
    microsoft_tls.token_fault = fault
    clock.move(minutes=50)
    for _ in range(5):
        assert await entra.token() == "token-1"
        await entra.settled()
    assert microsoft_tls.token_calls <= 3, (
        "not asked again within half a minute (msal itself asks twice)"
    )

    microsoft_tls.token_fault = None
    clock.move(seconds=30)
    await entra.token()
    await entra.settled()
    assert (await entra.token()).startswith("token-")
    assert await entra.token() != "token-1"


async def test_after_its_end_the_old_token_is_not_used(entra, clock, microsoft_tls):
    await entra.token()
    microsoft_tls.token_fault = {"error": "invalid_client", "error_codes": [7000222]}
    clock.move(minutes=61)

    with pytest.raises(TokenUnavailableError, match="invalid_client") as caught:
        await entra.token()
    assert not caught.value.temporary


async def test_what_may_pass_and_what_an_operator_must_mend(entra, clock, microsoft_tls):
    for fault, temporary in (
        ({"error": "invalid_client"}, False),
        ({"error": "unauthorized_client", "error_description": "AADSTS700016 geheim"}, False),
        ({"error": "temporarily_unavailable"}, True),
        (500, True),
    ):
        microsoft_tls.token_fault = fault
        clock.move(seconds=10)
        with pytest.raises(TokenUnavailableError) as caught:
            await entra.token()
        assert caught.value.temporary is temporary, fault
        assert "geheim" not in str(caught.value)


async def test_it_backs_off_while_entra_is_down(entra, clock, microsoft_tls):
    microsoft_tls.token_fault = {"error": "invalid_client"}
    for _ in range(20):
        with pytest.raises(TokenUnavailableError):
            await entra.token()
    assert microsoft_tls.token_calls == 1

    microsoft_tls.token_fault = None
    clock.move(seconds=5)
    assert await entra.token() == "token-2"


async def test_the_loop_goes_on_while_entra_is_slow(clock):
    held = threading.Event()

    def slow():
        held.wait(5)
        return {"access_token": "t", "expires_in": 3600}

    tokens = MsalTokens(slow, clock.seconds)
    asking = asyncio.create_task(tokens.token())
    for _ in range(100):
        await asyncio.sleep(0)
    assert not asking.done()
    held.set()

    assert await asking == "t"


async def test_a_send_waits_so_long_for_a_token_and_no_longer(clock):
    held = threading.Event()

    def never():
        held.wait(5)
        return {"access_token": "late", "expires_in": 3600}

    tokens = MsalTokens(never, clock.seconds, timeout=0.02)
    with pytest.raises(TokenUnavailableError, match="in time") as caught:
        await tokens.token()
    assert caught.value.temporary

    held.set()
    await tokens.settled()
    assert await tokens.token() == "late"


async def test_a_send_that_is_given_up_does_not_take_the_token_of_others(clock):
    held = threading.Event()

    def slow():
        held.wait(5)
        return {"access_token": "t", "expires_in": 3600}

    tokens = MsalTokens(slow, clock.seconds)
    first, second = (asyncio.create_task(tokens.token()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    held.set()

    assert await second == "t"


@pytest.mark.parametrize("life", [None, 0, -5, 60, "3599"])
async def test_a_short_or_odd_life_does_not_make_us_ask_every_time(clock, life):
    asked = []

    def ask():
        asked.append(1)
        return {"access_token": "t", "expires_in": life}

    tokens = MsalTokens(ask, clock.seconds)
    for _ in range(3):
        assert await tokens.token() == "t"
        await tokens.settled()

    assert len(asked) == 1


async def test_a_managed_identity_is_asked_where_azure_says(
    tmp_path, clock, microsoft_tls, monkeypatch
):
    """The identity endpoint of App Service, played by the fake; msal reads the environment."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", microsoft_tls.url + "/v3/identity")
    monkeypatch.setenv("IDENTITY_HEADER", "secret")
    ends = str(int(time.time()) + 3_600)
    microsoft_tls.fault = FakeMicrosoft.answers(
        200, {"access_token": "identity", "expires_on": ends}
    )
    settings = settings_without_content(
        tmp_path,
        **REGISTERED | {"MicrosoftAppPassword": "", "MicrosoftAppType": "UserAssignedMSI"},
    )

    tokens = MsalTokens(acquire(settings), clock.seconds)

    assert await tokens.token() == "identity"
    ((method, path, _, headers),) = microsoft_tls.sent
    assert (method, path, headers["X-IDENTITY-HEADER"]) == ("GET", "/v3/identity", "secret")


async def test_a_managed_identity_that_is_not_there_is_no_crash(
    tmp_path, clock, microsoft_tls, monkeypatch
):
    monkeypatch.setenv("IDENTITY_ENDPOINT", microsoft_tls.url + "/v3/identity")
    monkeypatch.setenv("IDENTITY_HEADER", "secret")
    microsoft_tls.fault = FakeMicrosoft.answers(
        400, {"statusCode": 400, "message": "No identity found"}
    )
    settings = settings_without_content(
        tmp_path,
        **REGISTERED | {"MicrosoftAppPassword": "", "MicrosoftAppType": "UserAssignedMSI"},
    )

    with pytest.raises(TokenUnavailableError):
        await MsalTokens(acquire(settings), clock.seconds).token()


@pytest.mark.parametrize("status", [302, 307, 308])
async def test_the_secret_does_not_go_where_a_redirect_leads(
    entra, microsoft_tls, certificate, status
):
    with FakeMicrosoft(certificate) as other:
        there = f"{other.authority}/x/oauth2/v2.0/token"
        microsoft_tls.token_fault = FakeMicrosoft.answers(status, {}, Location=there)
        with pytest.raises(TokenUnavailableError):
            await entra.token()
        assert other.token_calls == 0
