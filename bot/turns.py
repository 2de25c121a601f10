"""One turn: handled in time, and its card sent where the answer is expected."""

import asyncio
import contextvars
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.channel import Answer, Channel, Gone, Incoming, InDoubt, Later, Result, Sent
from bot.handler import Handler
from bot.log import TURN_ID
from bot.rate_limit import RateLimiter
from dialogs.values import Card

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
        self._handler, self._channel, self._worker = handler, channel, worker
        self._limiter, self._times = limiter, times
        self._typing: set[asyncio.Task[Result]] = set()

    async def handle(self, incoming: Incoming) -> Answer:
        """Handle what came in; send the card, or return it where the request is to carry it."""
        until = asyncio.get_running_loop().time() + self._times.answer
        if incoming.event == "query":
            return await self._answer_query(incoming)
        card, outcome = await self._card(incoming)
        if card is None or incoming.answer_mode != "post":
            return Answer(outcome, card)
        result = await self._reply(incoming, card, until)
        if isinstance(result, Gone):
            log.info("reply had nowhere to go: %s", result.reason)
        elif not isinstance(result, Sent):
            log.error("reply not sent: %s", result.why)
        return Answer(outcome)

    async def _answer_query(self, incoming: Incoming) -> Answer:
        """Answer a query of the message extension."""
        locale = incoming.address.locale
        work = self._work(self._handler.find, incoming.text, locale, incoming.at)
        try:
            return Answer("query", await asyncio.wait_for(work, self._times.query))
        except Exception:
            log.exception("query failed")
            return Answer("failed", self._handler.busy(locale))

    async def _card(self, incoming: Incoming) -> tuple[Card | None, str]:
        """The card that answers, if any, and what was done."""
        expected = incoming.event == "message"
        work = self._work(self._handler.handle, incoming)
        try:
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
        except Exception:
            log.exception("turn failed")
            card = self._handler.failed(incoming.address, TURN_ID.get()) if expected else None
            return card, "failed"
        return card, outcome.kind if outcome else incoming.event

    def _work(self, do: Callable[..., T], *args: Any) -> asyncio.Future[T]:
        """Do this in the worker, its log lines under the number of this turn."""
        context = contextvars.copy_context()
        return asyncio.get_running_loop().run_in_executor(self._worker, context.run, do, *args)

    def _show_typing(self, incoming: Incoming) -> None:
        # Not waited for: a slow connector must not use up the time of the turn.
        self._limiter.count(incoming.address.root)
        task = asyncio.create_task(self._channel.typing(incoming.address))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

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
                self._limiter.pause(result.seconds)
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
