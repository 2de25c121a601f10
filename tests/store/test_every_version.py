"""A database of each version there ever was: brought to this one with all its rows, or refused where it is newer."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlite_utils import Database

from bot.store.database import open_database
from bot.store.file import backup
from bot.store.migrations import MIGRATIONS
from bot.store.subscriptions import Subscriptions
from tests.store.older_databases import TRANSLATED, dump_of, restore, rows_of, steps
from tests.support import ROOT
from tests.support.content import write_content
from tests.support.databases import make_newer

STEPS = steps()
SCHEMA = "select sql from sqlite_master where sql not null order by sql"
TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"


@pytest.fixture(params=STEPS)
def version(request):
    """The step that was the last one of that version."""
    dump = dump_of(request.param)
    assert dump.exists(), "after a new migration: python -m tests.store.older_databases"
    return request.param


@pytest.fixture
def older(path, version):
    restore(path, dump_of(version).read_text("utf-8"))
    return path


def test_each_file_of_sql_is_what_the_migrations_make(older, version):
    """A step that has run in somebody's database is never touched again."""
    fresh = Database(memory=True)
    MIGRATIONS.apply(fresh, stop_before=STEPS[version])

    assert rows_of(older, SCHEMA) == [dict(row) for row in fresh.query(SCHEMA)]
    fresh.close()


def kept(path):
    """Every row of every table, without what m006 takes apart (test_migrations.py holds that)."""
    tables = {row["name"] for row in rows_of(path, TABLES)} - {"_sqlite_migrations"}
    return {
        table: [
            {name: value for name, value in row.items() if name not in TRANSLATED}
            for row in rows_of(path, f"select * from {table} order by 1, 2")
        ]
        for table in tables
    }


def test_every_row_of_every_older_version_is_there_after_the_upgrade(older):
    before = kept(older)

    database = open_database(older)
    pending = MIGRATIONS.pending(database)
    database.close()

    after = kept(older)
    assert not pending
    for table, rows in before.items():
        assert [
            {name: row[name] for name in old} for row, old in zip(after[table], rows, strict=True)
        ] == rows, table


def test_who_was_subscribed_in_an_older_version_still_is(older, version):
    had = "subscriptions" in kept(older)
    database = open_database(older)
    rows = [Subscriptions(database).row(f"a:{number}") for number in (1, 2)]
    database.close()

    assert [row and (row["active"], list(row["leads"])) for row in rows] == [
        (1, [timedelta(hours=1)]) if had else None
    ] * 2, version


COMMANDS = {"serve": 2, "chat": 2, "confirm": 2, "preview": 2, "unanswered": 2, "doctor": 1}
SAYS = "written by a newer version of the bot (m999_tomorrow)"
RUN_EACH = """
import contextlib, io, json, sys
import app

for command in sys.argv[1:]:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        status = app.main([command])
    print(json.dumps([command, status, told.getvalue()]))
"""


def test_every_command_refuses_a_newer_database_in_a_sentence(path, tmp_path):
    before = make_newer(path)
    content = write_content(tmp_path / "content")

    done = subprocess.run(
        [sys.executable, "-c", RUN_EACH, *COMMANDS],
        cwd=ROOT,
        env={"DATABASE_PATH": str(path), "CONTENT_DIR": str(content), "PORT": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert {command: (status, SAYS in told) for command, status, told in ended} == {
        command: (status, True) for command, status in COMMANDS.items()
    }
    assert path.read_bytes() == before


def test_a_newer_database_can_be_copied_before_anything_is_done_with_it(path, tmp_path):
    make_newer(path)

    backup(path, tmp_path / "copy.sqlite3")

    assert rows_of(tmp_path / "copy.sqlite3", "select * from _sqlite_migrations where name > 'm9'")
