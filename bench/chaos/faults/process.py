"""The process: killed, told to stop, stopped for a while, two at once, and more questions than usual."""

import asyncio
import signal

from bench.chaos.measure import Fault
from bench.chaos.world import MEMBERS

TWO = "two processes"
SLOWLY = {"SENDS_PER_SECOND": "1"}
"""Else the fan-out is over before the second process is there."""


async def moment(world, chance):
    """A random moment of the fan-out: some have arrived, and others are under way."""
    await world.ledger.reached(chance.randrange(MEMBERS * 2 // 3))
    await asyncio.sleep(chance.uniform(0, 0.3))


def ending(how, most=1):
    """The process is ended by a signal, and a supervisor starts it again; so often."""

    async def happens(world, chance):
        for _ in range(chance.randint(1, most)):
            world.ledger.latency = chance.choice((0.02, 0.1, 0.5, 2.0))
            await moment(world, chance)
            status = await world.end(how=how)
            assert status == (0 if how is signal.SIGTERM else -how), status
            await world.start()

    return happens


async def killed_at_its_start(world, chance):
    """It is killed while it reads, opens and begins to listen, and once more."""
    await moment(world, chance)
    await world.end()
    for _ in range(2):
        before = len(world.bots)
        starting = asyncio.create_task(world.start())
        while len(world.bots) == before:
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.uniform(0.2, 2.0))
        world.cut(world.bots[-1])
        await asyncio.gather(starting, return_exceptions=True)
    await world.start()


async def frozen(world, chance):
    """It is stopped for some seconds, as a host that moves it does, and goes on."""
    world.ledger.latency = chance.choice((0.1, 1.0, 3.0))
    await moment(world, chance)
    world.freeze()
    await asyncio.sleep(chance.uniform(1, 12))
    world.go_on()


async def second_process(world, chance):
    """A second process on the same database, in a deploy that overlaps; the older one ends."""
    await moment(world, chance)
    old = world.bot
    await world.start()
    await asyncio.sleep(chance.uniform(0, 2))
    await world.end(old, chance.choice((signal.SIGTERM, signal.SIGKILL)))


async def two_processes(world, chance):
    """Two processes to the end, which cannot see that the other lives: the file that says so is deleted."""
    world.ledger.latency = chance.choice((1.0, 2.0, 3.0))
    alive = world.path.with_name(world.path.name + "-alive")
    await world.ledger.reached(1)
    alive.unlink()
    await world.start()
    await asyncio.sleep(chance.uniform(0, 2))
    alive.unlink(missing_ok=True)


async def many_questions(world, chance):
    """Forty members who ask all the time."""
    asking = [asyncio.create_task(world.keep_asking(f"other{n}")) for n in range(40)]
    await asyncio.sleep(chance.uniform(3, 6))
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)


async def nothing(world, chance):
    """Only members who stop, at random moments of the fan-out."""
    world.ledger.latency = chance.choice((0.05, 0.3, 1.0))
    await world.ledger.reached(MEMBERS // 2)


FAULTS = [
    Fault("SIGKILL, up to three times, started again", ending(signal.SIGKILL, 3), 24, 150),
    Fault("SIGKILL while it starts", killed_at_its_start, 8, 150),
    Fault("SIGTERM, started again", ending(signal.SIGTERM), 14, 150),
    Fault("SIGSTOP for 1-12 s, SIGCONT", frozen, 12, 60),
    Fault("half of the members stop", nothing, 10, 60, stops=MEMBERS // 2),
    Fault(
        "half of the members pause",
        nothing,
        10,
        60,
        stops=MEMBERS // 2,
        words=("pauze 3 weken", "pauze tot 1 september", "pauze van 2 maanden"),
    ),
    Fault(f"{TWO}: the older ends by SIGTERM or SIGKILL", second_process, 8, 60, settings=SLOWLY),
    Fault(f"{TWO} to the end, `-alive` deleted", two_processes, 8, 90, settings=SLOWLY),
    Fault("forty members ask all the time", many_questions, 6, 60),
]
