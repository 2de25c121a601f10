"""Two real processes on one database: one sends at a time, whatever becomes of the files beside it."""

import time

import pytest

from bot.store.database import open_database, write_transaction
from bot.store.migrations import MIGRATIONS
from tests.support.fanout import WAIT, Fanout, finish
from tests.support.process import ready

pytestmark = pytest.mark.slow
RATE = 20


@pytest.fixture
def fanout(tmp_path, microsoft):
    """Starts bots; each is killed at the end."""
    started = []
    fanout = Fanout(tmp_path, microsoft, 60, subscribed=False)

    def start():
        started.append(fanout.start_bot(SENDS_PER_SECOND=str(RATE)))
        return started[-1]

    fanout.begin = start
    yield fanout
    for bot in started:
        bot.process.kill()
        bot.process.wait()


def until(condition):
    end = time.monotonic() + WAIT
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def messages(bot):
    return " ".join(entry["message"] for entry in bot.log)


def test_without_the_lock_file_nobody_gets_it_twice_and_the_pace_is_that_of_one(fanout):
    old = fanout.begin().wait()
    until(lambda: fanout.rows("1", "lease") == [(1,)])
    fanout.path.with_name("bot.sqlite3-alive").unlink()
    new = fanout.begin().wait()
    until(lambda: "stands by" in ready(new.url)[1]["sending"])
    assert ready(new.url)[1]["sending"].startswith("ok, "), "to stand by is no failure"
    fanout.subscribe()
    assert fanout.wait_for(20)
    old.process.kill()
    in_flight = [name for name, state in fanout.rows("conversation, state") if state == "sending"]
    while len(fanout.arrived) < 60 and fanout.wait_for(1):
        pass
    until(lambda: {state for (state,) in fanout.rows("state")} == {"sent"})

    assert sorted(fanout.arrived) == fanout.names
    assert {name for name, times in fanout.arrived.items() if times > 1} <= set(in_flight)
    # A bucket makes up for a tenth of a second.
    assert fanout.most_in_a_second() <= RATE * 1.1 + 1
    assert "stands by" in messages(new)
    assert "sends from now on" in messages(new)


def test_an_older_version_stops_when_a_newer_one_changes_the_database(fanout):
    fanout.subscribe()
    bot = fanout.begin().wait()
    assert fanout.wait_for(10)
    database = open_database(fanout.path)
    with write_transaction(database):
        database["_sqlite_migrations"].insert(
            {"migration_set": MIGRATIONS.name, "name": "m999_future", "applied_at": "later"}
        )
        under_way = fanout.total + sum(
            state == "sending" for (state,) in database.execute("select state from outbox")
        )
    until(lambda: "newer version" in ready(bot.url)[1]["sending"])

    assert ready(bot.url)[0] == 503
    assert "newer version" in messages(bot)
    until(
        lambda: (
            {row["state"] for row in database.query("select state from outbox")}
            == {"sent", "planned"}
        )
    )
    assert fanout.total <= under_way
    database.close()
    finish(bot.process)
