"""So many cards to so many people through the connector, as fast as it goes: TLS, one token, 100 ms each.

WORLD_TLS_PORT=… python bench/sends.py … TOTAL
"""

import asyncio
import json
import sys
import time
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).resolve().parent / "peers"),
    str(Path(__file__).resolve().parent.parent),
]

import names

names.redirect()

from bot.channel import Address, Sent
from bot.clock import system_clock
from bot.settings import read
from bot.teams.channel import TeamsChannel
from bot.teams.connector import CONNECTIONS, Connector, pooled_session
from bot.teams.tokens import MsalTokens, acquire
from dialogs.card import Card, Choice
from tests.support.teams import REGISTERED, SERVICE

CARD = Card(
    language="nl", title="Bijeenkomst", text="x" * 500, choices=(Choice("Stop", "stop"),) * 3
)


async def main(total):
    settings = read(REGISTERED, {}, Path.cwd())
    async with pooled_session() as session:
        tokens = MsalTokens(acquire(settings), time.monotonic)
        channel = TeamsChannel(Connector(session, tokens, system_clock, local=False))
        waiting = iter(range(total))

        async def sender():
            for number in waiting:
                place = Address(
                    service_url=SERVICE,
                    conversation_id=f"a:{number}",
                    bot_id="28:bot",
                )
                assert isinstance(await channel.send(place, CARD), Sent)

        began, spent = time.perf_counter(), time.process_time()
        await asyncio.gather(*(sender() for _ in range(CONNECTIONS)))
        took = time.perf_counter() - began
    return {
        "sends": total,
        "per_second": round(total / took, 1),
        "cpu_ms": round(1000 * (time.process_time() - spent) / total, 3),
    }


print(json.dumps(asyncio.run(main(int(sys.argv[-1])))))
