"""One turn: handled in time, and its card sent where the answer is expected."""

import asyncio
import contextlib
import contextvars
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.channel import (
    UNSENT,
    Address,
    Answer,
    Channel,
    Gone,
    Incoming,
    InDoubt,
    Later,
    Result,
    Sent,
)
from bot.fair import FairWorker, TooMuchError
from bot.handler import Handler
from bot.log import TURN_ID
from bot.patience import within
from bot.rate_limit import RateLimiter
from bot.seldom import Seldom
from bot.slow_down import SlowDown
from dialogs.card import Card

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds of a turn. Teams sends an activity again when it is not answered within 15."""

    typing: float = 1.0
    """An answer that takes longer shows that we are at work."""
    turn: float = 9.0
    """A turn that takes longer is cut off."""
    answer: float = 14.0
    """By then the request is answered, whatever the connector does."""
    query: float = 4.5
    """For a query of the message extension; Teams shows an error after 5."""
    reply_backoff: tuple[float, ...] = (0.5, 1.5)
    """Before each further attempt to reply, where the connector does not say how long."""


TYPING_SECONDS = 2.0
"""After which it is given up to show that an answer is being made."""
NORMAL = Times()


class Turns:
    """Handles events, a turn each. What breaks in the handler, or takes too long there, becomes a friendly card."""

    def __init__(
        self,
        handler: Handler,
        channel: Channel,
        worker: Executor,
        *,
        limiter: RateLimiter,
        times: Times,
    ) -> None:
        """Handle events in `worker`, so that the event loop never waits for search or store.

        Answers leave at once, but `limiter` counts them: reminders make room for them.
        """
        self._handler, self._channel, self._worker = handler, channel, FairWorker(worker)
        self._limiter, self._times = limiter, times
        self._typing: set[asyncio.Task[None]] = set()
        self._told, self._flood = Seldom(time.monotonic), SlowDown(per_second=0)

    async def handle(self, incoming: Incoming) -> Answer:
        """Handle what came in; send the card, or return it where the request is to carry it."""
        until = asyncio.get_running_loop().time() + self._times.answer
        if incoming.event == "query":
            return await self._answer_query(incoming)
        card, outcome = await self._card(incoming)
        if outcome == "flood":
            await self._flood.wait()
        if card is None or incoming.answer_mode != "post":
            return Answer(outcome, card)
        result = await self._reply(incoming, card, until)
        if isinstance(result, Sent):
            self._handler.sent(incoming, result.id, card)
        elif isinstance(result, Gone):
            log.info("reply had nowhere to go: %s", result.reason)
        else:
            log.error("reply not sent: %s", result.why)
            if not isinstance(result, InDoubt) and result.unsent:
                return Answer(UNSENT)
        return Answer(outcome)

    async def _answer_query(self, incoming: Incoming) -> Answer:
        """Answer a query of the message extension."""
        locale = incoming.address.locale
        find = partial(self._handler.find, incoming.text, locale, incoming.at, incoming.page)
        try:
            return Answer(
                "query", await asyncio.wait_for(self._work(incoming, find), self._times.query)
            )
        except TooMuchError:
            await self._flood.wait()
            return Answer("flood", self._handler.busy(locale))
        except Exception:
            log.exception("query failed")
            return Answer("failed", self._handler.busy(locale))

    async def _card(self, incoming: Incoming) -> tuple[Card | None, str]:
        """The card that answers, if any, and what was done."""
        expected = incoming.event == "message"
        try:
            work = self._work(incoming, partial(self._handler.handle, incoming))
            await asyncio.wait([work], timeout=self._times.typing)
            if not work.done():
                if expected:
                    self._show_typing(incoming)
                await asyncio.wait([work], timeout=self._times.turn - self._times.typing)
            if not work.done():
                # Where the worker has not begun it, it never will; where it has, its result is dropped.
                work.cancel()
                log.error("turn cut off after %s s", self._times.turn)
                return (self._handler.late(incoming.address) if expected else None), "late"
            card, outcome = work.result()
        except TooMuchError:
            return self._too_much(incoming), "flood"
        except Exception:
            log.exception("turn failed")
            card = self._handler.failed(incoming.address, TURN_ID.get()) if expected else None
            return card, "failed"
        return card, outcome.kind if outcome else incoming.event

    def _work(self, incoming: Incoming, do: Callable[[], T]) -> asyncio.Future[T]:
        """Do this in the worker when it is its turn, its log lines under the number of this turn.

        Raises:
            TooMuchError: where too much of this member waits; never for the bot's own coming and going.
        """
        address, context = incoming.address, contextvars.copy_context()
        return self._worker.run(
            address.user_id,
            address.root,
            partial(context.run, do),
            bounded=incoming.event not in ("installed", "removed"),
        )

    def _too_much(self, incoming: Incoming) -> Card | None:
        """What a flood is answered with: once a minute that it goes too fast, else nothing."""
        who = incoming.address.user_id or incoming.address.root
        if incoming.event == "message" and self._told.allows(str(hash(who))):
            return self._handler.late(incoming.address)
        return None

    def _show_typing(self, incoming: Incoming) -> None:
        # Not waited for: a slow connector must not use up the time of the turn.
        self._limiter.count(incoming.address.root)
        task = asyncio.create_task(self._type(incoming.address))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    async def _type(self, address: Address) -> None:
        # The answer goes to the same conversation, in order: it must not wait for this for long.
        with contextlib.suppress(TimeoutError):
            await within(TYPING_SECONDS, self._channel.typing(address))

    async def _reply(self, incoming: Incoming, card: Card, until: float) -> Result:
        """Reply, and again where the connector says "later" and there is time.

        Args:
            incoming: what the card answers.
            card: the reply.
            until: the moment on the loop's clock at which the request must be answered.
        """
        loop, address = asyncio.get_running_loop(), incoming.address
        pauses = iter(self._times.reply_backoff)
        while True:
            self._limiter.count(address.root)
            try:
                async with asyncio.timeout_at(until):
                    result = await self._channel.send(address, card, reply_to=incoming.activity_id)
            except TimeoutError:
                return InDoubt("cut off at the end of the turn's time")
            if not isinstance(result, Later):
                return result
            if result.seconds is not None:
                self._limiter.throttle(address.root, result.seconds)
            pause = next(pauses, None)
            if pause is None:
                return result
            wait = _jittered(pause if result.seconds is None else result.seconds)
            if loop.time() + wait >= until:
                return result
            await asyncio.sleep(wait)


def _jittered(seconds: float) -> float:
    """Up to half more, by chance: else all replies that were refused at one moment would come back at one moment."""
    return seconds * (1 + secrets.randbelow(512) / 1024)
