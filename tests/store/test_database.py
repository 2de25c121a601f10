"""A database that is newer, damaged or in use: refused untouched, or waited for."""

import hashlib
import threading
from datetime import UTC, datetime

import pytest

from bot.store.conversations import Conversations
from bot.store.database import connect, open_database, open_read_only, write_transaction
from bot.store.file import UnusableDatabaseError
from tests.support.databases import make_newer, spoil
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def digest(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(path, tmp_path):
    make_newer(path)
    before = digest(tmp_path)

    with pytest.raises(
        UnusableDatabaseError, match=r"written by a newer version of the bot \(m999_tomorrow\)"
    ):
        open_database(path)

    assert digest(tmp_path)["bot.sqlite3"] == before["bot.sqlite3"]


@pytest.mark.parametrize(
    ("how", "says"), [("text", "not a SQLite database"), ("middle", "damaged"), ("cut", "damaged")]
)
def test_a_damaged_file_is_refused_and_left_as_it_is(path, tmp_path, how, says):
    spoil(path, how)
    before = path.read_bytes()

    with pytest.raises(UnusableDatabaseError, match=says):
        open_database(path)

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["bot.sqlite3"]


def test_a_folder_in_the_place_of_the_file_is_one_sentence(path):
    path.mkdir()

    with pytest.raises(UnusableDatabaseError, match="cannot be opened"):
        open_database(path)


def test_a_write_waits_for_another_one_that_began_after_it_looked(path):
    """A transaction that reads first and writes later would fail at once instead."""
    one, two = open_database(path), connect(path)
    with write_transaction(one):
        list(one.query("select count(*) from conversations"))
        done = threading.Thread(target=Conversations(two).state, args=(address("a:bram"), NOW))
        done.start()
        one.execute("delete from conversations where id = 'a:nobody'")
    done.join()

    assert [row["id"] for row in one.query("select id from conversations")] == ["a:bram"]
    one.close()
    two.close()


def test_looking_into_a_database_changes_nothing(path, tmp_path):
    assert open_read_only(path) is None
    open_database(path).close()
    before = path.read_bytes()

    open_read_only(path).close()

    assert path.read_bytes() == before
