"""A backup a day: whole, seven kept, none of a damaged file; and no empty database where there was one."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.backup_cleaning import clean_backups
from bot.store.backups import backups_of, look_after, newest_backup
from bot.store.conversations import Conversations
from bot.store.database import health, open_database
from bot.store.file import UnwritableDatabaseError
from dialogs.changes import ForgetMe
from tests.store.older_databases import OLDER, restore
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


def forget(database, name):
    Conversations(database).apply(address(name), (ForgetMe(),), NOW)


def ids(path):
    with closing(sqlite3.connect(path)) as copy:
        return {id_ for (id_,) in copy.execute("select id from conversations")}


def test_who_is_forgotten_is_taken_out_of_every_backup_and_the_others_stay(path, database):
    Conversations(database).state(address("a:bert"), NOW)
    for day in range(3):
        look_after(database, path, 7, NOW + timedelta(days=day))
    before = {backup: backup.stat().st_ino for backup in backups_of(path)}

    forget(database, "a:anna")
    clean_backups(database, path, daily=False)

    assert [ids(backup) for backup in backups_of(path)] == [{"a:bert"}] * 3
    assert not [backup for backup in before if b"a:anna" in backup.read_bytes()]
    assert not [backup for backup, file in before.items() if backup.stat().st_ino == file], (
        "replaced whole"
    )
    assert {file.stat().st_mode & 0o077 for file in before} == {0}
    forget(database, "a:nobody")
    unchanged = {backup: backup.stat().st_ino for backup in backups_of(path)}
    clean_backups(database, path, daily=False)
    assert {backup: backup.stat().st_ino for backup in backups_of(path)} == unchanged


def test_a_backup_that_was_being_made_meanwhile_is_cleaned_the_next_day(path, database):
    look_after(database, path, 7, NOW)
    as_it_was = newest_backup(path).read_bytes()
    forget(database, "a:anna")
    clean_backups(database, path, daily=False)
    late = newest_backup(path).with_name("bot-2026-11-26.sqlite3")
    late.write_bytes(as_it_was)

    clean_backups(database, path, daily=True)
    assert ids(late) == set()
    assert list(database.query("select * from forgotten")) == []


def test_a_backup_that_cannot_be_cleaned_is_tried_again_the_next_day(path, database, caplog):
    look_after(database, path, 7, NOW)
    spoiled = newest_backup(path).with_name("bot-2026-11-24.sqlite3")
    spoiled.write_bytes(b"spoiled")
    forget(database, "a:anna")
    for daily in (False, False, True):
        clean_backups(database, path, daily=daily)
    assert ids(newest_backup(path)) == set(), "the others are clean"
    assert caplog.text.count("could not be cleaned") == 2

    spoiled.unlink()
    clean_backups(database, path, daily=True)
    assert list(database.query("select * from forgotten")) == []


@pytest.mark.parametrize("older", ["first", "second"])
def test_a_backup_of_an_older_version_is_cleaned_too(path, database, older):
    backup_of(path)
    restore(
        path.parent / "backups" / "bot-2026-11-24.sqlite3", (OLDER / f"{older}.sql").read_text()
    )
    backup = newest_backup(path)
    somebody = min(ids(backup))
    assert somebody.encode() in backup.read_bytes()

    forget(database, somebody)
    clean_backups(database, path, daily=False)

    assert somebody not in ids(backup)
    with closing(sqlite3.connect(backup)) as copy:
        dump = " ".join(copy.iterdump())
    assert f"'{somebody}'" not in dump


def test_what_a_killed_process_left_of_a_backup_is_removed(path, database):
    folder = backup_of(path).parent
    left, young = (folder / f".bot-2026-11-2{day}.sqlite3.x.new" for day in (3, 4))
    for each in (left, young):
        each.write_bytes(b"a:anna")
    os.utime(left, (0, 0))

    look_after(database, path, 7, NOW)

    assert (left.exists(), young.exists()) == (False, True)


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
