"""The clock of the machine, set wrong and put right."""

import asyncio

from bench.chaos.faults.process import moment
from bench.chaos.measure import Fault

MINUTE, HOUR, DAY = 60, 3_600, 86_400


async def put_right(world, chance):
    """Wrong by minutes, hours or days, either way, for some seconds."""
    await moment(world, chance)
    world.set_clock(chance.choice((-1, 1)) * chance.choice((2 * MINUTE, HOUR, DAY, 400 * DAY)))
    await asyncio.sleep(chance.uniform(1, 6))
    world.set_clock(0.0)


async def stays(world, chance):
    """Set two minutes back or forward, and that is how it stays."""
    await moment(world, chance)
    world.set_clock(chance.choice((-2, 2)) * MINUTE)


FAULTS = [
    Fault(
        "the clock wrong by 2 min-400 days, put right", put_right, 14, 200, options={"clock": True}
    ),
    Fault("the clock set by 2 min", stays, 6, 200, options={"clock": True}),
]
