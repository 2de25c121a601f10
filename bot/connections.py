"""Connections to the host: how many there may be, how much of a request is read, and for how long.

Whoever can reach the port can open connections; none of that may stand in a member's way.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from bot.limits import Limits
from bot.seldom import Seldom

log = logging.getLogger(__name__)

FIELD_MAX = 10_240
"""Bytes of one header; a token of 8,192 characters fits."""
FIELDS_MAX = 64
"""Headers of a request; Teams sends some 15 and a proxy adds a few."""
LINGER_SECONDS = 2.0
"""For which the rest of a body that nobody wants is still taken, so that its sender sees our answer."""
SERVER = "ladderbot"
"""The header `Server`: without it aiohttp would name its version and Python's."""
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)


class Connections:
    """All that are open. Where there are too many, one that waits is closed for one that comes."""

    def __init__(self, limits: Limits) -> None:
        """Hold them to these limits."""
        self.limits = limits
        self._busy: set[Connection] = set()
        self._silent: OrderedDict[Connection, None] = OrderedDict()
        self._kept: OrderedDict[Connection, None] = OrderedDict()
        self._seldom = Seldom(time.monotonic)

    @property
    def open(self) -> int:
        """How many there are."""
        return len(self._busy) + len(self._silent) + len(self._kept)

    def add(self, connection: "Connection") -> None:
        """A new one: in the place of the one that was silent longest, else of one that is kept, else of none."""
        if self.open >= self.limits.connections:
            self.warn("too many connections; the oldest that asks nothing makes room")
            waiting = self._silent or self._kept
            (next(iter(waiting)) if waiting else connection).abort()
            if not waiting:
                return
        self._silent[connection] = None

    def begin(self, connection: "Connection") -> None:
        """A request of this one is being answered."""
        if connection in self._silent or connection in self._kept:
            self.drop(connection)
            self._busy.add(connection)

    def end(self, connection: "Connection") -> None:
        """Its answer has gone."""
        if connection in self._busy:
            self._busy.discard(connection)
            self._kept[connection] = None

    def drop(self, connection: "Connection") -> None:
        """It is closed."""
        self._busy.discard(connection)
        self._silent.pop(connection, None)
        self._kept.pop(connection, None)

    def warn(self, message: str) -> None:
        """Log something that a stranger can cause: seldom."""
        if self._seldom.allows(message):
            log.warning("%s (%d more such lines left out)", message, self._seldom.left_out())

    @contextmanager
    def errors_of_loop(self) -> Iterator[None]:
        """Where files run out the event loop could log a thousand lines a second: once a minute will do."""
        loop = asyncio.get_running_loop()
        before = loop.get_exception_handler()

        def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            if str(context.get("message", "")).startswith("socket.accept()"):
                self.warn("no connection can be taken: too many files are open")
            else:
                loop.default_exception_handler(context)

        loop.set_exception_handler(handle)
        try:
            yield
        finally:
            loop.set_exception_handler(before)


class Connection(web.RequestHandler):
    """One connection, which may ask no more and take no longer than the limits say."""

    def __init__(self, server: web.Server, connections: Connections) -> None:
        """Serve its requests by `server`; a compressed body stays as it is, so that it costs nothing."""
        limits = connections.limits
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]
            keepalive_timeout=limits.idle_seconds,
            max_headers=FIELDS_MAX,
            max_field_size=FIELD_MAX,
            lingering_time=LINGER_SECONDS,
            auto_decompress=False,
        )
        self._connections, self._limits = connections, limits
        self._timer: asyncio.TimerHandle | None = None
        self._head_bytes, self._head_tail, self._head_done = 0, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take its place among the others."""
        super().connection_made(transport)
        self._close_after(self._limits.head_seconds)
        self._connections.add(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room."""
        self._close_after(None)
        self._connections.drop(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes before the headers are complete, and close where that is too much."""
        if not self._head_done:
            if self._timer is None:
                self._close_after(self._limits.head_seconds)
            joined = self._head_tail + data
            end = joined.find(b"\r\n\r\n")
            self._head_bytes += len(data) if end < 0 else end
            self._head_tail, self._head_done = joined[-3:], end >= 0
            if self._head_bytes > self._limits.head_bytes:
                self._connections.warn("the headers of a request are too large")
                if self.transport is not None:
                    self.transport.write(_TOO_LARGE)
                self.force_close()
                return
        super().data_received(data)

    def begin(self) -> None:
        """Its request is being handled."""
        self._head_done = True
        self._close_after(self._limits.request_seconds)
        self._connections.begin(self)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer; then the next request may come."""
        if not resp.prepared:
            resp.headers.setdefault("Server", SERVER)
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self._head_bytes, self._head_tail, self._head_done = 0, b"", False
            self._close_after(None)
            self._connections.end(self)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What is no HTTP is answered without its own words, and logged seldom."""
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        self._connections.warn("a request could not be read as HTTP")
        response = web.Response(status=status, text=f"{status}: not understood")
        response.force_close()
        return response

    def abort(self) -> None:
        """Close at once, whatever was still to be sent."""
        if self.transport is not None:
            self.transport.abort()

    def _close_after(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = (
            None if seconds is None else asyncio.get_running_loop().call_later(seconds, self.abort)
        )


def factory(server: web.Server, connections: Connections) -> Callable[[], Connection]:
    """What asyncio calls for each connection."""
    return lambda: Connection(server, connections)
