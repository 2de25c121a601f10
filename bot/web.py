"""The HTTP host: routes, status codes, and how it starts and stops."""

import asyncio
import errno
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

from aiohttp import web

from bot import pages
from bot.connections import Connection, Connections, factory
from bot.guards import RouteHandler, guard
from bot.health import Health
from bot.limits import Limits, limits_here

log = logging.getLogger(__name__)

MAX_BODY = 256 * 1024
"""Bytes of a request; more is 413. Teams sends at most about 100 KB."""
STOP_SECONDS = 8.0
"""Seconds that turns under way may take to finish when the host is told to stop."""
STOP_MAX = 9.5
"""Seconds after which the process ends, whatever still hangs; a supervisor kills after 10 or 15."""


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
    local: bool = False,
    stop: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> web.Application:
    """The routes: the endpoint of each channel, pages, and the health of the process and its parts.

    Args:
        post: path → handler, for the endpoint of each channel.
        get: path → handler, for pages; `/healthz` and `/readyz` are there already.
        ready: the health of each part, by its name in `/readyz`.
        local: whether the bot runs without authentication; then only this machine is answered.
        stop: called when the host is told to stop, while the turns under way are finished.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[guard(local=local)])
    all_pages = {"/healthz": pages.healthz, "/readyz": pages.readyz(ready), **get}
    app.add_routes(web.get(path, handler) for path, handler in all_pages.items())
    app.add_routes(web.post(path, handler) for path, handler in post.items())
    if stop is not None:
        app.on_shutdown.append(_in_background(stop))
    return app


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


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, *, limits: Limits | None = None
) -> AsyncIterator[str]:
    """Listen, and give the URL of the host; on the way out let the turns under way finish.

    Args:
        app: what is served.
        host: the address to listen on.
        port: the port; 0 takes a free one.
        limits: what a connection may take; as this machine allows where not given.

    Raises:
        CannotListenError: where the port is taken or not allowed.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    connections = Connections(limits or limits_here())
    server: asyncio.Server | None = None
    try:
        serve = cast("web.Server", runner.server)  # there is one after `setup`
        server = await _bound(factory(serve, connections), host, port)
        bound = server.sockets[0].getsockname()
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        with connections.errors_of_loop():
            yield f"http://{shown}:{bound[1]}"
    finally:
        if server is not None:
            server.close()
        await runner.cleanup()


async def _bound(made: Callable[[], Connection], host: str, port: int) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(made, host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListenError(
                f"port {port} is in use; stop what uses it, or choose another, for instance PORT=0 for a free one."
            ) from None
        raise CannotListenError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another HOST or PORT."
        ) from None
