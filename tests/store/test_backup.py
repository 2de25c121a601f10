"""A copy that is made while the database is in use, and can be restored."""

import os
import re
import shutil
import sqlite3
import threading
from datetime import UTC, datetime

import pytest

from bot.store.conversations import Conversations
from bot.store.database import open_database, write_transaction
from bot.store.file import UnusableDatabaseError, backup
from tests.support.process import run_app
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_backup_of_a_database_in_use_is_whole(path, tmp_path):
    database = open_database(path)
    stop, copies = threading.Event(), []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with write_transaction(database):
                # Two rows that belong together: never one without the other.
                for half in "ab":
                    database["unanswered"].insert(
                        {"question": f"{number} {half}", "day": "2026-11-25"}
                    )

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(5):
        to = tmp_path / f"copy{number}.sqlite3"
        backup(path, to)
        copies.append(to)
    stop.set()
    writer.join()
    database.close()

    counts = []
    for to in copies:
        copy = sqlite3.connect(to)
        counts.append(copy.execute("select count(*) from unanswered").fetchone()[0])
        copy.close()
        open_database(to).close()
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_a_backup_is_one_file_and_replaces_an_earlier_one_only(path, tmp_path):
    open_database(path).close()
    folder = tmp_path / "backups"

    for _ in range(2):
        backup(path, folder / "bot.sqlite3")
    assert [p.name for p in folder.iterdir()] == ["bot.sqlite3"]

    text = tmp_path / "README.md"
    text.write_text("belangrijk", "utf-8")
    for wrong in (text, path):
        before = wrong.read_bytes()
        with pytest.raises(UnusableDatabaseError, match="is no earlier backup"):
            backup(path, wrong)
        assert wrong.read_bytes() == before


def test_a_backup_of_nothing_is_one_sentence(path, tmp_path):
    with pytest.raises(UnusableDatabaseError, match="nothing to copy"):
        backup(path, tmp_path / "copy.sqlite3")

    assert list(tmp_path.iterdir()) == []


def test_the_command_makes_the_copy(path, tmp_path):
    open_database(path).close()
    done = run_app("backup", tmp_path / "copy.sqlite3", DATABASE_PATH=str(path))

    assert (done.returncode, done.stderr) == (0, "")
    assert "a copy of" in done.stdout
    open_database(tmp_path / "copy.sqlite3").close()


def test_into_a_folder_the_copy_gets_the_moment_as_its_name(path, tmp_path):
    open_database(path).close()
    (tmp_path / "copies").mkdir()
    done = run_app("backup", tmp_path / "copies", DATABASE_PATH=str(path))
    (copy,) = (tmp_path / "copies").iterdir()

    assert done.returncode == 0
    assert re.fullmatch(r"ladderbot-\d{4}-\d\d-\d\d-\d{6}\.sqlite3", copy.name)


def test_a_copy_of_a_running_database_can_be_restored(path, tmp_path):
    database = open_database(path)
    Conversations(database).state(address("a:anna"), NOW)
    backup(path, tmp_path / "copy.sqlite3")
    database.close()
    for old in tmp_path.glob("bot.sqlite3*"):
        old.unlink()

    shutil.copy(tmp_path / "copy.sqlite3", path)

    database = open_database(path)
    assert [row["id"] for row in database.query("select id from conversations")] == ["a:anna"]
    database.close()


def test_a_file_of_somebody_else_beside_the_copy_stays(path, tmp_path):
    open_database(path).close()
    other = tmp_path / "copy.sqlite3.new"
    other.write_text("van een ander")

    backup(path, tmp_path / "copy.sqlite3")

    assert other.read_text() == "van een ander"


@pytest.fixture
def open_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_the_database_what_lies_beside_it_and_a_copy_are_for_their_owner_only(path, tmp_path):
    database = open_database(path)
    Conversations(database).state(address("a:anna"), NOW)
    backup(path, tmp_path / "copy.sqlite3")
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("*.sqlite3*")}
    database.close()

    assert modes == dict.fromkeys(
        ["bot.sqlite3", "bot.sqlite3-wal", "bot.sqlite3-shm", "copy.sqlite3"], 0o600
    )


@pytest.mark.usefixtures("open_umask")
def test_what_others_could_read_of_an_older_database_is_taken_from_them(path):
    open_database(path).close()
    path.chmod(0o644)

    open_database(path).close()

    assert path.stat().st_mode & 0o777 == 0o640
