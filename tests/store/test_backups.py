"""A backup a day: whole, seven kept, none of a damaged file; and no empty database where there was one."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.backups import look_after, newest_backup
from bot.store.conversations import Conversations
from bot.store.database import health, open_database
from bot.store.file import UnwritableDatabaseError
from tests.support.content import write_content
from tests.support.process import ask, ready, served
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 0, 1, tzinfo=UTC)


@pytest.fixture
def database(path):
    opened = open_database(path)
    Conversations(opened).state(address("a:anna"), NOW)
    yield opened
    opened.close()


def names(path):
    return sorted(file.name for file in (path.parent / "backups").iterdir())


def test_a_week_of_backups_is_kept_and_what_is_somebody_elses_stays(path, database):
    for day in range(10):
        look_after(database, path, 7, NOW + timedelta(days=day))
    (path.parent / "backups" / "bot-eerder.sqlite3").write_text("van mij")
    look_after(database, path, 7, NOW + timedelta(days=10))

    assert names(path) == [
        *(f"bot-2026-11-{day}.sqlite3" for day in (29, 30)),
        *(f"bot-2026-12-0{day}.sqlite3" for day in range(1, 6)),
        "bot-eerder.sqlite3",
    ]
    assert newest_backup(path).name == "bot-2026-12-05.sqlite3"
    assert {file.stat().st_mode & 0o077 for file in path.parent.glob("backups/bot-2*")} == {0}


def test_there_is_one_a_day_and_it_can_be_restored(path, database):
    look_after(database, path, 7, NOW)
    Conversations(database).state(address("a:bert"), NOW)
    look_after(database, path, 7, NOW + timedelta(hours=9))
    assert names(path) == ["bot-2026-11-25.sqlite3"]
    database.close()
    for old in path.parent.glob("bot.sqlite3*"):
        old.unlink()

    with pytest.raises(UnwritableDatabaseError, match=r"bot-2026-11-25\.sqlite3"):
        open_database(path)
    assert not path.exists()
    shutil.copy(newest_backup(path), path)

    restored = open_database(path)
    assert [row["id"] for row in restored.query("select id from conversations")] == ["a:anna"]
    restored.close()


def test_nobody_wants_one(path, database):
    look_after(database, path, 0, NOW)

    assert newest_backup(path) is None


def test_none_is_made_of_a_damaged_file_and_the_last_good_one_is_offered(path, database):
    look_after(database, path, 1, NOW)
    os.truncate(path, path.stat().st_size // 2)

    look_after(database, path, 1, NOW + timedelta(days=1))

    assert names(path) == ["bot-2026-11-25.sqlite3"]
    assert str(newest_backup(path)) in health(database).detail


@pytest.mark.slow
def test_a_bot_whose_database_was_deleted_does_not_begin_an_empty_one(path, tmp_path):
    content = write_content(tmp_path / "content", learned=tmp_path / "learned")
    shutil.copy(made_elsewhere(tmp_path), backup_of(path))

    with served(path, content) as bot:
        answer = ask(bot.url, "http://127.0.0.1:9/", "aanmelden")
        status, parts = ready(bot.url)

    assert "niet opslaan" in answer
    assert (status, "there is a backup" in parts["store"]) == (503, True)
    assert not path.exists()


def made_elsewhere(folder):
    other = folder / "other.sqlite3"
    open_database(other).close()
    return other


def backup_of(path):
    (path.parent / "backups").mkdir()
    return path.parent / "backups" / "bot-2026-11-25.sqlite3"
