"""Reminders over real HTTP, while something between us and Teams answers in Teams' place: nobody is lost or told twice."""

import asyncio
import gzip
import json
from collections import Counter

import pytest
from aiohttp import web

from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session
from bot.teams.tokens import NoTokens
from dialogs.changes import Unsubscribe
from tests.support.reminders import at
from tests.support.teams import FakeMicrosoft

NUMBER = 12
HTML = "<html><title>Access denied</title>ConversationBlockedByUser</html>"


def error(code):
    return {"error": {"code": code, "message": "m"}}


@pytest.fixture
async def reminded(process, microsoft, clock):
    """The process, its channel Teams over loopback, with many subscribers; `arrived` counts who got it."""
    async with pooled_session() as session:
        teams = TeamsChannel(Connector(session, NoTokens(), clock, local=True))
        process.channel.send, process.channel.ask = teams.send, teams.ask
        for number in range(NUMBER):
            process.subscribe(f"m{number:02}", service_url=microsoft.url)
        process.clock.now = at("2026-12-01 10:00")
        yield process


def arriving(arrived, fault, before=None):
    """A connector that answers with `fault` while `before()`, and else takes what it is sent."""

    def answer(method, path, body):
        if before is None or before():
            return fault(method, path, body)
        if method == "POST":
            arrived[path.split("/")[3]] += 1
        return None

    return answer


def active(process):
    return next(process.database.query("select sum(active) as n from subscriptions"))["n"]


PASSING = {
    **{
        f"{status} page": (status, HTML) for status in (301, 302, 400, 401, 403, 404, 407, 410, 503)
    },
    **{f"{status} empty": (status, "") for status in (401, 403, 404, 500)},
    **{
        f"{status} code": (status, error("Fault"))
        for status in (400, 401, 403, 404, 408, 409, 410, 412, 413, 425, 429, 500, 501, 502, 505)
    },
    "403 text": (403, {"message": "The thread is blocked from message writes."}),
    "404 text": (404, {"message": "ConversationNotFound"}),
    "520": (520, HTML),
    "504": (504, HTML),
    "all blocked": (403, error("ConversationBlockedByUser")),
    "all gone": (404, error("ConversationNotFound")),
}


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
async def test_whatever_is_answered_for_some_minutes_ends_nothing(reminded, microsoft, answer):
    arrived, until = Counter(), at("2026-12-01 10:04")
    fault = FakeMicrosoft.answers(*answer)
    microsoft.fault = arriving(arrived, fault, lambda: reminded.clock() < until)
    for _ in range(25):
        await reminded.beat()
        reminded.clock.move(minutes=1)

    assert arrived == {f"m{number:02}": 1 for number in range(NUMBER)}
    assert active(reminded) == NUMBER
    assert {state for _, _, state in reminded.rows()} == {"sent"}


