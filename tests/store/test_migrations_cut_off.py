"""A migration that is killed, finds no room, or is begun by several at once: real processes."""

import shutil
import signal
import subprocess
import sys

import pytest

from bot.store.database import open_database
from bot.store.file import UnwritableDatabaseError
from tests.store.older_databases import (
    SAME,
    applied,
    check_nothing_is_lost,
    rows_of,
)
from tests.support import ROOT

MIGRATE = """
import contextlib, os, resource, signal, sqlite3, sys
from pathlib import Path
from bot.store.database import open_database

steps, limit = int(sys.argv[2]), int(sys.argv[3])
done, opened = 0, []

def step():
    global done
    done += 1
    if done == steps:
        os.kill(os.getpid(), signal.SIGKILL)

def watch(event, arguments):
    # A connection takes a handler once the next one is being opened; the database is not the last.
    if event == "sqlite3.connect/handle":
        for connection in opened:
            with contextlib.suppress(sqlite3.ProgrammingError):
                connection.set_progress_handler(step, 100)
        opened.append(arguments[0])

sys.addaudithook(watch)
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    open_database(Path(sys.argv[1])).close()
except Exception as error:
    print(type(error).__name__, end="")
else:
    print(done, end="")
"""


def migrate(path, *, kill_after=0, limit=0):
    """Open the database in a process of its own, which is killed after so many steps of SQLite."""
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE, str(path), str(kill_after), str(limit)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_of_the_migration_nothing_is_lost(older_database, tmp_path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(older_database, before)
    whole = tmp_path / "whole.sqlite3"
    shutil.copy(older_database, whole)
    steps = int(migrate(whole).communicate()[0])
    outcomes = []
    for number in range(1, 13):
        path = tmp_path / f"killed{number}.sqlite3"
        shutil.copy(older_database, path)
        process = migrate(path, kill_after=max(1, steps * number // 13))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        outcomes.append(len(applied(path)))

        database = open_database(path)
        assert next(iter(database.query("pragma integrity_check"))) == {"integrity_check": "ok"}
        database.close()
        check_nothing_is_lost(before, path)

    assert steps > 100, "there is something to kill"
    assert set(outcomes) <= {5, 7}, "all of it or nothing"
    assert outcomes.count(5) > 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_without_room_for_the_migration_nothing_changes_and_it_is_made_later(
    older_database, tmp_path
):
    before = tmp_path / "before.sqlite3"
    shutil.copy(older_database, before)

    out, _ = migrate(older_database, limit=older_database.stat().st_size // 3).communicate()

    assert out == UnwritableDatabaseError.__name__
    assert len(applied(older_database)) == 5
    query = f"select {SAME}, lead, why, told from outbox order by id"
    assert rows_of(older_database, query) == rows_of(before, query)
    open_database(older_database).close()
    check_nothing_is_lost(before, older_database)


def test_two_processes_that_migrate_at_once_migrate_once(older_database, tmp_path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(older_database, before)

    processes = [migrate(older_database) for _ in range(3)]
    outs = [process.communicate()[0] for process in processes]

    assert all(out.isdigit() for out in outs), outs
    assert len(applied(older_database)) == len(set(applied(older_database))) == 12
    check_nothing_is_lost(before, older_database)
