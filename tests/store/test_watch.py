"""The database deleted, replaced, cut or overwritten under the running bot: it is noticed, and nothing is promised."""

import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime

import pytest

from bot.silence import Silence
from bot.store.conversations import Conversations
from bot.store.database import connect, connect_to_write, health, open_database, write_transaction
from bot.store.errors import StoreUnavailableError
from bot.store.watch import LostFileError
from bot.store.write_behind import WriteBehind
from dialogs.changes import Subscribe
from tests.support.content import write_content
from tests.support.process import ask, ready, served
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PAGE = 4096


def log_of(path):
    return path.with_name(path.name + "-wal")


def delete(path):
    path.unlink()


def delete_all(path):
    for each in path.parent.glob(path.name + "*"):
        each.unlink()


def replace(path):
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.replace(path)


def make_anew(path):
    delete_all(path)
    open_database(path).close()


def cut(path):
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)


def empty(path):
    os.truncate(path, 0)


def delete_log(path):
    log_of(path).unlink()


def cut_log(path):
    os.truncate(log_of(path), 32 + PAGE // 2)


LOSSES = [delete, delete_all, replace, make_anew, cut, empty, delete_log, cut_log]


@pytest.fixture
def database(path):
    opened = open_database(path)
    opened.execute("pragma wal_checkpoint(truncate)").fetchone()
    Conversations(opened).state(address("a:anna"), NOW)
    assert health(opened).ok
    # What lies in the log only, and would be lost with it.
    with write_transaction(opened):
        for number in range(200):
            opened["unanswered"].insert({"question": f"{number} {'x' * 500}", "day": "2026-11-25"})
    yield opened
    opened.close()


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_a_file_that_is_lost_is_noticed_and_nothing_more_is_written(path, database, lose):
    lose(path)

    now = health(database)
    assert not now.ok
    assert "backup" in now.detail
    with pytest.raises(LostFileError), write_transaction(database):
        pytest.fail("nothing may be written")


@pytest.mark.parametrize("lose", [delete, replace, cut, delete_log], ids=lambda lose: lose.__name__)
def test_who_changes_something_hears_that_it_is_not_kept(path, database, lose):
    writing = connect_to_write(path)
    behind = WriteBehind(Conversations(database), lambda: Conversations(writing), Silence())
    anna = address("a:anna")
    behind.apply(anna, [Subscribe()], NOW)
    lose(path)

    with pytest.raises(StoreUnavailableError):
        behind.apply(anna, [Subscribe()], NOW)
    behind.close()
    writing.close()


def test_what_one_connection_noticed_the_others_know(path, database):
    other = connect(path)
    with write_transaction(other):
        pass
    cut(path)
    assert not health(database).ok
    # As a write that was under way would leave it: as long as before, with nothing in it.
    os.truncate(path, 4_000_000)

    assert not health(other).ok
    other.close()


def test_a_page_that_was_overwritten_is_noticed_in_the_quiet_hour(path, database):
    database.execute("pragma wal_checkpoint(truncate)").fetchone()
    # In a process of its own: closing the file itself would let go of SQLite's locks on it.
    subprocess.run(
        ["dd", "if=/dev/urandom", f"of={path}", "bs=4096", "count=3", "conv=notrunc", "seek=60"],
        check=True,
        capture_output=True,
    )
    reader = connect(path)
    reader.watch.examine(reader)

    assert "damaged" in health(database).detail
    reader.close()


def test_a_file_that_is_put_back_is_good_again(path, database):
    path.rename(path.with_name("away"))
    assert not health(database).ok
    path.with_name("away").rename(path)

    assert health(database).ok


def test_the_log_may_be_emptied_and_grow_again(path, database):
    for _ in range(3):
        database.execute("pragma wal_checkpoint(truncate)").fetchone()
        assert health(database).ok
        other = sqlite3.connect(path)
        other.execute("insert into unanswered (question, day) values ('x', '2026-11-25')")
        other.commit()
        other.close()
        assert health(database).ok


@pytest.mark.slow
def test_the_running_bot_says_so_to_members_and_operators(path, tmp_path):
    content = write_content(tmp_path / "content", learned=tmp_path / "learned")
    with served(path, content) as bot:
        assert "je krijgt" in ask(bot.url, "http://127.0.0.1:9/", "aanmelden").lower()
        assert ready(bot.url)[1]["store"] == "ok"
        delete_all(path)

        answer = ask(bot.url, "http://127.0.0.1:9/", "pauze tot 1 maart")
        status, parts = ready(bot.url)

    assert "niet" in answer
    assert (status, "deleted under the running bot" in parts["store"]) == (503, True)