def raw(body, **headers):
    """A 201 with these bytes."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda *_: web.Response(status=201, body=body, headers=headers)


BODIES = {
    "half a pair": raw(b'{"id": "\\ud83d"}'),
    "a number": raw(b'{"id": 5}'),
    "no JSON": raw(b"\xff\xfe\x00{"),
    "deep": raw(b"[" * 200_000),
    "10 MB": raw(b'{"id": "' + b"x" * 10_000_000 + b'"}'),
    "a page": raw(HTML.encode(), Content_Type="text/html"),
    "not gzip": raw(b"no gzip at all", Content_Encoding="gzip"),
    "cut gzip": raw(gzip.compress(b'{"id": "1"}' * 999)[:40], Content_Encoding="gzip"),
    "a bomb": raw(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
    "unknown encoding": raw(b"???", Content_Encoding="zebra"),
    "brotli": raw(b"???", Content_Encoding="br"),
    "odd type": raw(b'{"id": "1"}', Content_Type="no/type; charset=klingon"),
}


@pytest.mark.parametrize("fault", BODIES.values(), ids=BODIES.keys())
async def test_a_success_is_one_whatever_its_body(reminded, microsoft, fault):
    microsoft.fault = fault
    for _ in range(4):
        await reminded.beat()
        reminded.clock.move(hours=1)

    assert len(microsoft.sent) == NUMBER
    assert {state for _, _, state in reminded.rows()} == {"sent"}


async def test_a_success_whose_body_breaks_off_is_one(process, clock):
    """Neither as long as it says, nor ever ended; then the connection is closed."""
    taken = []

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        taken.append(head.split(b" ")[1])
        writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n" + b'{"id": ')
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, pooled_session() as session:
        teams = TeamsChannel(Connector(session, NoTokens(), clock, local=True))
        process.channel.send = teams.send
        port = server.sockets[0].getsockname()[1]
        process.subscribe("anna", service_url=f"http://127.0.0.1:{port}")
        for day in (1, 2):
            await process.beat_at(f"2026-12-0{day} 10:00")

    assert len(taken) == 1
    assert process.rows("state", "activity") == [("sent", "")]


async def test_an_id_in_a_compressed_answer_is_read(reminded, microsoft):
    microsoft.fault = raw(
        gzip.compress(json.dumps({"id": "1:x"}).encode()), Content_Encoding="gzip"
    )
    await reminded.beat()

    assert set(reminded.rows("activity")) == {("1:x",)}


ABSURD = ["0", "-5", "Tue, 24 Nov 1970 08:00:00 GMT", "315360000", "1e9", "soon", ""]


@pytest.mark.parametrize("retry_after", ABSURD)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_wait_that_makes_no_sense_neither_hurries_nor_silences_us(
    reminded, microsoft, status, retry_after
):
    arrived, until = Counter(), at("2026-12-01 10:10")
    fault = FakeMicrosoft.answers(status, error("Throttled"), Retry_After=retry_after)
    microsoft.fault = arriving(arrived, fault, lambda: reminded.clock() < until)
    for _ in range(25):
        await reminded.beat()
        reminded.clock.move(minutes=1)

    assert arrived == {f"m{number:02}": 1 for number in range(NUMBER)}
    assert len(microsoft.sent) < 5 * NUMBER


async def test_one_chat_that_is_throttled_keeps_nobody_else_waiting(reminded, microsoft):
    arrived, began = Counter(), reminded.clock()
    throttled = FakeMicrosoft.answers(429, error("Throttled"), Retry_After="3600")
    microsoft.fault = lambda method, path, body: (
        throttled() if "/m07/" in path else arriving(arrived, None, bool)(method, path, body)
    )
    await reminded.beat()

    assert len(arrived) == NUMBER - 1
    assert (reminded.clock() - began).total_seconds() < 10
    microsoft.fault = arriving(arrived, None, bool)
    for _ in range(20):
        reminded.clock.move(minutes=1)
        await reminded.beat()
    assert arrived["m07"] == 1


class HeldTokens:
    """A token that is given when a test lets it; the first may be refused, and then a new one waits as well."""

    def __init__(self, *, at_once):
        self.wanted, self.given = asyncio.Event(), asyncio.Event()
        self._at_once = at_once

    async def token(self):
        if not self._at_once:
            await self._held()
        return "token"

    async def renewed(self, _):
        await self._held()
        return True

    async def _held(self):
        self.wanted.set()
        await self.given.wait()


@pytest.mark.parametrize("refused", [False, True], ids=["no token yet", "the token is refused"])
async def test_who_stops_while_a_send_waits_for_a_token_gets_nothing(
    process, microsoft, clock, refused
):
    tokens, taken = HeldTokens(at_once=refused), []
    refusal = FakeMicrosoft.answers(401, error("Fault"))
    microsoft.fault = lambda *_: taken.append(1) if tokens.given.is_set() else refusal()
    async with pooled_session() as session:
        teams = TeamsChannel(Connector(session, tokens, clock, local=True))
        process.channel.send = teams.send
        process.subscribe("anna", service_url=microsoft.url)
        process.clock.now = at("2026-12-01 10:00")
        beat = asyncio.create_task(process.beat())
        await tokens.wanted.wait()
        process.silence.note("anna", (Unsubscribe(),), process.clock())
        process.stop("anna")
        tokens.given.set()
        await beat

    assert taken == []
    assert {state for _, _, state in process.rows()} == {"stopped"}
