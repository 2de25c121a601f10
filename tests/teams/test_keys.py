"""The channel's signing keys: rotation, slow and broken metadata, and nobody gets in without one."""

import asyncio
import json

import pytest

from bot.teams.activity import RefusedError
from bot.teams.auth import VERIFIED_MAX, Authenticator
from bot.teams.keys import SigningKeys
from bot.teams.sdk import RULES
from tests.support.bot import registered_bot, settings_without_content
from tests.support.teams import REGISTERED, SERVICE, FakeMicrosoft, activity


@pytest.fixture
async def production(tmp_path, clock, microsoft_tls):
    async with registered_bot(
        settings_without_content(tmp_path, **REGISTERED), clock, microsoft_tls
    ) as client:
        yield client


async def ask(client, kid="k1"):
    body = activity(SERVICE, "help", deliveryMode="expectReplies")
    return (await client.post_signed(body, client.microsoft.token(kid=kid, serviceurl=SERVICE)))[0]


async def test_keys_are_fetched_once_for_many_turns(production, microsoft_tls):
    answers = await asyncio.gather(*(ask(production) for _ in range(8)))

    assert (answers, microsoft_tls.metadata_calls) == ([200] * 8, 1)


async def test_a_new_key_is_picked_up_at_once(production, clock, microsoft_tls):
    await ask(production)
    clock.move(minutes=5)
    microsoft_tls.keys.clear()
    microsoft_tls.new_key("k2")

    assert await ask(production, "k2") == 200


async def test_a_token_that_was_verified_falls_with_its_key(production, clock, microsoft_tls):
    token = microsoft_tls.token(serviceurl=SERVICE)
    body = activity(SERVICE, "help", deliveryMode="expectReplies")
    for _ in range(2):
        assert (await production.post_signed(body, token))[0] == 200

    clock.move(minutes=5)
    microsoft_tls.keys.clear()
    microsoft_tls.new_key("k2")
    assert await ask(production, "k2") == 200
    assert (await production.post_signed(body, token))[0] == 401


async def test_a_token_that_was_verified_is_verified_again_after_its_end(
    microsoft_tls, clock, tmp_path
):
    async with microsoft_tls.session() as session:
        keys = SigningKeys(session, clock.seconds)
        authenticator = Authenticator(
            settings_without_content(tmp_path, **REGISTERED), keys, RULES, clock
        )
        token = microsoft_tls.token(
            serviceurl=SERVICE, exp=int(clock().timestamp()) + 3600 * 24 * 400
        )
        first, _ = await authenticator.verified_claims(f"Bearer {token}")
        clock.move(days=400, minutes=4)
        again, _ = await authenticator.verified_claims(f"Bearer {token}")
        assert again is first, "the rules allow five minutes"
        clock.move(minutes=2)
        anew, _ = await authenticator.verified_claims(f"Bearer {token}")
        assert anew is not first


async def test_what_is_kept_of_tokens_is_bounded_and_only_what_was_verified(
    microsoft_tls, clock, tmp_path
):
    async with microsoft_tls.session() as session:
        authenticator = Authenticator(
            settings_without_content(tmp_path, **REGISTERED),
            SigningKeys(session, clock.seconds),
            RULES,
            clock,
        )
        for number in range(VERIFIED_MAX + 5):
            token = microsoft_tls.token(serviceurl=SERVICE, jti=str(number))
            await authenticator.verified_claims(f"Bearer {token}")
            forged = microsoft_tls.token(iss="evil", jti=str(number))
            with pytest.raises(RefusedError):
                await authenticator.verified_claims(f"Bearer {forged}")

        assert authenticator.remembered == 5


async def test_an_unknown_key_is_looked_for_at_most_every_five_minutes(
    production, clock, microsoft_tls
):
    microsoft_tls.new_key("stranger")
    stranger = microsoft_tls.keys.pop("stranger")
    token = microsoft_tls.token(kid="stranger", key=stranger, serviceurl=SERVICE)
    body = activity(SERVICE, "help")

    for _ in range(5):
        assert (await production.post_signed(body, token))[0] == 401
        clock.move(minutes=1)
    assert microsoft_tls.metadata_calls == 1
    await production.post_signed(body, token)
    assert microsoft_tls.metadata_calls == 2


