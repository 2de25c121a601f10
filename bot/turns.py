"""One turn: at the desk in time, and its card said the way it was asked for."""

import asyncio
import contextvars
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.channel import Channel, Gone, InDoubt, Later, Result, Sent
from bot.handler import Handler, Incoming
from bot.log import TURN
from bot.teams import cards
from bot.teams import message_extension as extension
from bot.teams.channel import outgoing
from bot.teams.dedup import HttpAnswer
from dialogs.values import Card

log = logging.getLogger(__name__)
T = TypeVar("T")

SAID = HttpAnswer(202)


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
    again: tuple[float, ...] = (0.5, 1.5)
    """Before the reply is tried again, where the connector does not say how long."""


NORMAL = Times()


class Turns:
    """Takes turns at the desk. What breaks there, or takes too long, becomes a friendly card."""

    def __init__(
        self,
        desk: Handler,
        channel: Channel,
        worker: Executor,
        *,
        slow_down: Callable[[float], None],
        times: Times,
    ) -> None:
        """Work in `worker`, so that the event loop never waits for search or store.

        `slow_down` is told for how many seconds the connector wants to hear nothing of this bot.
        """
        self._handler, self._channel, self._worker = desk, channel, worker
        self._slow_down, self._times = slow_down, times
        self._typing: set[asyncio.Task[Result]] = set()

    async def take(self, body: Mapping[str, Any], incoming: Incoming) -> tuple[HttpAnswer, str]:
        """The answer to the request that brought this, and what was done."""
        until = asyncio.get_running_loop().time() + self._times.answer
        if incoming.event == "query":
            return await self._find(incoming)
        card, did = await self._card(incoming)
        if body["type"] == "invoke":
            value = cards.adaptive(card) if card else {}
            said = {"statusCode": 200, "type": cards.CONTENT_TYPE, "value": value}
            return _json(said), did
        if body.get("deliveryMode") == "expectReplies":
            return _json({"activities": [outgoing(incoming.address, card)] if card else []}), did
        if card is not None:
            result = await self._reply(incoming, card, until)
            if isinstance(result, Gone):
                log.info("reply had nowhere to go: %s", result.why)
            elif not isinstance(result, Sent):
                log.error("reply not sent: %s", result.why)
        return SAID, did

    async def _find(self, incoming: Incoming) -> tuple[HttpAnswer, str]:
        """Answer a query of the message extension."""
        locale = incoming.address.locale
        work = self._work(self._handler.find, incoming.text, locale, incoming.at)
        try:
            found = await asyncio.wait_for(work, self._times.query)
        except Exception:
            log.exception("query failed")
            return _json(extension.message(self._handler.busy(locale))), "failed"
        body = extension.message(found) if isinstance(found, str) else extension.results(found)
        return _json(body), "find"

    async def _card(self, incoming: Incoming) -> tuple[Card | None, str]:
        """The card to say, if any, and what was done."""
        speaks = incoming.event == "message"
        work = self._work(self._handler.take, incoming)
        try:
            await asyncio.wait([work], timeout=self._times.typing)
            if not work.done():
                if speaks:
                    self._show_typing(incoming)
                await asyncio.wait([work], timeout=self._times.turn - self._times.typing)
            if not work.done():
                # Not begun yet, it never will; under way, nobody waits for it any more.
                work.cancel()
                log.error("turn cut off after %s s", self._times.turn)
                return (self._handler.late(incoming.address) if speaks else None), "late"
            card, outcome = work.result()
        except Exception:
            log.exception("turn failed")
            card = self._handler.failed(incoming.address, TURN.get()) if speaks else None
            return card, "failed"
        return card, outcome.kind if outcome else incoming.event

    def _work(self, do: Callable[..., T], *given: Any) -> asyncio.Future[T]:
        """Do this in the worker, its log lines under the number of this turn."""
        here = contextvars.copy_context()
        return asyncio.get_running_loop().run_in_executor(self._worker, here.run, do, *given)

    def _show_typing(self, incoming: Incoming) -> None:
        # Not waited for: a connector that is slow, too, must not eat the time of the turn.
        task = asyncio.create_task(self._channel.typing(incoming.address))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    async def _reply(self, incoming: Incoming, card: Card, until: float) -> Result:
        """Reply, and again where the connector says "later" and there is time."""
        loop = asyncio.get_running_loop()
        pauses = iter(self._times.again)
        while True:
            try:
                async with asyncio.timeout_at(until):
                    result = await self._channel.send(
                        incoming.address, card, reply_to=incoming.activity_id
                    )
            except TimeoutError:
                return InDoubt("cut off at the end of the turn's time")
            if not isinstance(result, Later):
                return result
            if result.seconds is not None:
                self._slow_down(result.seconds)
            pause = next(pauses, None)
            if pause is None:
                return result
            # Up to half more, by chance, so that not all who were sent away come back together.
            wait = pause if result.seconds is None else result.seconds
            wait *= 1 + secrets.randbelow(512) / 1024
            if loop.time() + wait >= until:
                return result
            await asyncio.sleep(wait)


def _json(body: Mapping[str, Any]) -> HttpAnswer:
    return HttpAnswer(200, json.dumps(body).encode())
