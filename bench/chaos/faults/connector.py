"""The connector, or something between it and the bot, that does not do what it should."""

import asyncio
import contextlib
import gzip

from aiohttp import web

from bench.chaos.measure import Fault
from bench.chaos.world import MEMBERS
from tests.support.teams import FakeMicrosoft

PAGE = "<html><title>Access denied</title>ConversationBlockedByUser</html>"
answers = FakeMicrosoft.answers


@contextlib.asynccontextmanager
async def broken(world, chance, fault):
    """From a random moment of the fan-out on this fault, and not after the block."""
    await world.ledger.reached(chance.randrange(MEMBERS * 2 // 3))
    world.ledger.fault = fault
    try:
        yield
    finally:
        world.ledger.fault = None


def refusing(answer):
    """A fault that answers before the connector has seen anything."""
    return lambda _, *__: answer()


def error(code):
    return {"error": {"code": code, "message": "m"}}


def answering(make, seconds=(1.0, 6.0)):
    """For some seconds every request is answered as `make(chance)` says."""

    async def happens(world, chance):
        async with broken(world, chance, refusing(make(chance))):
            await asyncio.sleep(chance.uniform(*seconds))

    return happens


def gateway(chance):
    status = chance.choice((301, 302, 400, 401, 403, 404, 407, 410, 413, 451))
    return answers(status, chance.choice((PAGE, "", {"message": "blocked"})))


def refusal(chance):
    return answers(chance.choice((400, 403, 404, 405, 409, 410, 413)), error("Fault"))


def gone(chance):
    status, code = chance.choice(
        (
            (403, "ConversationBlockedByUser"),
            (404, "ConversationNotFound"),
            (403, "BotNotInConversationRoster"),
            (403, "BotDisabledByAdmin"),
        )
    )
    return answers(status, error(code))


def throttle(chance):
    again = chance.choice(
        ("0", "-5", "Tue, 24 Nov 1970 08:00:00 GMT", "1", "5", "soon", "", "1e9", "0.001", None)
    )
    headers = {} if again is None else {"Retry-After": again}
    return answers(chance.choice((412, 429, 429, 503)), error("Throttled"), **headers)


def failing(chance):
    status = chance.choice((408, 425, 500, 501, 502, 503, 505, 507))
    return answers(status, chance.choice((PAGE, "", error("ServiceError"))))


def odd(chance):
    """A success whose body nobody expects."""
    squeezed = gzip.compress(b'{"id": "1"}' * 999)
    body, headers = chance.choice(
        (
            (b'{"id": "\\ud83d"}', {}),
            (b'{"id": 5}', {}),
            (b"", {}),
            (b"\xff\xfe\x00{", {}),
            (b"[" * 200_000, {}),
            (b'{"id": "' + b"x" * 5_000_000 + b'"}', {}),
            (PAGE.encode(), {"Content-Type": "text/html"}),
            (b"no gzip at all", {"Content-Encoding": "gzip"}),
            (squeezed[:40], {"Content-Encoding": "gzip"}),
            (b"???", {"Content-Encoding": "zebra"}),
            (b'{"id": "1"}', {"Content-Type": "no/type; charset=klingon"}),
        )
    )
    status = chance.choice((200, 201, 202, 203, 206, 226))
    return lambda: web.Response(status=status, body=body, headers=headers)


async def odd_success(world, chance):
    answer = odd(chance)
    fault = lambda ledger, *request: ledger.takes(*request, answer=answer)  # noqa: E731
    async with broken(world, chance, fault):
        await asyncio.sleep(chance.uniform(1, 6))


async def reset_before(world, chance):
    """The connection is closed, and nothing was taken."""
    async with broken(world, chance, refusing(lambda: "drop")):
        await asyncio.sleep(chance.uniform(0.5, 4))


async def reset_after(world, chance):
    """The message is taken, and then the connection is closed, or a gateway says that it heard nothing."""
    answer = chance.choice((lambda: "drop", answers(504, PAGE), answers(520, PAGE)))

    def fault(ledger, *request):
        ledger.take(*request)
        return answer()

    async with broken(world, chance, fault):
        await asyncio.sleep(chance.uniform(0.5, 4))


async def slow(world, chance):
    """Everything is taken, and answered much later."""
    seconds = chance.uniform(3, 12)
    fault = lambda ledger, *request: ledger.takes(*request, after=seconds)  # noqa: E731
    async with broken(world, chance, fault):
        await asyncio.sleep(chance.uniform(1, 6))
    await asyncio.sleep(seconds)


async def hanging(world, chance):
    """Nothing is taken, and nothing is ever answered."""
    async with broken(world, chance, lambda _, *__: asyncio.sleep(300)):
        await asyncio.sleep(chance.uniform(1, 6))


async def closed(world, chance):
    """Nobody listens at the connector's port, and what was connected is reset."""
    await world.ledger.reached(chance.randrange(MEMBERS * 2 // 3))
    world.ledger.lose_answers(True, world.frozen_since)
    await world.line.close()
    await asyncio.sleep(chance.uniform(0.5, 6))
    world.ledger.lose_answers(False)
    await world.line.open()


async def cut(world, chance):
    """Answers are cut off at a random byte, and the connection is reset."""
    await world.ledger.reached(chance.randrange(MEMBERS * 2 // 3))
    world.ledger.lose_answers(True, world.frozen_since)
    world.line.cut_after = chance.choice((0, 5, 20, 60, 150, 200))
    await asyncio.sleep(chance.uniform(0.5, 4))
    world.line.cut_after = None
    world.ledger.lose_answers(False)


async def silent(world, chance):
    """Connections are made, and no byte passes for some seconds; then all of it does."""
    await world.ledger.reached(chance.randrange(MEMBERS * 2 // 3))
    world.line.silent = True
    await asyncio.sleep(chance.uniform(1, 12))
    world.line.silent = False


async def one_away(world, chance):
    """One member blocked the bot for good, and another's chat is told to wait."""
    away, waiting = chance.sample(world.names, 2)

    def fault(ledger, method, path, body):
        if f"/{away}/" in path:
            return answers(403, error("ConversationBlockedByUser"))()
        if f"/{waiting}/" in path and len(ledger.reminders) < MEMBERS // 2:
            return answers(429, error("Throttled"), Retry_After="4")()
        return ledger.takes(method, path, body)

    world.names = [name for name in world.names if name != away]
    world.ledger.fault = fault
    await world.ledger.reached(MEMBERS // 2, 20)


FAULTS = [
    Fault("a gateway's page, or an empty answer: 301-451", answering(gateway), 24, 150),
    Fault("refused with a code: 400-413", answering(refusal), 12, 150),
    Fault("'blocked' or 'not found' to everybody", answering(gone), 10, 240),
    Fault("throttled: 412, 429, 503, odd Retry-After", answering(throttle), 24, 120),
    Fault("408, 425, 5xx", answering(failing), 20, 120),
    Fault("connection closed before it was taken", reset_before, 14, 150),
    Fault("connection closed, 504 or 520 after it was taken", reset_after, 14, 150),
    Fault("answers only after 3-12 s", slow, 10, 60),
    Fault("hangs, and never answers", hanging, 8, 240),
    Fault("success with an odd body", odd_success, 16, 60),
    Fault("the port closed, connections reset", closed, 10, 150),
    Fault("answers cut off at a random byte", cut, 10, 150),
    Fault("no byte passes for 1-12 s", silent, 8, 90, stops=0),
    Fault("one member blocked the bot, one chat is throttled", one_away, 6, 200),
]
