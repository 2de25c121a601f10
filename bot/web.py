"""The HTTP host: routes, status codes, and how it starts and stops."""

import asyncio
import errno
import hashlib
import json
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from bot.health import Health
from bot.page import Page

log = logging.getLogger(__name__)

MAX_BODY = 256 * 1024
"""Bytes of a request; more is 413. Teams sends at most about 100 KB."""
MAX_HEADER = 128 * 1024
"""Bytes of one header; the HTTP parser refuses more, and its error quotes what it could not read."""
STOP_SECONDS = 8.0
"""Seconds that turns under way may take to finish when the host is told to stop."""
STOP_MAX = 9.5
"""Seconds after which the process ends, whatever still hangs; a supervisor kills after 10 or 15."""

UNAVAILABLE_SECONDS = 900
"""After which a caller may ask again for a page that is not there now."""
CACHE_SECONDS = 900
"""For which a caller may keep a page that changes seldom."""

RouteHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class CannotListenError(Exception):
    """The port is taken or not allowed; the sentence says why and what to do."""


def stop_requested() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets, from now on."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, stopped.set)
        except NotImplementedError:  # pragma: no cover - Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stopped.set))
    return stopped


def exit_after(seconds: float) -> None:
    """End this process when stopping takes longer than this; what was committed stays committed."""

    def end() -> None:
        log.error("stopping took more than %s s; ended", seconds)
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def application(
    *,
    post: Mapping[str, RouteHandler],
    get: Mapping[str, RouteHandler],
    ready: Callable[[], Awaitable[Mapping[str, Health]]],
    stop: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> web.Application:
    """The routes: the endpoint of each channel, pages, and the health of the process and its parts.

    Args:
        post: path → handler, for the endpoint of each channel.
        get: path → handler, for pages; `/healthz` and `/readyz` are there already.
        ready: the health of each part, by its name in `/readyz`.
        stop: called when the host is told to stop, while the turns under way are finished.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_: web.Request) -> web.Response:
        return _readiness(await ready())

    app = web.Application(client_max_size=MAX_BODY)
    pages = {"/healthz": healthz, "/readyz": readyz, **get}
    app.add_routes(web.get(path, handler) for path, handler in pages.items())
    app.add_routes(web.post(path, handler) for path, handler in post.items())
    if stop is not None:
        app.on_shutdown.append(_in_background(stop))
    return app


def page(content: Callable[[], Awaitable[Page | None]]) -> RouteHandler:
    """A handler that answers with this content; 503 where there is none now."""

    async def handle(request: web.Request) -> web.Response:
        shown = await content()
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


def _in_background(
    stop: Callable[[], Coroutine[Any, Any, None]],
) -> Callable[[web.Application], Awaitable[None]]:
    """A handler of aiohttp's shutdown signal that starts `stop` and does not wait for it.

    The turns under way are finished in the same seconds.
    """
    tasks: list[asyncio.Task[None]] = []

    async def start(_: web.Application) -> None:
        tasks.append(asyncio.create_task(stop()))

    return start


def _readiness(parts: Mapping[str, Health]) -> web.Response:
    failing = [name for name, part in parts.items() if not part.ok]
    body = {
        "status": "failing" if failing else "ok",
        "parts": {name: str(part) for name, part in parts.items()},
        "failing": failing,
    }
    return web.Response(
        status=503 if failing else 200,
        text=json.dumps(body, ensure_ascii=False),
        content_type="application/json",
    )


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Listen, and give the URL of the host; on the way out let the turns under way finish.

    Raises:
        CannotListenError: where the port is taken or not allowed.
    """
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=STOP_SECONDS, max_field_size=MAX_HEADER
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotListenError(
                    f"port {port} is in use; stop what uses it, or choose another, for instance PORT=0 for a free one."
                ) from None
            raise CannotListenError(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another HOST or PORT."
            ) from None
        bound = runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        yield f"http://{shown}:{bound[1]}"
    finally:
        await runner.cleanup()