@pytest.mark.parametrize(
    "fault", [500, 404, "<html>proxy</html>", "{}", "[]", '{"jwks_uri": 5}', '{"jwks_uri": "x:"}']
)
async def test_without_any_key_every_request_gets_503(production, clock, microsoft_tls, fault):
    microsoft_tls.metadata_fault = fault
    headers = {
        "Authorization": f"Bearer {microsoft_tls.token(serviceurl=SERVICE)}",
        "Content-Type": "application/json",
    }
    async with production.session.post(
        production.url + "/api/messages", json=activity(SERVICE, "help"), headers=headers
    ) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")

    microsoft_tls.metadata_fault = None
    assert await ask(production) == 503, "not asked again within seconds"
    clock.move(seconds=5)
    assert await ask(production) == 200


@pytest.mark.parametrize(
    "document",
    [
        '{"keys": []}',
        '{"keys": 5}',
        '{"keys": [5, null, "x", {}, {"kty": "RSA"}, {"kty": "RSA", "kid": "k1", "n": 5, "e": []}]}',
        '{"keys": [{"kty": "RSA", "kid": "k1", "n": "AQAB", "e": "AQAB"}]}',
        "null",
        "[[[[",
    ],
)
async def test_odd_keys_let_nobody_in(production, microsoft_tls, document):
    microsoft_tls.keys_fault = document

    assert await ask(production) in (401, 503)


async def test_old_keys_are_kept_while_the_metadata_is_down(production, clock, microsoft_tls):
    await ask(production)
    microsoft_tls.metadata_fault = 500
    clock.move(hours=30)

    assert await ask(production) == 200
    clock.move(hours=30)
    assert await ask(production) == 200


async def test_slow_metadata_does_not_stall_other_turns(production, clock, microsoft_tls):
    await ask(production)
    clock.move(hours=25)
    microsoft_tls.metadata_delay = 1.5
    microsoft_tls.new_key("k2")
    slow = asyncio.create_task(ask(production, "k2"))

    # Also while the keys that let them in are a day old and being fetched again.
    answers = await asyncio.wait_for(asyncio.gather(*(ask(production) for _ in range(5))), 1.4)

    assert answers == [200] * 5
    assert not slow.done()
    slow.cancel()


async def test_a_key_that_may_not_speak_for_teams_is_refused(production, microsoft_tls):
    microsoft_tls.endorsements = ["slack", "webchat"]

    assert await ask(production) == 401


@pytest.mark.parametrize("endorsements", [None, "msteams", 5, {"msteams": 1}])
async def test_odd_endorsements_are_none(production, microsoft_tls, endorsements):
    microsoft_tls.endorsements = endorsements

    assert await ask(production) == 401


async def test_a_document_in_many_packets_is_read_whole(microsoft_tls, clock):
    # Microsoft's is some 50 KB, and a socket hands over what it has.
    for number in range(400):
        microsoft_tls.keys[f"more-{number}"] = microsoft_tls.keys["k1"]
    async with microsoft_tls.session() as session:
        keys = SigningKeys(session, clock.seconds)

        assert await keys.find("more-399") is not None
        assert str(keys.health()) == "ok, 401 keys"


async def test_readyz_says_that_there_are_no_keys(production, microsoft_tls):
    assert (await production.get("/readyz"))[1]["parts"]["keys"] == "ok, not needed yet"
    microsoft_tls.metadata_fault = 500
    await ask(production)

    status, body = await production.get("/readyz")
    assert (status, body["parts"]["keys"]) == (503, "no signing keys")
    assert "Traceback" not in json.dumps(body)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_keys_are_not_fetched_where_a_redirect_leads(production, microsoft_tls, status):
    with FakeMicrosoft() as other:
        microsoft_tls.metadata_fault = FakeMicrosoft.answers(status, {}, Location=other.metadata)
        assert await ask(production) == 503
        assert other.metadata_calls == 0


async def test_a_redirect_that_holds_keys_itself_is_not_read(production, microsoft_tls):
    document = {"jwks_uri": microsoft_tls.url + "/keys"}
    microsoft_tls.metadata_fault = FakeMicrosoft.answers(302, document, Location="/elsewhere")

    assert await ask(production) == 503
