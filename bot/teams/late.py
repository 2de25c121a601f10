"""Answers that did not come in time: they are waited for, so that a doubt may end without a second send."""

import asyncio

import aiohttp

from bot.channel import InDoubt, Result
from bot.clock import Clock
from bot.patience import cancelled, done_within
from bot.teams.results import result_of

LATE_SECONDS = 240.0
"""For which an answer that is late is waited for; gateways give up before that."""
LATE_MAX = 100
"""Answers that are waited for so: each keeps a connection of the pool, and replies need some."""

Exchange = asyncio.Task[tuple[int, bytes, str | None]]
"""Status, body and Retry-After of an answer."""


class LateAnswers:
    """Keeps exchanges going whose caller has gone on."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Keep each for so many seconds."""
        self._clock, self._seconds = clock, seconds
        self._kept: set[asyncio.Task[Result]] = set()

    async def keep(self, exchange: Exchange, wanted: bool) -> InDoubt:  # noqa: FBT001 - as asked
        """The result for now, which says what comes later.

        Raises:
            TimeoutError: where that is not `wanted`, or too many are waited for; the exchange is cut off.
        """
        why = "cut off: TimeoutError"
        if not wanted or len(self._kept) >= LATE_MAX:
            await cancelled(exchange)
            raise TimeoutError
        late = asyncio.create_task(self._result(exchange, why))
        self._kept.add(late)
        late.add_done_callback(self._kept.discard)
        return InDoubt(why, late)

    async def _result(self, exchange: Exchange, why: str) -> Result:
        try:
            if await done_within(self._seconds, exchange):
                return result_of(*exchange.result(), self._clock())
        except (TimeoutError, aiohttp.ClientError) as error:
            return InDoubt(f"cut off: {type(error).__name__}")
        await cancelled(exchange)
        return InDoubt(why)
