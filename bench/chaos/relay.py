"""The line between the bot and its connector, which can be closed, silent, or cut at any byte."""

import asyncio
import contextlib
import socket
import struct

RESET = struct.pack("ii", 1, 0)
"""For SO_LINGER: what is closed is reset, and nothing waits to be sent."""


class Line:
    """Passes bytes to a connector on loopback, and its answers back, for as long as nothing is wrong with it."""

    def __init__(self, to):
        """Lead to the port of this URL."""
        self._to, self._server = int(to.rpartition(":")[2]), None
        self.port, self.cut_after, self.silent = 0, None, False
        self._writers = set()

    async def open(self):
        """Listen, on the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self):
        """Listen no more, and reset every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            reset(writer)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def _serve(self, reader, writer):
        self._writers.add(writer)
        with contextlib.suppress(OSError):
            beyond, onward = await asyncio.open_connection("127.0.0.1", self._to)
            self._writers.add(onward)
            await asyncio.gather(
                self._pass(reader, onward, None), self._pass(beyond, writer, writer)
            )
            self._writers.discard(onward)
        self._writers.discard(writer)

    async def _pass(self, reader, writer, answering):
        """Pass on what comes; of an answer only so much as is passed before the line is cut."""
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                while self.silent:
                    await asyncio.sleep(0.05)
                if answering is not None and self.cut_after is not None:
                    writer.write(data[: self.cut_after])
                    await writer.drain()
                    reset(writer)
                    return
                writer.write(data)
                await writer.drain()
        writer.close()


def reset(writer):
    """Close a connection as rudely as a host that lost its power."""
    with contextlib.suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
