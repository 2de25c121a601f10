"""Older databases are brought to this version: nothing is lost, doubled or sent again."""

import shutil
import sqlite3
import threading
from datetime import UTC, datetime

import pytest

from bot.store.conversations import Conversations
from bot.store.database import connect, open_database
from bot.store.file import UnusableDatabaseError
from bot.store.migrations import MIGRATIONS
from bot.store.report import Report
from bot.store.values import Reason
from faq.meetings_file import parse
from tests.store.older_databases import (
    LEADS,
    OLDER,
    REASONS,
    SECOND,
    SECOND_MEETINGS,
    WAITING,
    check_nothing_is_lost,
    restore,
    rows_of,
)
from tests.support.clock import Clock
from tests.support.reminders import ReminderProcess, address, at

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
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
    assert len(names) == len(set(names)) == 12
    for database in databases:
        database.close()


# The second version: release de9274c, with rows in every state, of every kind and with every reason.

# What release de9274c itself sends from this database, five minutes later.
DUE = [
    ("bram", "Verplaatst: CoP"),
    ("carla", "Verplaatst: CoP"),
    ("w-doubt", "Woensdag 16 december om 10.00 uur: Werk"),
    ("w-later", "Woensdag 16 december om 10.00 uur: Werk"),
    ("w-notfound", "Woensdag 16 december om 10.00 uur: Werk"),
    ("x-broke", "Woensdag 16 december om 10.00 uur: Werk"),
    ("x-cut", "Woensdag 16 december om 10.00 uur: Werk"),
    ("x-planned", "Woensdag 16 december om 10.00 uur: Werk"),
    ("x-sending", "Woensdag 16 december om 10.00 uur: Werk"),
    ("x-setup", "Woensdag 16 december om 10.00 uur: Werk"),
]


def test_the_second_version_is_written_as_the_migrations_wrote_it(path, tmp_path):
    """So that the file of SQL stays what it says it is; it was written by the bot, not by hand."""
    database = connect(path)
    MIGRATIONS.apply(database, stop_before="m006_codes")
    database.close()
    restore(tmp_path / "second.sqlite3", SECOND)
    schema = "select sql from sqlite_master where sql not null order by sql"

    assert rows_of(tmp_path / "second.sqlite3", schema) == rows_of(path, schema)


def test_the_second_version_has_every_state_kind_and_reason(older_database):
    states = {row["state"] for row in rows_of(older_database, "select state from outbox")}
    whys = {row["why"] for row in rows_of(older_database, "select why from outbox")}
    leads = {row["lead"] for row in rows_of(older_database, "select lead from outbox")}

    assert states == {"planned", "sending", "sent", "failed", "expired", "stopped"}
    assert whys == set(REASONS)
    assert leads == set(LEADS)
    assert {REASONS[why][0] for why in whys} - {None} == set(Reason) - {Reason.WISH_UNDONE}


def test_nothing_of_the_second_version_is_lost_or_doubled(older_database, tmp_path):
    shutil.copy(older_database, tmp_path / "before.sqlite3")

    open_database(older_database).close()

    check_nothing_is_lost(tmp_path / "before.sqlite3", older_database)


def test_a_row_stands_once_in_the_new_columns(older_database):
    """A row stands once for an occurrence, a lead and a conversation (rule 5 of docs/architecture.md)."""
    database = open_database(older_database)
    columns = "occurrence, kind, number, moment, conversation"

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute(
            f"insert into outbox ({columns}, state, due, next_try)"
            f" select {columns}, 'planned', due, next_try from outbox limit 1"
        )
    database.close()


async def test_a_beat_after_the_migration_sends_only_what_was_due(older_database):
    meetings, _ = parse(SECOND_MEETINGS)
    process = ReminderProcess(
        older_database, Clock(at("2026-12-09 10:15")), meetings, worker_id="next"
    )
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
    older_database,
):
    """During a deploy it ends while this version has migrated already; its claims are its own."""
    meetings, _ = parse(SECOND_MEETINGS)
    process = ReminderProcess(
        older_database, Clock(at("2026-12-09 10:15")), meetings, worker_id="next", living={"12345"}
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
    # It shows members what it sent them by this column, which is empty now.
    assert {row["lead"] for row in process.database.query("select * from outbox")} == {None}
    await process.beat()

    titles = [(who, title) for who, title in DUE if who != "x-sending"]
    assert sorted((who, title) for who, title, _ in process.channel.sent) == titles
    process.close()


def test_what_ended_is_counted_by_reason(older_database):
    database = open_database(older_database)
    ended = Report(database).ended(at("2026-11-01 00:00"))
    database.close()

    assert ("failed", "blocked", "", 2) in {(e.state, e.reason, e.detail, e.count) for e in ended}
    assert sum(e.count for e in ended) == 185 - sum(
        1 for row in rows_of(older_database, "select state from outbox") if row["state"] in WAITING
    )
