"""Databases of older versions, and what must be the same in them once they are migrated."""

import sqlite3

from sqlite_utils import Database

from bot.store.migrations import MIGRATIONS
from tests.support import ROOT

OLDER = ROOT / "tests" / "store" / "older"


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


def applied(path):
    return [row["name"] for row in rows_of(path, "select name from _sqlite_migrations")]


def check_nothing_is_lost(before, after):
    """Every row is there once, says the same, and nothing else is."""
    for table in OTHERS:
        query = f"select * from {table} order by 1, 2"
        was, now = rows_of(before, query), rows_of(after, query)
        # m007 adds a column, which is empty.
        new = {"paused_from": None} if table == "subscriptions" else {}
        assert now == [row | new for row in was]
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


# A database of each version that there was: what the migrations up to m001, m002 … make, with rows in every table.

EXAMPLES = {
    # Column → what a row must have there, or what it means something by; {} is the row's number.
    "address": '{{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:{0}",'
    ' "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:{0}", "tenant_id": "t"}}',
    "conversation": "a:{}",
    "place": "personal",
    "member": "29:{}",
    "team": "",
    "language": "en",
    "active": 1,
    "minutes": 60,
    "occurrence": "cop/2026-12-1{}",
    "lead": "7d",
    "kind": "reminder",
    "number": 10080,
    "moment": "",
    "state": "sent",
    "told": "2026-12-1{}T10:00",
    "announced_start": "2026-12-1{}T10:00",
    "calendar": "0a1b2c{}",
    "before": "{{}}",
} | dict.fromkeys(("why", "reason", "paused_from", "paused_until", "ended_because"))
DAYS = {"day", "seen_at"}
MOMENTS = {"since", "at", "until", "adopted", "changed", "due", "next_try"}
TRANSLATED = {"lead", "told", "why"}
"""Columns of the outbox that m006 takes apart."""


def steps():
    names = [step.name for step in MIGRATIONS.pending(Database(memory=True))]
    return dict(zip(names, [*names[1:], None], strict=True))


def fill(database):
    """Two rows in every table, with a value in every column that has no reason to be empty."""
    for table in database.tables:
        if table.name.startswith(("_", "sqlite_")):
            continue
        for number in (1, 2):
            row = {c.name: example(table.name, c, number) for c in table.columns}
            table.insert(row)


def example(table, column, number):
    if column.name == "id" and table == "conversations":
        return f"a:{number}"
    if column.name in EXAMPLES:
        value = EXAMPLES[column.name]
        return value.format(number) if isinstance(value, str) else value
    if column.type == "INTEGER":
        return number
    if column.name in DAYS:
        return f"2026-11-2{number}"
    if column.name in MOMENTS or column.name.endswith("_at"):
        return f"2026-12-09T09:00:0{number}+00:00"
    return f"{column.name} {number}"


def dump_of(step):
    """The SQL file of a database that this step was the last to change."""
    return OLDER / f"{step.partition('_')[0]}.sql"


def write_missing_dumps():
    for step, following in steps().items():
        if not dump_of(step).exists():
            database = Database(memory=True)
            MIGRATIONS.apply(database, stop_before=following)
            fill(database)
            dump_of(step).write_text("\n".join(database.conn.iterdump()) + "\n", "utf-8")
            database.close()


if __name__ == "__main__":
    write_missing_dumps()
