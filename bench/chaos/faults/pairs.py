"""Two faults at the same time: one of the connector, one of the bot's own world."""

import asyncio
import random
import signal

from bench.chaos.faults import connector, files, process
from bench.chaos.measure import Fault

BEYOND = (
    connector.answering(connector.gateway),
    connector.answering(connector.throttle),
    connector.answering(connector.failing),
    connector.reset_before,
    connector.reset_after,
    connector.odd_success,
    connector.slow,
    connector.closed,
    connector.cut,
)
HERE = (
    process.ending(signal.SIGKILL),
    process.ending(signal.SIGTERM),
    process.frozen,
    files.locked,
    files.deleted,
    files.content,
    process.many_questions,
)


async def two_faults(world, chance):
    """Both begin at random moments of the fan-out, and overlap as it comes."""
    await asyncio.gather(
        *(chance.choice(kind)(world, random.Random(chance.random())) for kind in (BEYOND, HERE))
    )


FAULTS = [Fault("a fault of the connector, and one here, at once", two_faults, 20, 240)]
