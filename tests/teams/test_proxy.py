"""Behind a ministry's proxy: what leaves the network goes through it, what is here does not."""

import asyncio

import aiohttp
import pytest

from bot.channel import Address, Later
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session, proxied_session, proxy_url
from bot.teams.tokens import NoTokens
from dialogs.card import Card
from tests.support.teams import SERVICE


@pytest.fixture
async def proxy(monkeypatch):
    """A proxy that notes what it is asked for, and opens nothing."""
    asked = []

    async def serve(reader, writer):
        asked.append((await reader.readline()).decode())
        writer.write(b"HTTP/1.1 403 no\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    yield asked
    server.close()


async def test_a_registered_bot_goes_through_the_proxy_of_its_network(proxy):
    async with proxied_session() as session:
        with pytest.raises(aiohttp.ClientHttpProxyError):
            await session.post("https://smba.trafficmanager.net/emea/v3/conversations")

    assert proxy == ["CONNECT smba.trafficmanager.net:443 HTTP/1.1\r\n"]


async def test_a_local_bot_does_not(proxy):
    async with pooled_session() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.post("https://127.0.0.1:9/")

    assert proxy == []


def test_who_is_spared_the_proxy_goes_straight(proxy, monkeypatch):
    assert proxy_url() is not None

    monkeypatch.setenv("no_proxy", "example.nl,.trafficmanager.net")
    assert proxy_url() is None


async def test_what_a_proxy_refuses_has_not_left(proxy, clock):
    place = Address(service_url=SERVICE, conversation_id="a:anna")
    async with proxied_session() as session:
        channel = TeamsChannel(Connector(session, NoTokens(), clock, local=False))

        result = await channel.send(place, Card(language="nl", title="x", text="x"))

    assert isinstance(result, Later)
