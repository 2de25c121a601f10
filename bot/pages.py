"""Handlers of a GET: a page that is made elsewhere, and the health of the process and its parts."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from email.utils import format_datetime
from typing import Generic, TypeVar

from aiohttp import web

from bot.guards import RouteHandler, is_from_here
from bot.health import Health
from bot.page import Page
from bot.slow_down import SlowDown

T = TypeVar("T")

UNAVAILABLE_SECONDS = 900
"""After which a caller may ask again for a page that is not there now."""
CACHE_SECONDS = 900
"""For which a caller may keep a page that changes seldom."""
STRANGER_SECONDS = 1.0
"""For which a stranger gets what was made for another: however many ask, it is made once a second."""

STRANGERS_PER_SECOND = 20
"""Strangers that get a page at once; more wait, for even to send what is made already takes half a millisecond."""


class MadeOnce(Generic[T]):
    """Makes something for all who ask at the same time; a stranger may get what was made a moment ago."""

    def __init__(self, make: Callable[[], Awaitable[T]]) -> None:
        """Nothing is made yet."""
        self._make = make
        self._made: asyncio.Task[T] | None = None
        self._ended = 0.0
        self._strangers = SlowDown(STRANGERS_PER_SECOND)

    async def get(self, *, stranger: bool) -> T:
        """What was made; also for a `stranger` never older than `STRANGER_SECONDS`."""
        if stranger:
            await self._strangers.wait()
        made, now = self._made, asyncio.get_running_loop().time()
        recent = stranger and now - self._ended < STRANGER_SECONDS
        if made is None or (made.done() and not (recent and _succeeded(made))):
            made = self._made = asyncio.create_task(self._timed())
        return await asyncio.shield(made)

    async def _timed(self) -> T:
        try:
            return await self._make()
        finally:
            self._ended = asyncio.get_running_loop().time()


def _succeeded(task: "asyncio.Task[T]") -> bool:
    return not task.cancelled() and task.exception() is None


def page(content: Callable[[], Awaitable[Page | None]]) -> RouteHandler:
    """A handler that answers with this content; 503 where there is none now."""
    made = MadeOnce(content)

    async def handle(request: web.Request) -> web.Response:
        shown = await made.get(stranger=not is_from_here(request))
        if shown is None:
            return web.Response(status=503, headers={"Retry-After": str(UNAVAILABLE_SECONDS)})
        return _page_response(request, shown)

    return handle


def _page_response(request: web.Request, shown: Page) -> web.Response:
    """The page, or 304 where the caller has it already (RFC 9110, 13)."""
    headers = {"Content-Type": shown.content_type}
    if shown.changed is None:
        return web.Response(body=shown.body, headers=headers)
    tag = f'"{hashlib.sha256(shown.body).hexdigest()[:32]}"'
    changed = shown.changed.replace(microsecond=0)
    cached = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": f"max-age={CACHE_SECONDS}",
    }
    wanted, since = request.headers.get("If-None-Match", ""), request.if_modified_since
    if tag in wanted or wanted == "*" or (not wanted and since and changed <= since):
        return web.Response(status=304, headers=cached)
    return web.Response(body=shown.body, headers=headers | cached)


async def healthz(_: web.Request) -> web.Response:
    """The process lives."""
    return web.json_response({"status": "ok"})


def readyz(ready: Callable[[], Awaitable[Mapping[str, Health]]]) -> RouteHandler:
    """A handler that says which parts work; why not, and with what, only to who asks on this machine."""
    made = MadeOnce(ready)

    async def handle(request: web.Request) -> web.Response:
        here = is_from_here(request)
        parts = await made.get(stranger=not here)
        failing = [name for name, part in parts.items() if not part.ok]
        body = {
            "status": "failing" if failing else "ok",
            "parts": {name: str(part) if here else _word(part) for name, part in parts.items()},
            "failing": failing,
        }
        return web.Response(
            status=503 if failing else 200,
            text=json.dumps(body, ensure_ascii=False),
            content_type="application/json",
        )

    return handle


def _word(part: Health) -> str:
    return "ok" if part.ok else "failing"
