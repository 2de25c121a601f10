"""Connections over real sockets: how many, how much and how long, whoever opens them."""

import asyncio
import contextlib
import dataclasses
import logging
import resource

import aiohttp
import pytest
from aiohttp.web import Response

from bot import connections, limits, web
from bot.limits import Limits, limits_here
from tests.support.raw import all_of, exchanged, opened, status

QUICK = Limits(connections=4, head_seconds=0.2, idle_seconds=0.6, request_seconds=0.6)
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
ASKED = GET + b"\r\n"


@contextlib.asynccontextmanager
async def host(within=QUICK, **routes):
    async def ready():
        return {}

    app = web.application(post=routes.get("post", {}), get=routes.get("get", {}), ready=ready)
    async with web.listening(app, "127.0.0.1", 0, limits=within) as url:
        yield url


@pytest.mark.parametrize(
    "data", [b"", b"GET", GET, GET + b"X-Slow: ", b"\r\n\r\n", b"\x16\x03\x01"]
)
async def test_who_does_not_finish_a_request_is_cut_off(data):
    async with host() as url:
        assert status(await exchanged(url, data, seconds=2)) in {0, 400}


async def test_a_header_a_byte_at_a_time_is_cut_off_all_the_same():
    async with host() as url:
        reader, writer = await opened(url)
        answer = asyncio.create_task(all_of(reader))
        with contextlib.suppress(ConnectionError):
            for byte in GET * 20:
                writer.write(bytes([byte]))
                await writer.drain()
                if answer.done():
                    break
                await asyncio.sleep(0.01)
        assert await asyncio.wait_for(answer, 2) == b""
        writer.close()


async def test_a_kept_connection_is_cut_off_where_its_next_request_does_not_end():
    async with host(dataclasses.replace(QUICK, idle_seconds=60)) as url:
        reader, writer = await opened(url)
        writer.write(ASKED)
        assert b"200" in await reader.readuntil(b"\r\n\r\n")
        writer.write(GET)
        await asyncio.wait_for(all_of(reader), 2)
        writer.close()


async def test_a_kept_connection_that_asks_nothing_is_closed():
    async with host() as url:
        assert status(await exchanged(url, ASKED, seconds=3)) == 200


async def test_a_kept_connection_may_wait_longer_than_a_request_may_take():
    async with host(dataclasses.replace(QUICK, idle_seconds=60, request_seconds=0.1)) as url:
        reader, writer = await opened(url)
        for _ in range(2):
            writer.write(ASKED)
            assert b"200" in await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(len('{"status": "ok"}'))
            await asyncio.sleep(0.4)
        writer.close()


HEADS = {
    "one long header": GET + b"X: " + b"x" * 40_000 + b"\r\n\r\n",
    "many headers": GET + b"".join(b"X%d: %s\r\n" % (n, b"x" * 700) for n in range(60)) + b"\r\n",
    "more than are counted": GET + b"X: y\r\n" * 200 + b"\r\n",
    "a long path": b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "never an end": GET + b"X: y\r\n" * 20_000,
    "a second one": ASKED + GET + b"X: " + b"x" * 400_000,
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
async def test_headers_are_bounded_together(head):
    async with host(dataclasses.replace(QUICK, head_seconds=60)) as url:
        answer = await exchanged(url, head)

    last = answer[answer.rindex(b"HTTP/1.") :] if answer else b""
    assert status(last) in {0, 400, 431}
    assert b"xxx" not in answer


async def test_what_was_answered_is_what_stands_in_the_body_and_no_more():
    async def echo(request):
        return Response(body=await request.read())

    async with host(post={"/echo": echo}) as url:
        head = b"POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 200000\r\n\r\n"
        answer = await exchanged(url, head + b"Z" * 200_000)

    assert (status(answer), answer.count(b"Z")) == (200, 200_000)


async def test_silent_connections_make_room_for_who_asks():
    async with host() as url:
        silent = [await opened(url) for _ in range(12)]
        answer = await exchanged(url, ASKED, seconds=3)
        for _, writer in silent:
            writer.close()

    assert status(answer) == 200


async def test_a_request_under_way_is_not_given_up_for_a_new_connection():
    going = asyncio.Event()

    async def slow(_):
        await going.wait()
        return Response(text="done")

    async with host(dataclasses.replace(QUICK, request_seconds=10), post={"/slow": slow}) as url:
        ask = b"POST /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        busy = [asyncio.create_task(exchanged(url, ask)) for _ in range(QUICK.connections)]
        await asyncio.sleep(0.1)
        assert await exchanged(url, ASKED) == b""
        going.set()
        assert [status(answer) for answer in await asyncio.gather(*busy)] == [200] * 4


async def test_who_does_not_take_the_answer_is_cut_off():
    async def much(_):
        return Response(body=b"x" * 50_000_000)

    async with host(get={"/much": much}) as url:
        reader, writer = await opened(url)
        writer.write(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.sleep(1.0)
        with pytest.raises(asyncio.IncompleteReadError):
            await asyncio.wait_for(reader.readexactly(50_000_000), 5)
        writer.close()


async def test_the_header_server_names_no_version():
    async with host() as url, aiohttp.ClientSession() as session:
        for path in ("/healthz", "/nowhere"):
            async with session.get(url + path) as response:
                assert response.headers["Server"] == "ladderbot"
        broken = await exchanged(url, b"NONSENSE\r\n\r\n")

    assert b"aiohttp" not in broken
    assert b"Python" not in broken


async def test_what_is_no_http_is_not_repeated_and_logged_once(caplog):
    async with host() as url:
        answers = [await exchanged(url, b"GEHEIM /x HTTP/9\r\n\r\n") for _ in range(50)]

    assert {status(answer) for answer in answers} == {400}
    assert b"GEHEIM" not in b"".join(answers)
    assert len(caplog.records) == 1


async def test_when_files_run_out_that_is_logged_once_and_not_a_thousand_times(caplog):
    context = {"message": "socket.accept() out of system resource", "exception": OSError(24, "")}
    async with host():
        for _ in range(1_000):
            asyncio.get_running_loop().call_exception_handler(context)
        asyncio.get_running_loop().call_exception_handler({"message": "something else"})

    assert [r.getMessage().partition(":")[0] for r in caplog.records] == [
        "no connection can be taken",
        "something else",
    ]


def test_there_are_fewer_connections_than_files_may_be_open():
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)

    assert limits_here().connections <= max(soft - limits.DESCRIPTORS_KEPT, soft // 4)
    assert limits_here().connections <= limits.CONNECTIONS_MAX


def test_that_line_is_a_warning(caplog):
    caplog.set_level(logging.WARNING)
    connections.Connections(QUICK).warn("x")

    assert [record.levelname for record in caplog.records] == ["WARNING"]
