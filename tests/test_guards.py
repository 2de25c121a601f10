"""What is refused before a route is reached and before a body is read, and who sees details."""

import gzip
import json
import zlib

import pytest

from tests.support.bot import bot_over_http, registered_bot, settings_without_content
from tests.support.raw import exchanged, status
from tests.support.teams import REGISTERED, activity


@pytest.fixture
async def local(tmp_path, clock, microsoft):
    async with bot_over_http(settings_without_content(tmp_path), clock, microsoft) as client:
        yield client


@pytest.fixture
async def production(tmp_path, clock, microsoft_tls):
    settings = settings_without_content(tmp_path, **REGISTERED)
    async with registered_bot(settings, clock, microsoft_tls) as client:
        yield client


PACKED = {
    "gzip": gzip.compress(b"{}"),
    "deflate": zlib.compress(b"{}"),
    "x-gzip": gzip.compress(b"{}"),
    "br": b"\x0b\x02\x80{}\x03",
    "zstd": b"(\xb5/\xfd\x04X\x11\x00\x00{}",
    "gzip, gzip": gzip.compress(gzip.compress(b"{}")),
    "identity, gzip": gzip.compress(b"{}"),
    "nonsense": b"{}",
}


@pytest.mark.parametrize("coding", PACKED)
async def test_a_compressed_body_is_refused_whoever_sends_it(local, coding):
    answered, _ = await local.post_raw(PACKED[coding], **{"Content-Encoding": coding})

    assert answered == 415


async def test_it_is_refused_before_it_was_sent(local):
    head = (
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: 200000\r\n\r\n"
    )

    assert status(await exchanged(local.url, head)) == 415


async def test_a_body_that_is_said_not_to_be_compressed_is_read(local, microsoft):
    raw = json.dumps(activity(microsoft.url, "help")).encode()

    assert (await local.post_raw(raw, **{"Content-Encoding": "Identity"}))[0] == 202
    assert len(microsoft.cards()) == 1


UPGRADES = {
    "websocket": b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
    "tcp": b"Upgrade: tcp\r\nConnection: upgrade\r\n",
    "h2c": b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n",
}


@pytest.mark.parametrize("method", [b"GET", b"POST"])
@pytest.mark.parametrize("upgrade", UPGRADES)
async def test_another_protocol_is_refused_and_the_connection_closed(
    local, microsoft, upgrade, method
):
    raw = json.dumps(activity(microsoft.url, "help")).encode()
    head = (
        method
        + b" /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + UPGRADES[upgrade]
        + b"Content-Length: %d\r\n\r\n" % len(raw)
    )

    assert status(await exchanged(local.url, head + raw)) == 400
    assert microsoft.sent == []


# Local mode.

NAMES = {
    "localhost": 200,
    "LOCALHOST:3978": 200,
    "127.0.0.1": 200,
    "127.0.0.1:3978": 200,
    "[::1]:3978": 200,
    "evil.example": 403,
    "evil.example:3978": 403,
    "localhost.evil.example": 403,
    "127.0.0.1.evil.example": 403,
    "127.0.0.1@evil.example": 403,
    "192.168.1.5": 403,
    "0.0.0.0": 403,
    "[::1": 200,
    "": 403,
}


def get(path, host, more=b""):
    head = b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n" % (path, host.encode())
    return head + more + b"\r\n"


@pytest.mark.parametrize(("name", "answer"), NAMES.items())
async def test_without_authentication_only_a_name_of_this_machine_is_answered(local, name, answer):
    assert status(await exchanged(local.url, get(b"/healthz", name))) == answer


@pytest.mark.parametrize(
    "header", [b"X-Forwarded-For: 1.2.3.4", b"Forwarded: for=1.2.3.4", b"Via: 1.1 proxy"]
)
async def test_without_authentication_nobody_comes_through_a_proxy(local, header):
    answer = await exchanged(local.url, get(b"/healthz", "localhost", header + b"\r\n"))

    assert status(answer) == 403


async def test_a_registered_bot_is_reached_by_its_own_name(production):
    more = b"X-Forwarded-For: 1.2.3.4\r\n"

    assert status(await exchanged(production.url, get(b"/healthz", "bot.example", more))) == 200


# Details.

STRANGERS = {
    "by its public name": ("bot.example", b""),
    "by a proxy": ("localhost", b"X-Forwarded-For: 1.2.3.4\r\n"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_a_stranger_hears_which_parts_work_and_no_more(production, stranger):
    name, more = STRANGERS[stranger]
    answer = await exchanged(production.url, get(b"/readyz", name, more))
    body = json.loads(answer.partition(b"\r\n\r\n")[2])

    assert status(answer) == 503
    assert set(body["parts"].values()) <= {"ok", "failing"}
    assert body["failing"] == [name for name, word in body["parts"].items() if word != "ok"]


async def test_who_asks_on_this_machine_hears_why(production):
    _, body = await production.get("/readyz")

    assert body["parts"]["content"] == "no usable content"
