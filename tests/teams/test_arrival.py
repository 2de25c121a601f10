"""A connection that breaks: what provably did not arrive is told from what may have."""

import contextlib
import socket
import struct
import sys
import threading
import time

import pytest

from bot.channel import InDoubt, Later, Sent
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector, pooled_session
from bot.teams.tokens import NoTokens
from dialogs.card import Card
from tests.support.reminders import address

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux")
CARD = Card(language="nl", title="Dag", text="Tekst")
ANSWER = b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id": "1"}'


class KeptConnections:
    """A server that keeps its connections, until it is told to close them without a word."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.read, self.open = [], []
        self.answers = True
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            self.open.append(connection)
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        try:
            while request := connection.recv(65_536):
                self.read.append(request)
                if not self.answers:
                    connection.close()
                    return
                connection.sendall(ANSWER)
        except OSError:
            pass

    def close_all(self, *, hard):
        """As who thinks that nothing comes any more; `hard` resets the connection."""
        for connection in self.open:
            with contextlib.suppress(OSError):
                if hard:
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()
        self.open.clear()
        # The loop of the bot stands still, as if this happened while its request was on the way.
        time.sleep(0.05)


@pytest.fixture
def server():
    kept = KeptConnections()
    yield kept
    kept.listening.close()
    kept.close_all(hard=False)


@pytest.fixture
async def channel(clock):
    async with pooled_session() as session:
        yield TeamsChannel(Connector(session, NoTokens(), clock, local=True))


@pytest.mark.parametrize("hard", [False, True], ids=["closed", "reset"])
async def test_a_kept_connection_that_was_closed_before_it_was_read_is_no_doubt(
    channel, server, hard
):
    where = address("anna", service_url=server.url)
    assert await channel.send(where, CARD) == Sent("1")
    server.close_all(hard=hard)

    result = await channel.send(where, CARD)

    assert isinstance(result, Later)
    assert result.why.startswith("not arrived")
    assert len(server.read) == 1
    assert await channel.send(where, CARD) == Sent("1")


async def test_what_was_read_before_the_connection_broke_is_in_doubt(channel, server):
    where = address("anna", service_url=server.url)
    assert await channel.send(where, CARD) == Sent("1")
    server.answers = False

    assert isinstance(await channel.send(where, CARD), InDoubt)
    assert len(server.read) == 2


async def test_so_is_what_was_read_on_a_new_connection(channel, server):
    server.answers = False

    assert isinstance(await channel.send(address("a", service_url=server.url), CARD), InDoubt)
