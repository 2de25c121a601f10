"""`POST /api/messages`: authenticates, has each activity answered once, never breaks.

Only a `RefusedError` (`bot.teams.activity`) makes another answer than that of a turn: its status and
its reason. The authenticator makes one of every other error of a request, a send ends in a value, and
whatever else breaks is logged and answered with 202.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.channel import Incoming
from bot.clock import Clock
from bot.log import TURN_ID
from bot.seldom import Seldom
from bot.teams.activity import RefusedError
from bot.teams.auth import Authenticator
from bot.teams.dedup import Deduplicator
from bot.teams.response import ACCEPTED, BUSY, NOT_HANDLED, HttpAnswer, encode
from bot.turns import Turns

log = logging.getLogger(__name__)

REFUSALS_LOGGED = 30
"""Lines a minute of requests that are refused for one reason; the metrics count all of them."""

RETRY_AFTER = {"Retry-After": "5"}
"""Seconds, with a 503: for Teams, which then sends the activity again."""

ToIncoming = Callable[[dict[str, Any], datetime], Awaitable[Incoming | None]]
"""What an activity's JSON means to the bot; None for an invoke of a name that it does not handle."""
OnTurn = Callable[[str, str, float], None]
"""Told of every turn: answered or refused, what was done, and how many seconds it took."""


class MessagesEndpoint:
    """Takes an HTTP request to `turns` and back."""

    path = "/api/messages"
    """Where the Bot Framework posts; an operator enters it in Azure (docs/install.md)."""

    def __init__(
        self,
        *,
        authenticator: Authenticator,
        to_incoming: ToIncoming,
        turns: Turns,
        clock: Clock,
        on_turn: OnTurn,
    ) -> None:
        """Authenticate first, translate with `to_incoming` next."""
        self._authenticator, self._to_incoming, self._turns = authenticator, to_incoming, turns
        self._clock, self._on_turn = clock, on_turn
        self._deduplicator = Deduplicator(clock)
        self._refusals = Seldom(time.monotonic, most=REFUSALS_LOGGED)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of the Bot Framework; every status of docs/sdk.md."""
        turn_id = TURN_ID.set(secrets.token_hex(4))
        try:
            answer = await self._answer(await self._authenticator.authenticate(request))
        except RefusedError as refused:
            return self._refuse(refused)
        except Exception:
            # No request can make us answer 500: Teams would send it again, to the same end.
            log.exception("turn broke")
            self._on_turn("answered", "broken", 0.0)
            answer = ACCEPTED
        finally:
            TURN_ID.reset(turn_id)
        content = "application/json" if answer.body else None
        return web.Response(
            status=answer.status,
            body=answer.body or None,
            content_type=content,
            headers=RETRY_AFTER if answer is BUSY else None,
        )

    def _refuse(self, refused: RefusedError) -> web.Response:
        # Who has no token can send a thousand a second.
        if self._refusals.allows(refused.reason):
            fields = {"status": refused.status, "reason": refused.reason}
            if left_out := self._refusals.left_out():
                fields["left_out"] = left_out
            log.warning("refused", extra={"fields": fields})
        self._on_turn("refused", str(refused.status), 0.0)
        return web.json_response(
            {"error": {"code": refused.reason}},
            status=refused.status,
            headers=RETRY_AFTER if refused.status == 503 else None,
        )

    async def _answer(self, body: dict[str, Any]) -> HttpAnswer:
        began = asyncio.get_running_loop().time()
        incoming = await self._translate(body)
        if incoming is None:
            self._on_turn("answered", "not handled", 0.0)
            return NOT_HANDLED
        outcome = "duplicate"

        async def turn() -> HttpAnswer:
            nonlocal outcome
            answer = await self._turns.handle(incoming)
            outcome = answer.outcome
            return encode(incoming, answer)

        conversation = incoming.address.conversation_id
        answer = await self._deduplicator.answer(conversation, incoming.activity_id, turn)
        took = asyncio.get_running_loop().time() - began
        self._on_turn("answered", outcome, took)
        duration = round(took * 1000, 1)
        fields = {"outcome": outcome, "place": incoming.address.place, "duration_ms": duration}
        log.info("turn", extra={"fields": fields})
        return answer

    async def _translate(self, body: dict[str, Any]) -> Incoming | None:
        try:
            return await self._to_incoming(body, self._clock())
        except RefusedError:
            raise
        except Exception:
            log.exception("activity not understood")
            raise RefusedError(400, "activity is not understood") from None
