"""SIGTERM: turns under way are finished, no reminder is begun, and it ends within 10 s."""

import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from bot.store.database import open_database
from tests.support.content import write_content
from tests.support.process import served
from tests.support.reminders import one_meeting, subscribe_all
from tests.support.teams import activity

LIMIT = 10.0


@pytest.fixture
def content(tmp_path):
    return write_content(tmp_path / "content", learned=tmp_path / "learned")


class Held:
    """A connector that lets nothing through until it is released."""

    def __init__(self, microsoft):
        self.arrived, self.released = threading.Event(), threading.Event()
        microsoft.fault = self

    def __call__(self, *_):
        self.arrived.set()
        self.released.wait(30)


def post(url, body):
    import json

    request = Request(
        url + "/api/messages", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=30) as response:
        return response.status


def refuses(url, seconds=5.0):
    """Whether nobody listens there any more, soon."""
    parts = urlsplit(url)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((parts.hostname, parts.port), 0.5).close()
        except OSError:
            return True
    return False


def ended(bot, began):
    status = bot.process.wait(LIMIT + 5)
    return status, time.monotonic() - began


def test_a_turn_under_way_is_finished_and_a_new_one_is_not_taken(tmp_path, content, microsoft):
    held = Held(microsoft)
    with served(tmp_path / "bot.sqlite3", content) as bot, ThreadPoolExecutor(1) as pool:
        turn = pool.submit(post, bot.url, activity(microsoft.url, "help"))
        assert held.arrived.wait(20)

        began = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        assert refuses(bot.url)
        assert not turn.done()
        held.released.set()

        assert turn.result(20) == 202
        status, took = ended(bot, began)
    assert (status, took < LIMIT) == (0, True), took
    assert len(microsoft.cards()) == 1


def test_a_connector_that_hangs_does_not_keep_it_alive(tmp_path, content, microsoft):
    held = Held(microsoft)
    with served(tmp_path / "bot.sqlite3", content) as bot, ThreadPoolExecutor(1) as pool:
        turn = pool.submit(post, bot.url, activity(microsoft.url, "help"))
        assert held.arrived.wait(20)

        began = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        _, took = ended(bot, began)
        held.released.set()
        assert turn.exception(20)
    assert took < LIMIT


def test_an_idle_bot_ends_at_once(tmp_path, content):
    with served(tmp_path / "bot.sqlite3", content) as bot:
        began = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        status, took = ended(bot, began)
    assert (status, took < 3.0) == (0, True), took
    assert [line for line in bot.log if line["level"] in ("error", "critical")] == []


def rows_by_state(path):
    database = open_database(path)
    rows = database.query("select state, count(*) as n from outbox group by state")
    states = {row["state"]: row["n"] for row in rows}
    database.close()
    return states


@pytest.mark.slow
def test_a_fan_out_that_is_stopped_leaves_the_outbox_true(tmp_path, content, microsoft):
    """What arrived is recorded as sent, the rest is planned, and nothing is in between."""
    count, path = 400, tmp_path / "bot.sqlite3"
    starts = datetime.now(UTC) + timedelta(minutes=60, seconds=15)
    (content / "meetings.toml").write_text(one_meeting(starts), "utf-8")
    subscribe_all(path, microsoft.url, (f"a:{n}" for n in range(count)))
    enough = threading.Event()
    microsoft.fault = lambda *_: enough.set() if len(microsoft.sent) > 60 else None

    with served(tmp_path / "bot.sqlite3", content) as bot:
        assert enough.wait(60), bot.log
        began = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        status, took = ended(bot, began)

    assert (status, took < LIMIT) == (0, True), took
    states = rows_by_state(path)
    assert states["sent"] == len(microsoft.cards())
    assert states == {"sent": states["sent"], "planned": count - states["sent"]}
    assert states["planned"] > 0
