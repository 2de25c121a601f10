"""Who may come in, by tenant and by type of registration; and what a place tells us of itself."""

import dataclasses

import pytest

from tests.support.bot import registered_bot, settings_without_content
from tests.support.teams import REGISTERED, SERVICE, TENANT, activity

OTHER = "12121212-1212-1212-1212-121212121212"


async def status(client, **changes):
    body = activity(SERVICE, "help", deliveryMode="expectReplies", **changes)
    return (await client.post_signed(body))[0]


@pytest.fixture
async def single(tmp_path, clock, microsoft_tls):
    async with registered_bot(
        settings_without_content(tmp_path, **REGISTERED), clock, microsoft_tls
    ) as client:
        yield client


async def test_our_own_tenant_in_any_case(single):
    assert await status(single, channelData={"tenant": {"id": TENANT.upper()}}) == 200


async def test_a_guest_in_a_team_of_our_tenant(single):
    guest = {"id": "29:guest", "name": "Gast", "tenantId": OTHER, "aadObjectId": "x"}

    answered = await status(
        single,
        **{"from": guest},
        conversation={"id": "19:t@thread.tacv2", "conversationType": "channel"},
        channelData={"tenant": {"id": TENANT}, "team": {"id": "19:t@thread.tacv2"}},
    )

    assert answered == 200


@pytest.mark.parametrize(
    "data", [{"tenant": {"id": OTHER}}, {}, {"tenant": {}}, {"tenant": {"id": 5}}]
)
async def test_another_tenant_or_none(single, data):
    assert await status(single, channelData=data) == 403


async def test_an_old_multi_tenant_registration_without_a_tenant_serves_all(
    tmp_path, clock, microsoft_tls
):
    settings = settings_without_content(
        tmp_path, **REGISTERED | {"MicrosoftAppType": "MultiTenant", "MicrosoftAppTenantId": ""}
    )
    async with registered_bot(settings, clock, microsoft_tls) as client:
        assert await status(client, channelData={"tenant": {"id": OTHER}}) == 200
        await client.post_signed(activity(SERVICE, "help"))

    assert microsoft_tls.token_asked["tenant"] == "botframework.com"


async def test_a_multi_tenant_registration_with_a_tenant_serves_that_one(
    tmp_path, clock, microsoft_tls
):
    settings = settings_without_content(
        tmp_path, **REGISTERED | {"MicrosoftAppType": "MultiTenant"}
    )
    async with registered_bot(settings, clock, microsoft_tls) as client:
        assert await status(client) == 200
        assert await status(client, channelData={"tenant": {"id": OTHER}}) == 403


async def test_a_managed_identity_is_let_in_by_the_same_rules(tmp_path, clock, microsoft_tls):
    settings = dataclasses.replace(
        settings_without_content(tmp_path, **REGISTERED),
        app_type="UserAssignedMSI",
        app_password="",
    )
    identity = lambda _: lambda: {"access_token": "identity", "expires_in": 3600}  # noqa: E731
    async with registered_bot(settings, clock, microsoft_tls, acquire=identity) as client:
        assert await status(client) == 200
        assert await status(client, channelData={"tenant": {"id": OTHER}}) == 403
        await client.post_signed(activity(SERVICE, "help"))

    assert microsoft_tls.sent[-1][3]["Authorization"] == "Bearer identity"


async def test_a_single_tenant_asks_its_own_tenant_for_a_token(single, microsoft_tls):
    await single.post_signed(activity(SERVICE, "help"))

    assert microsoft_tls.token_asked["tenant"] == TENANT
    assert microsoft_tls.token_asked["scope"] == "https://api.botframework.com/.default"
