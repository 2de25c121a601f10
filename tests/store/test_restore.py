"""A backup in the place of the database: looked at first, nothing overwritten unasked, nothing thrown away."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.file import UnusableDatabaseError, backup
from bot.store.restoring import restore
from tests.store.older_databases import dump_of, rows_of, steps
from tests.store.older_databases import restore as load
from tests.support import ROOT
from tests.support.content import write_content
from tests.support.databases import make_newer, spoil
from tests.support.process import ask, run_app, served
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def copy(path, tmp_path):
    """A backup in which only Anna is known; the database goes on with Bert."""
    database = open_database(path)
    Conversations(database).state(address("a:anna"), NOW)
    backup(path, tmp_path / "copy.sqlite3")
    Conversations(database).state(address("a:bert"), NOW + timedelta(days=1))
    database.close()
    return tmp_path / "copy.sqlite3"


def known(path):
    return [row["id"] for row in rows_of(path, "select id from conversations order by id")]


def restored(*arguments, path, **more):
    return run_app("restore", *arguments, DATABASE_PATH=str(path), **more)


@pytest.mark.slow
def test_another_machine_goes_on_where_the_first_one_was(path, tmp_path):
    """The bot runs, is copied, and runs elsewhere from what is given on standard input."""
    content = write_content(tmp_path / "content")
    with served(path, content) as bot:
        ask(bot.url, NOBODY, "aanmelden")
        run_app("backup", tmp_path / "copy.sqlite3", DATABASE_PATH=str(path))
    there = tmp_path / "other" / "machine" / "bot.sqlite3"
    with (tmp_path / "copy.sqlite3").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "app.py", "restore", "-"],
            stdin=file,
            cwd=ROOT,
            env={"DATABASE_PATH": str(there)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 conversations, 1 subscribed" in done.stdout
    assert there.stat().st_mode & 0o777 == 0o600
    with served(there, content) as bot:
        assert "De herinneringen staan aan" in ask(bot.url, NOBODY, "mijn abonnement")


def test_a_database_that_is_there_is_not_overwritten_unasked(path, copy):
    before = path.read_bytes()

    done = restored(copy, path=path)

    assert done.returncode == 2
    assert "2 conversations" in done.stderr
    assert "last written 2026-11-26" in done.stderr
    assert "The backup: 1 conversations" in done.stderr
    assert "--replace" in done.stderr
    assert path.read_bytes() == before


def test_asked_for_it_what_was_there_goes_aside(path, copy):
    done = restored(copy, "--replace", path=path)

    (aside,) = path.parent.glob("bot.before-*.sqlite3")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(aside) in done.stdout
    assert (known(path), known(aside)) == (["a:anna"], ["a:anna", "a:bert"])
    assert not list(path.parent.glob("*-wal"))


def test_what_lies_beside_a_database_that_was_killed_goes_aside_with_it(path, copy):
    """Its last words may be in the log only; a log that stays would be read into the backup."""
    script = (
        "import os, sys; from pathlib import Path; from bot.store.database import open_database;"
        "d = open_database(Path(sys.argv[1])); d.execute(\"delete from conversations where id = 'a:bert'\");"
        "d.conn.commit(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script, path], cwd=ROOT, timeout=60, check=False)
    assert path.with_name(path.name + "-wal").stat().st_size

    aside = restore(copy, path, NOW, replace=True).aside

    assert (known(path), known(aside)) == (["a:anna"], ["a:anna"])


def test_a_damaged_database_goes_aside_as_it_is(path, copy):
    path.unlink()
    spoil(path, "middle")
    before = path.read_bytes()

    with pytest.raises(UnusableDatabaseError, match=r"is there already .*is damaged"):
        restore(copy, path, NOW, replace=False)
    aside = restore(copy, path, NOW, replace=True).aside

    assert aside.read_bytes() == before
    assert known(path) == ["a:anna"]


def test_a_database_that_is_in_use_is_left(path, copy):
    running = open_database(path)

    with pytest.raises(
        UnusableDatabaseError, match=r"is in use; nothing was changed\. Stop the bot"
    ):
        restore(copy, path, NOW, replace=True)

    Conversations(running).state(address("a:carla"), NOW)
    running.close()
    assert known(path) == ["a:anna", "a:bert", "a:carla"]
    assert sorted(file.name for file in path.parent.iterdir()) == ["bot.sqlite3", "copy.sqlite3"]


def missing(path):
    pass


def empty(path):
    path.touch()


def text(path):
    path.write_text("dit is geen database", "utf-8")


def cut(path):
    spoil(path, "cut")


def index(path):
    """Whole pages, and an index that does not say what its table says."""
    open_database(path).close()
    load(path, "insert into unanswered (question, day) values ('x', '2026-11-25');")
    raw = path.read_bytes()
    at = raw.rindex(b"2026-11-25")
    path.write_bytes(raw[:at] + b"2020" + raw[at + 4 :])


def foreign(path):
    load(path, "create table notes (text text);")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (missing, "is not there, or is no backup"),
        (empty, "is not there, or is no backup"),
        (text, "is not there, or is no backup"),
        (cut, "is damaged"),
        (index, "is damaged"),
        (foreign, "is no database of this bot"),
        (make_newer, r"was written by a newer version of the bot \(m999_tomorrow\)"),
    ],
)
def test_a_file_that_is_no_backup_is_refused_before_anything_is_touched(path, tmp_path, make, says):
    wrong = tmp_path / "wrong.sqlite3"
    make(wrong)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(UnusableDatabaseError, match=says):
        restore(wrong, path, NOW, replace=True)

    assert sorted(tmp_path.iterdir()) == before


def test_the_database_itself_is_no_backup_of_itself(path, copy):
    with pytest.raises(UnusableDatabaseError, match="is the database itself"):
        restore(path, path, NOW, replace=True)

    assert known(path) == ["a:anna", "a:bert"]


def test_a_backup_of_an_older_version_is_restored_as_it_is_and_says_what_is_due(tmp_path, path):
    old = tmp_path / "old.sqlite3"
    load(old, dump_of(next(step for step in steps() if step.startswith("m005"))).read_text("utf-8"))
    load(old, "update outbox set state = 'planned';")

    summary = restore(old, path, NOW, replace=False).summary

    assert str(summary).startswith(
        "2 conversations, 2 subscribed, 2 reminders waiting, last written 2026-12-09"
    )
    assert summary.due == 0
    assert restore(old, path, NOW + timedelta(days=30), replace=True).summary.due == 2
    open_database(path).close()
