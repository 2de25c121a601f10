"""Which processes on a database live, and which of them reads the newest calendar."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import open_database, write_transaction
from bot.store.processes import Processes
from tests.support import ROOT

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


HOLD = """
import sys, time
from pathlib import Path
from bot.store.database import connect
from bot.store.processes import Processes
path = Path(sys.argv[1])
processes = Processes(connect(path), path)
print(processes.id, flush=True)
sys.stdin.read()
"""


def holder(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, process.stdout.readline().strip()


@pytest.mark.skipif(sys.platform == "win32", reason="the lock of Windows was never run")
def test_a_process_is_alive_until_it_is_killed(path):
    database = open_database(path)
    mine = Processes(database, path)
    process, other = holder(path)

    assert not mine.is_dead(mine.id)
    assert not mine.is_dead(other)
    process.kill()
    process.communicate()
    assert mine.is_dead(other)
    assert mine.is_dead("12345")
    mine.close()
    database.close()


def test_the_process_with_the_newest_calendar_decides(path):
    database = open_database(path)
    mine = Processes(database, path)
    process, other = holder(path)
    now = NOW.isoformat()

    def reads(who, what, when):
        with write_transaction(database):
            database.execute("insert or replace into processes values (?, ?, ?)", [who, what, when])

    assert mine.adopt_calendar("old", NOW)
    reads(other, "old", now)
    assert mine.adopt_calendar("old", NOW), "both read the same"
    reads(other, "new", (NOW + timedelta(minutes=1)).isoformat())
    assert not mine.adopt_calendar("old", NOW + timedelta(minutes=2)), "the other read a newer one"
    assert mine.adopt_calendar("new", NOW + timedelta(minutes=3))
    reads(other, "newer", (NOW + timedelta(minutes=4)).isoformat())
    assert not mine.adopt_calendar("new", NOW + timedelta(minutes=5))
    process.kill()
    process.communicate()
    assert mine.adopt_calendar("new", NOW + timedelta(minutes=6)), "the other is no more"
    mine.close()
    database.close()


def test_the_lock_file_is_empty_and_stays(path):
    database = open_database(path)
    for _ in range(3):
        Processes(database, path).close()

    assert path.with_name("bot.sqlite3-alive").stat().st_size == 0
    database.close()
