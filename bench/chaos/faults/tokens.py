"""Entra and the issuer of the channel's keys; the bot is registered, and speaks TLS."""

import asyncio

from bench.chaos.faults.process import moment
from bench.chaos.measure import Fault
from bench.chaos.world import MEMBERS

REGISTERED = {"registered": True}
PAGE = "<html>no</html>"


async def no_token(world, chance):
    """What was given is refused, and nothing new is given; from the start, or in the fan-out."""
    fake = world.fake
    await moment(world, chance)
    fake.token_fault = chance.choice((500, 503, 429, {"error": "temporarily_unavailable"}))
    fake.token_delay = chance.choice((0.0, 0.0, 3.0, 20.0))
    fake.refused = {f"Bearer token-{number}" for number in range(1, fake.token_calls + 1)}
    await asyncio.sleep(chance.uniform(1, 6))
    fake.token_fault, fake.token_delay = None, 0.0


async def token_refused(world, chance):
    """The connector takes no token for some seconds, or not the one that the bot has."""
    fake = world.fake
    await moment(world, chance)
    fake.refused = {f"Bearer token-{number}" for number in range(1, fake.token_calls + 1)}
    if chance.random() < 0.5:
        fake.refused |= {f"Bearer token-{number}" for number in range(1, 100)}
        await asyncio.sleep(chance.uniform(1, 6))
        fake.refused = set()


async def no_keys(world, chance):
    """The issuer's keys cannot be had, while who talks is known already."""
    fake = world.fake
    await world.ledger.reached(1)
    while not any(asked.answered for asked in world.asked):
        await asyncio.sleep(0.05)
    fake.metadata_fault, fake.keys_fault = chance.choice(((500, None), (None, PAGE), (404, PAGE)))
    fake.metadata_delay = chance.choice((0.0, 5.0))
    await world.ledger.reached(MEMBERS // 2)
    await asyncio.sleep(chance.uniform(1, 4))
    fake.metadata_fault = fake.keys_fault = None
    fake.metadata_delay = 0.0


FAULTS = [
    Fault("Entra down, and the token refused", no_token, 10, 150, options=REGISTERED),
    Fault("the connector refuses the token", token_refused, 10, 150, options=REGISTERED),
    Fault("the issuer of the keys down", no_keys, 6, 60, options=REGISTERED),
]
