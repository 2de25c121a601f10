"""Older databases are brought to this version: nothing lost, doubled or sent again, also when it is cut off."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.conversations import Conversations
from bot.store.database import connect, open_database
from bot.store.file import ShutDatabaseError, UnusableDatabaseError
from bot.store.forecast import Forecast
from bot.store.migrations import MIGRATIONS
from bot.store.values import Reason
from faq.meetings_file import parse
from tests.conftest import Clock
from tests.support import ROOT
from tests.support.reminders import ReminderProcess, address, at

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
OLDER = Path(__file__).parent / "older"


def restore(path, dump):
    with sqlite3.connect(path) as database:
        database.executescript(dump)
    database.close()


def rows_of(path, query):
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute(query)]
    database.close()
    return rows


# The first version.

# What the first version wrote: conversations and unanswered questions, nothing of reminders.
FIRST = (OLDER / "first.sql").read_text("utf-8")


def test_a_database_of_the_first_version_is_brought_to_this_one(path):
    restore(path, FIRST)

    database = open_database(path)
    known = Conversations(database).state(address("a:anna"), NOW)

    assert known.language == "en"
    assert not MIGRATIONS.pending(database)
    assert {"outbox", "subscriptions", "occurrences"} <= set(database.table_names())
    assert (
        next(database.query("select team from conversations where id = '19:x'"))["team"]
        == "19:team"
    )
    database.close()


def test_the_first_version_is_written_as_the_migrations_wrote_it(path):
    """So that the file of SQL above stays what it says it is."""
    import sqlite_utils

    database = sqlite_utils.Database(path)
    MIGRATIONS.apply(database, stop_before="m003_subscriptions")
    fresh = {row[0] for row in database.execute("select sql from sqlite_master where sql not null")}
    database.close()
    with sqlite3.connect(":memory:") as old:
        old.executescript(FIRST)
        kept = {row[0] for row in old.execute("select sql from sqlite_master where sql not null")}
    old.close()

    assert kept == fresh


def test_two_processes_that_start_together_migrate_once(path):
    databases, failed = [], []

    def start():
        try:
            databases.append(open_database(path))
        except UnusableDatabaseError as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    names = [row["name"] for row in databases[0].query("select name from _sqlite_migrations")]
    assert len(names) == len(set(names)) == 6
    for database in databases:
        database.close()


# The second version: release de9274c, with rows in every state, of every kind and with every reason.

SECOND = (OLDER / "second.sql").read_text("utf-8")
SECOND_MEETINGS = (OLDER / "second.toml").read_bytes()
WAITING = ("planned", "sending")
SAME = (
    "id, occurrence, conversation, state, due, next_try, attempts, doubts, claimed_by, claimed_at,"
    " sent_at, activity, thread, edits"
)
OTHERS = (
    "conversations",
    "subscriptions",
    "chosen_leads",
    "unanswered",
    "processes",
    "occurrences",
)
# What each sentence is now; the others are the detail of how a send ended.
REASONS = {
    "the meeting was moved or cancelled": ("meeting_changed", ""),
    "the meeting has started": ("meeting_started", ""),
    "the meeting is past": ("meeting_past", ""),
    "what people were told is so again": ("change_undone", ""),
    "a nearer reminder took its place": ("superseded", ""),
    "the address cannot be read": ("bad_address", ""),
    "other leads chosen": ("other_leads", ""),
    "after 12 attempts: 502": ("gave_up", "502"),
    "400 BadArgument": ("refused", "400 BadArgument"),
    "413 TooBig": ("refused", "413 TooBig"),
    "503": ("later", "503"),
    "504 GatewayTimeout": ("in_doubt", "504 GatewayTimeout"),
    "broke: ValueError": ("in_doubt", "broke: ValueError"),
    "cut off": ("cut_off", ""),
    "cut off: TimeoutError": ("in_doubt", "cut off: TimeoutError"),
    "no token: invalid_client": ("setup", "no token: invalid_client"),
    "not found": ("not_found", ""),
    None: (None, ""),
} | {
    word: (word, "")
    for word in ("stop", "paused", "blocked", "removed", "uninstalled", "disabled", "deleted")
}
LEADS = {
    "7d": ("reminder", 10080, ""),
    "10070m": ("reminder", 10070, ""),
    "1d": ("reminder", 1440, ""),
    "1h": ("reminder", 60, ""),
    "1d 2026-11-27T10:30": ("reminder", 1440, "2026-11-27T10:30"),
    "1h 2026-11-27T10:30": ("reminder", 60, "2026-11-27T10:30"),
    "7d 2026-12-15T11:00": ("reminder", 10080, "2026-12-15T11:00"),
    "change 1": ("correction", 1, ""),
    "change 2": ("correction", 2, ""),
    "change 3": ("correction", 3, ""),
    "change 4": ("correction", 4, ""),
}
# What release de9274c itself sends from this database, five minutes later.
DUE = [
    ("bram", "Verplaatst: CoP"),
    ("carla", "Verplaatst: CoP"),
    ("w-doubt", "Herinnering: Werk"),
    ("w-later", "Herinnering: Werk"),
    ("w-notfound", "Herinnering: Werk"),
    ("x-broke", "Herinnering: Werk"),
    ("x-cut", "Herinnering: Werk"),
    ("x-planned", "Herinnering: Werk"),
    ("x-sending", "Herinnering: Werk"),
    ("x-setup", "Herinnering: Werk"),
]


@pytest.fixture
def second(path):
    restore(path, SECOND)
    return path


def test_the_second_version_is_written_as_the_migrations_wrote_it(path, tmp_path):
    """So that the file of SQL stays what it says it is; it was written by the bot, not by hand."""
    database = connect(path)
    MIGRATIONS.apply(database, stop_before="m006_codes")
    database.close()
    restore(tmp_path / "second.sqlite3", SECOND)
    schema = "select sql from sqlite_master where sql not null order by sql"

    assert rows_of(tmp_path / "second.sqlite3", schema) == rows_of(path, schema)


def test_the_second_version_has_every_state_kind_and_reason(second):
    states = {row["state"] for row in rows_of(second, "select state from outbox")}
    whys = {row["why"] for row in rows_of(second, "select why from outbox")}
    leads = {row["lead"] for row in rows_of(second, "select lead from outbox")}

    assert states == {"planned", "sending", "sent", "failed", "expired", "stopped"}
    assert whys == set(REASONS)
    assert leads == set(LEADS)
    assert {REASONS[why][0] for why in whys} - {None} == set(Reason)


def check_nothing_is_lost(before, after):
    """Every row is there once, says the same, and nothing else is."""
    for table in OTHERS:
        query = f"select * from {table} order by 1, 2"
        assert rows_of(after, query) == rows_of(before, query)
    query = f"select {SAME} from outbox order by id"
    assert rows_of(after, query) == rows_of(before, query)
    old = rows_of(before, "select lead, why, told from outbox order by id")
    new = rows_of(after, "select * from outbox order by id")
    for was, row in zip(old, new, strict=True):
        assert (row["kind"], row["number"], row["moment"]) == LEADS[was["lead"]]
        assert (row["reason"], row["detail"]) == REASONS[was["why"]]
        told = was["told"]
        start = None if told in (None, "cancelled") else told
        assert (row["announced"], row["announced_start"]) == (int(told is not None), start)


def test_nothing_of_the_second_version_is_lost_or_doubled(second, tmp_path):
    shutil.copy(second, tmp_path / "before.sqlite3")

    open_database(second).close()

    check_nothing_is_lost(tmp_path / "before.sqlite3", second)


def test_the_promise_holds_for_the_new_columns(second):
    """A row stands once for an occurrence, a lead and a conversation (DESIGN 3, rule 5)."""
    database = open_database(second)
    columns = "occurrence, kind, number, moment, conversation"

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute(
            f"insert into outbox ({columns}, state, due, next_try)"
            f" select {columns}, 'planned', due, next_try from outbox limit 1"
        )
    database.close()


async def test_a_beat_after_the_migration_sends_only_what_was_due(second):
    meetings, _ = parse(SECOND_MEETINGS)
    process = ReminderProcess(second, Clock(at("2026-12-09 10:15")), meetings, worker_id="next")
    pending = {
        row["conversation"]
        for row in process.database.query("select * from outbox where edits > 0")
    }
    await process.beat()

    assert sorted((who, title) for who, title, _ in process.channel.sent) == DUE
    # The cards of corrections that were sent, and of the two that are sent now.
    edited = {who.partition(";")[0] for who, _, _ in process.channel.updated}
    assert edited == pending | {"bram", "carla"}
    count = len(process.channel.sent)
    await process.beat_at("2026-12-09 11:00")
    assert len(process.channel.sent) == count
    process.close()


async def test_what_a_process_of_the_second_version_was_sending_is_recorded_and_not_sent_again(
    second,
):
    """During a deploy it ends while this version has migrated already; its claims are its own."""
    meetings, _ = parse(SECOND_MEETINGS)
    process = ReminderProcess(
        second, Clock(at("2026-12-09 10:15")), meetings, worker_id="next", living={"12345"}
    )
    process.database.execute(
        # As release de9274c has it, in bot/store/outbox.py.
        "update outbox set state = 'sent', why = null, sent_at = :now, activity = :activity, thread = :thread,"
        " edits = :edits, next_try = :now"
        " where id = :id and claimed_by = :me and state = 'sending'",
        {
            "now": NOW.isoformat(),
            "activity": "a",
            "thread": "",
            "edits": 0,
            "me": "12345",
            "id": next(process.database.query("select id from outbox where state = 'sending'"))[
                "id"
            ],
        },
    )
    await process.beat()

    titles = [(who, title) for who, title in DUE if who != "x-sending"]
    assert sorted((who, title) for who, title, _ in process.channel.sent) == titles
    process.close()


def test_what_ended_is_counted_by_reason(second):
    database = open_database(second)
    ended = Forecast(database).ended(at("2026-11-01 00:00"))
    database.close()

    assert ("failed", "blocked", "", 2) in {(e.state, e.reason, e.detail, e.count) for e in ended}
    assert sum(e.count for e in ended) == 185 - sum(
        1 for row in rows_of(second, "select state from outbox") if row["state"] in WAITING
    )


# Cut off, or without room, or two at once: real processes.

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


def applied(path):
    return [row["name"] for row in rows_of(path, "select name from _sqlite_migrations")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_of_the_migration_nothing_is_lost(second, tmp_path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(second, before)
    whole = tmp_path / "whole.sqlite3"
    shutil.copy(second, whole)
    steps = int(migrate(whole).communicate()[0])
    outcomes = []
    for number in range(1, 13):
        path = tmp_path / f"killed{number}.sqlite3"
        shutil.copy(second, path)
        process = migrate(path, kill_after=max(1, steps * number // 13))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        outcomes.append(len(applied(path)))

        database = open_database(path)
        assert next(iter(database.query("pragma integrity_check"))) == {"integrity_check": "ok"}
        database.close()
        check_nothing_is_lost(before, path)

    assert steps > 100, "there is something to kill"
    assert set(outcomes) <= {5, 6}, "all of it or nothing"
    assert outcomes.count(5) > 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_without_room_for_the_migration_nothing_changes_and_it_is_made_later(second, tmp_path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(second, before)

    out, _ = migrate(second, limit=second.stat().st_size // 3).communicate()

    assert out == ShutDatabaseError.__name__
    assert len(applied(second)) == 5
    query = f"select {SAME}, lead, why, told from outbox order by id"
    assert rows_of(second, query) == rows_of(before, query)
    open_database(second).close()
    check_nothing_is_lost(before, second)


def test_two_processes_that_migrate_at_once_migrate_once(second, tmp_path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(second, before)

    processes = [migrate(second) for _ in range(3)]
    outs = [process.communicate()[0] for process in processes]

    assert all(out.isdigit() for out in outs), outs
    assert len(applied(second)) == len(set(applied(second))) == 6
    check_nothing_is_lost(before, second)
