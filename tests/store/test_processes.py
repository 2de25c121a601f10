"""Which processes on a database live, which of them sends, and which reads the newest calendar."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import open_database, write_transaction
from bot.store.lease import Lease, Standing
from bot.store.migrations import MIGRATIONS
from bot.store.processes import Processes
from bot.store.stillness import Stillness
from tests.support import ROOT

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PATIENCE = 60.0
HOLD = """
import sys, time
from pathlib import Path
from bot.store.database import connect
from bot.store.lease import Lease
from bot.store.processes import Processes
from bot.store.stillness import Stillness
path = Path(sys.argv[1])
database = connect(path)
stillness = Stillness(time.monotonic, 60.0)
processes = Processes(database, path, stillness)
Lease(database, processes.id, is_dead=processes.is_dead, stillness=stillness).hold()
print(processes.id, flush=True)
for line in sys.stdin:
    processes.beat()
    print("beat", flush=True)
"""


@pytest.fixture
def seconds():
    """What is counted by the process under test; moved by hand."""
    return [0.0]


@pytest.fixture
def database(path):
    with closing(open_database(path)) as opened:
        yield opened


@pytest.fixture
def mine(database, path, seconds):
    processes = Processes(database, path, Stillness(lambda: seconds[0], PATIENCE))
    yield processes
    processes.close()


@pytest.fixture
def lease(database, mine, seconds):
    return Lease(
        database, mine.id, is_dead=mine.is_dead, stillness=Stillness(lambda: seconds[0], PATIENCE)
    )


class Other:
    """A real process beside ours, which took the right to send where it was free."""

    def __init__(self, path):
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.id = self._process.stdout.readline().strip()

    def beat(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "beat\n"

    def kill(self):
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def other(mine, path):
    process = Other(path)
    yield process
    process.kill()


def silent(look, seconds, step=10.0):
    """For how many seconds nothing happens until `look` is true."""
    began = seconds[0]
    while not look():
        seconds[0] += step
    return seconds[0] - began


@pytest.mark.skipif(sys.platform == "win32", reason="the lock of Windows was never run")
def test_a_process_is_alive_until_it_is_killed(mine, other):
    assert not mine.is_dead(mine.id)
    assert not mine.is_dead(other.id)
    other.kill()
    assert mine.is_dead(other.id)
    assert mine.is_dead("12345")


def test_where_the_lock_file_was_deleted_only_silence_tells(mine, path, seconds):
    lock_file = path.with_name("bot.sqlite3-alive")
    lock_file.unlink()
    beside = Other(path)
    try:
        for _ in range(20):
            seconds[0] += 10
            beside.beat()
            assert not mine.is_dead(beside.id), "it beats"
        # Another machine's breath: whoever stood still itself saw nothing meanwhile.
        seconds[0] += 10_000
        assert not mine.is_dead(beside.id)
        beside.kill()
        assert silent(lambda: mine.is_dead(beside.id), seconds) <= PATIENCE
    finally:
        beside.kill()


def test_the_next_beat_finds_the_new_lock_file(mine, path):
    path.with_name("bot.sqlite3-alive").unlink()
    beside = Other(path)
    mine.beat()
    assert not mine.is_dead(beside.id)
    beside.kill()

    assert mine.is_dead(beside.id), "at once, without patience"


def test_one_process_sends_until_it_is_dead(lease, other, database):
    with write_transaction(database):
        assert not lease.is_ours()
    assert lease.hold() is Standing.OTHERS
    other.kill()

    assert lease.hold() is Standing.TAKEN_OVER
    assert lease.hold() is Standing.OURS
    assert lease.is_ours()


def test_a_right_that_is_not_renewed_is_free_after_a_while(lease, other, seconds):
    """Its process lives still, but it does not beat any more."""
    assert lease.hold() is Standing.OTHERS
    seconds[0] += 10_000
    assert lease.hold() is Standing.OTHERS, "we may have stood still ourselves"

    silent(lambda: lease.hold() is Standing.TAKEN_OVER, seconds)

    assert 10_000 < seconds[0] <= 10_000 + PATIENCE


def test_a_right_that_was_let_go_of_is_free_at_once(lease, database):
    assert lease.hold() is Standing.OURS
    other = Lease(
        database, "7", is_dead=lambda _: False, stillness=Stillness(lambda: 0.0, PATIENCE)
    )
    assert other.hold() is Standing.OTHERS

    lease.release()
    assert not lease.is_ours()
    assert other.hold() is Standing.TAKEN_OVER
    assert not lease.is_ours()


def test_an_older_version_sends_nothing_in_a_database_that_a_newer_one_changed(lease, database):
    assert lease.hold() is Standing.OURS
    with write_transaction(database):
        database["_sqlite_migrations"].insert(
            {"migration_set": MIGRATIONS.name, "name": "m999_future", "applied_at": "later"}
        )

    assert not lease.is_ours()
    assert lease.hold() is Standing.NEWER_VERSION


def test_the_database_lets_nobody_else_claim(lease, database):
    """As a process of a version before the lease does, which runs while this one takes over."""
    lease.hold()
    columns = "(occurrence, kind, number, conversation, state, due, next_try)"
    database.execute(
        f"insert into outbox {columns} values ('a', 'reminder', 1, 'b', 'planned', '', '')"
    )
    claim = "update outbox set state = 'sending', claimed_by = ?"

    with pytest.raises(sqlite3.IntegrityError, match="another process"):
        database.execute(claim, ["54321"])
    database.execute(claim, [lease.owner])
    assert database.execute("select state from outbox").fetchall() == [("sending",)]
    database.conn.commit()


def test_the_process_with_the_newest_calendar_decides(mine, other, database):
    now = NOW.isoformat()

    def reads(who, what, when):
        with write_transaction(database):
            database.execute("insert or replace into processes values (?, ?, ?)", [who, what, when])

    assert mine.adopt_calendar("old", NOW)
    reads(other.id, "old", now)
    assert mine.adopt_calendar("old", NOW), "both read the same"
    reads(other.id, "new", (NOW + timedelta(minutes=1)).isoformat())
    assert not mine.adopt_calendar("old", NOW + timedelta(minutes=2)), "the other read a newer one"
    assert mine.adopt_calendar("new", NOW + timedelta(minutes=3))
    reads(other.id, "newer", (NOW + timedelta(minutes=4)).isoformat())
    assert not mine.adopt_calendar("new", NOW + timedelta(minutes=5))
    other.kill()
    assert mine.adopt_calendar("new", NOW + timedelta(minutes=6)), "the other is no more"


def test_the_lock_file_is_empty_and_stays_and_the_database_forgets_who_ended(path, database):
    for _ in range(3):
        Processes(database, path, Stillness(lambda: 0.0, PATIENCE)).close()

    assert path.with_name("bot.sqlite3-alive").stat().st_size == 0
    assert database.execute("select count(*) from heartbeats").fetchone() == (0,)
