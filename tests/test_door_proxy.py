"""Behind a ministry's proxy: what leaves the network goes through it, what is here does not."""

import asyncio

import aiohttp
import pytest

from bot.connector import pooled_session, proxied_session


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
