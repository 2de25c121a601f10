"""`POST /api/messages`: lets in who may come in, has each activity answered once, never breaks."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.handler import Incoming
from bot.log import TURN
from bot.teams.activity import RefusedError
from bot.teams.auth import Authenticator
from bot.teams.dedup import Deduplicator, HttpAnswer
from bot.turns import Turns

log = logging.getLogger(__name__)

Understand = Callable[[dict[str, Any], datetime], Awaitable[Incoming | None]]
"""What an activity means to us: the SDK's door."""
Meter = Callable[[str, str, float], None]
"""Told of every turn: answered or refused, what was done, and how many seconds it took."""

BROKEN = HttpAnswer(202)
NOT_HANDLED = HttpAnswer(501)


class MessagesEndpoint:
    """Takes an HTTP request to `turns` and back."""

    def __init__(
        self,
        *,
        admission: Authenticator,
        understand: Understand,
        turns: Turns,
        clock: Clock,
        meter: Meter,
    ) -> None:
        """Ask `admission` first, `understand` next."""
        self._admission, self._understand, self._turns = admission, understand, turns
        self._clock, self._meter = clock, meter
        self._once = Deduplicator(clock)

    async def messages(self, request: web.Request) -> web.Response:
        """Answer one request of the Bot Framework; every status of docs/sdk.md."""
        turn = TURN.set(secrets.token_hex(4))
        try:
            answer = await self._answer(await self._admission.let_in(request))
        except RefusedError as refused:
            return self._refuse(refused)
        except Exception:
            # No request can make us answer 500: Teams would send it again, to the same end.
            log.exception("turn broke")
            self._meter("answered", "broken", 0.0)
            answer = BROKEN
        finally:
            TURN.reset(turn)
        content = "application/json" if answer.body else None
        return web.Response(status=answer.status, body=answer.body or None, content_type=content)

    def _refuse(self, refused: RefusedError) -> web.Response:
        log.warning("refused", extra={"fields": {"status": refused.status, "why": refused.why}})
        self._meter("refused", str(refused.status), 0.0)
        return web.json_response(
            {"error": {"code": refused.why}},
            status=refused.status,
            headers={"Retry-After": "5"} if refused.status == 503 else None,
        )

    async def _answer(self, body: dict[str, Any]) -> HttpAnswer:
        began = asyncio.get_running_loop().time()
        incoming = await self._translate(body)
        if incoming is None:
            self._meter("answered", "not handled", 0.0)
            return NOT_HANDLED
        did = "again"

        async def turn() -> HttpAnswer:
            nonlocal did
            answer, did = await self._turns.take(body, incoming)
            return answer

        conversation = incoming.address.conversation_id
        answer = await self._once.answer(conversation, incoming.activity_id, turn)
        took = asyncio.get_running_loop().time() - began
        self._meter("answered", did, took)
        duration = round(took * 1000, 1)
        fields = {"outcome": did, "place": incoming.address.place, "duration_ms": duration}
        log.info("turn", extra={"fields": fields})
        return answer

    async def _translate(self, body: dict[str, Any]) -> Incoming | None:
        try:
            return await self._understand(body, self._clock())
        except RefusedError:
            raise
        except Exception:
            log.exception("activity not understood")
            raise RefusedError(400, "activity is not understood") from None
