"""Whether anything of a request can have arrived where its connection broke: asked of the system, on Linux.

A server may close a kept connection at the moment we write on it. Whether it read the request first is
not seen from the error; but what it never acknowledged (TCP_INFO, tcp(7)) it never read.
"""

import contextlib
import socket
import struct
from collections.abc import Iterator
from contextvars import ContextVar

import aiohttp
from aiohttp.client import ClientTimeout
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

BYTES_ACKED = struct.Struct("=120xQ")
"""Where `tcpi_bytes_acked` stands in the kernel's `struct tcp_info` (Linux 4.1 and later)."""


class Arrival:
    """One request on its connection."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._acked: int | None = None

    def begin(self, connection: Connection) -> None:
        """The request goes out on this connection, from now on; it may be the second."""
        self.end()
        transport = connection.transport
        of_transport = transport.get_extra_info("socket") if transport else None
        if of_transport is not None:
            # A copy, for the transport closes its own as soon as the connection breaks.
            self._socket = of_transport.dup()
            self._acked = _acked(self._socket)

    def end(self) -> None:
        """Nothing is asked any more."""
        if self._socket is not None:
            self._socket.close()
        self._socket = self._acked = None

    @property
    def nothing(self) -> bool:
        """Whether the other side acknowledged not a byte of the request; False where that cannot be known."""
        if self._socket is None or self._acked is None:
            return False
        return _acked(self._socket) == self._acked


def _acked(connected: socket.socket | None) -> int | None:
    if connected is None or not hasattr(socket, "TCP_INFO"):
        return None
    try:
        info = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, BYTES_ACKED.size)
        (acked,) = BYTES_ACKED.unpack(info)
    except (OSError, struct.error):
        return None
    return int(acked)


_CURRENT: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


@contextlib.contextmanager
def watched() -> Iterator[Arrival]:
    """What becomes of the one request that is made meanwhile."""
    arrival = Arrival()
    before = _CURRENT.set(arrival)
    try:
        yield arrival
    finally:
        _CURRENT.reset(before)
        arrival.end()


class WatchedConnections(aiohttp.TCPConnector):
    """The pool of connections, which says on which of them a request goes out."""

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> Connection:
        """A connection for a request, as aiohttp asks for it."""
        connection = await super().connect(req, traces, timeout)
        if (arrival := _CURRENT.get()) is not None:
            arrival.begin(connection)
        return connection
