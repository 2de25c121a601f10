"""The database file: migrated, refused untouched, copied while in use, and cleaned."""

import dataclasses
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.conversations import Conversations
from bot.store.database import connect, look_into, open_database, writing
from bot.store.file import UnusableDatabaseError, backup
from bot.store.processes import Processes
from dialogs.values import ChooseLanguage, ForgetMe, Pause, Subscribe, Unsubscribe
from tests.conftest import Clock
from tests.support import ROOT
from tests.support.reminders import ReminderProcess, address, at, calendar

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.sqlite3"


def digest(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


# Newer, damaged.


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(path, tmp_path):
    database = open_database(path)
    with writing(database):
        database["_sqlite_migrations"].insert(
            {"migration_set": "ladderbot", "name": "m999_tomorrow", "applied_at": "2027-01-01"}
        )
    database.close()
    before = digest(tmp_path)

    with pytest.raises(
        UnusableDatabaseError, match=r"written by a newer version of the bot \(m999_tomorrow\)"
    ):
        open_database(path)

    assert digest(tmp_path)["bot.sqlite3"] == before["bot.sqlite3"]


def spoil(path, how):
    if how == "text":
        path.write_text("dit is geen database", "utf-8")
        return
    database = open_database(path)
    with writing(database):
        for number in range(300):
            database["unanswered"].insert({"question": f"vraag {number} " * 9, "day": "2026-11-25"})
    database.close()
    raw = bytearray(path.read_bytes())
    if how == "middle":
        raw[4096:12288] = bytes(8192)
    else:
        del raw[len(raw) // 2 :]
    path.write_bytes(raw)


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
    with writing(one):
        list(one.query("select count(*) from conversations"))
        done = threading.Thread(target=Conversations(two).state, args=(address("a:bram"), NOW))
        done.start()
        one.execute("delete from conversations where id = 'a:nobody'")
    done.join()

    assert [row["id"] for row in one.query("select id from conversations")] == ["a:bram"]
    one.close()
    two.close()


# Backup.


def test_a_backup_of_a_database_in_use_is_whole(path, tmp_path):
    database = open_database(path)
    stop, copies = threading.Event(), []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with writing(database):
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
    done = subprocess.run(
        [sys.executable, "app.py", "backup", str(tmp_path / "copy.sqlite3")],
        cwd=ROOT,
        env={"DATABASE_PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "a copy of" in done.stdout
    open_database(tmp_path / "copy.sqlite3").close()


def test_looking_into_a_database_changes_nothing(path, tmp_path):
    assert look_into(path) is None
    open_database(path).close()
    before = path.read_bytes()

    look_into(path).close()

    assert path.read_bytes() == before


# Processes.

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
        with writing(database):
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


# What is kept, and how long.


@pytest.fixture
def database(path):
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def store(database):
    return Conversations(database)


def kept(database):
    return sorted(row["id"] for row in database.query("select id from conversations"))


def test_one_person_with_two_conversations_keeps_both(store, database):
    for name in ("a:phone", "a:desk"):
        where = address(name, user_id="29:anna")
        store.state(where, NOW)
        store.apply(where, (Subscribe(),), NOW)
    store.apply(address("a:phone", user_id="29:anna"), (Unsubscribe(),), NOW)

    assert kept(database) == ["a:desk", "a:phone"]
    assert store.state(address("a:desk", user_id="29:anna"), NOW).subscription.active
    assert not store.state(address("a:phone", user_id="29:anna"), NOW).subscription.active


def test_forget_me_removes_every_conversation_of_that_member_and_no_other(store, database):
    for name, member in (("a:1", "29:anna"), ("a:2", "29:anna"), ("a:3", "29:bram")):
        store.state(address(name, user_id=member), NOW)
    store.state(address("19:x", place="channel", user_id="29:anna"), NOW)

    store.apply(address("a:1", user_id="29:anna"), (ForgetMe(),), NOW)

    assert kept(database) == ["19:x", "a:3"]
    text = "\n".join(database.conn.iterdump())
    assert "29:anna" not in text


def test_who_speaks_in_a_channel_is_not_kept(store, database):
    where = address(
        "19:x;messageid=1", place="channel", user_id="29:anna", aad_object_id="guid", team_id="19:t"
    )
    store.state(where, NOW)

    text = "\n".join(database.conn.iterdump())
    assert kept(database) == ["19:x"]
    assert not [word for word in ("29:anna", "guid", "messageid") if word in text]


def test_every_activity_refreshes_the_address_and_writes_only_what_is_new(store, database):
    store.state(address("a:anna"), NOW)
    before = database.conn.total_changes
    store.state(address("a:anna"), NOW)
    assert database.conn.total_changes == before

    store.refresh(address("a:anna", service_url="https://smba.trafficmanager.net/amer/"), NOW)
    store.refresh(address("a:nobody"), NOW)

    assert kept(database) == ["a:anna"]
    assert "amer" in next(database.query("select address from conversations"))["address"]


def test_a_removal_from_a_team_forgets_all_its_channels(store, database):
    for name, team in (("19:a", "19:t"), ("19:b", "19:t"), ("19:c", "19:other")):
        where = address(name, place="channel", team_id=team)
        store.state(where, NOW)
        store.apply(where, (Subscribe(),), NOW)

    store.remove(address("19:t", place="channel", team_id="19:t"))

    assert kept(database) == ["19:c"]
    assert [
        r["conversation"] for r in database.query("select conversation from subscriptions")
    ] == ["19:c"]


def test_all_of_a_command_is_kept_or_nothing(store, database):
    store.state(address("a:anna"), NOW)

    with pytest.raises(AttributeError):
        store.apply(address("a:anna"), (ChooseLanguage("en"), Pause(None)), NOW)

    known = store.state(address("a:anna"), NOW)
    assert (known.language, known.subscription) == (None, None)


async def test_what_was_kept_long_enough_is_removed(path):
    clock = Clock(at("2026-11-25 12:00"))
    process = ReminderProcess(path, clock, calendar())
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    await process.beat_at("2026-12-07 10:00")
    with writing(process.database):
        for day in ("2026-12-01", "2026-12-20"):
            process.database["unanswered"].insert({"question": "?", "day": day})

    removed = process.outbox.clean(at("2026-12-05 00:00"))
    removed += process.unanswered.clean(at("2026-12-10 00:00"))

    assert removed == 2
    assert process.rows() == [("anna", "1d", "sent")]
    assert [r["day"] for r in process.database.query("select day from unanswered")] == [
        "2026-12-20"
    ]
    process.close()


async def test_the_service_cleans_once_a_day(settings, path):
    from bot.rate_limit import RateLimiter
    from bot.reminders.service import reminder_service
    from tests.support.reminders import Memory, context_of

    settings = dataclasses.replace(settings, database_path=path, keep_questions_days=30)
    clock, database = Clock(NOW), open_database(path)
    with writing(database):
        database["unanswered"].insert({"question": "?", "day": "2026-11-25"})
    left = []
    async with reminder_service(
        settings,
        channel=Memory(),
        limiter=RateLimiter(30, lambda: 0.0),
        context=lambda: context_of(calendar()),
        clock=clock,
        on_result=print,
    ) as service:
        for _ in range(40):
            await service.clean()
            left.append(database["unanswered"].count)
            clock.move(hours=20)

    database.close()
    assert left[0] == 1
    assert left[-1] == 0
    # Thirty whole days, every twenty hours a look: on 26 December it goes.
    assert left.index(0) == 37


def test_deliveries_are_kept_longer_than_the_longest_lead(settings):
    from bot.settings import ALL
    from faq.meetings import LEAD_MAX

    shortest = next(s for s in ALL if s.name == "KEEP_DELIVERIES_DAYS")
    with pytest.raises(ValueError, match="whole number from"):
        shortest.read(str(LEAD_MAX.days))


def test_the_lock_file_is_empty_and_stays(path):
    database = open_database(path)
    for _ in range(3):
        Processes(database, path).close()

    assert path.with_name("bot.sqlite3-alive").stat().st_size == 0
    database.close()


def test_a_copy_of_a_running_database_can_be_restored(path, tmp_path):
    database = open_database(path)
    Conversations(database).state(address("a:anna"), NOW)
    backup(path, tmp_path / "copy.sqlite3")
    database.close()
    for old in tmp_path.glob("bot.sqlite3*"):
        old.unlink()

    shutil.copy(tmp_path / "copy.sqlite3", path)

    database = open_database(path)
    assert kept(database) == ["a:anna"]
    database.close()
