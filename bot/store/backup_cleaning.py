"""Takes who was forgotten out of the backups that the bot made by itself; those of an operator are theirs."""

import contextlib
import logging
import sqlite3
from collections.abc import Set as AbstractSet
from pathlib import Path

import sqlite_utils

from bot.disk import replacing
from bot.store.backups import backups_of
from bot.store.erasure import empty_log
from bot.store.file import UnusableDatabaseError, copy_database, read_only
from bot.store.forgotten import CONVERSATION, MEMBER, QUESTION, TEAM, Forgotten, digest

log = logging.getLogger(__name__)


def clean_backups(database: sqlite_utils.Database, path: Path, *, daily: bool) -> None:
    """Remove from every backup what was forgotten; at once, and `daily` what was being copied meanwhile.

    A backup is replaced whole, so a crash leaves the one or the other. One that cannot be cleaned is
    tried again every day; it is gone after as many days as backups are kept.

    Args:
        database: a connection to the database at `path`.
        path: where that lies.
        daily: whether to look once more for what was looked for before.
    """
    forgotten = Forgotten(database)
    digests = forgotten.digests(new=not daily)
    if not digests:
        return
    # Once more: at the moment itself somebody may have read the log.
    empty_log(database)
    clean = True
    for backup in backups_of(path):
        try:
            _clean(backup, digests)
        except (OSError, sqlite3.Error, UnusableDatabaseError):
            log.exception("a backup could not be cleaned of what was forgotten")
            clean = False
    forgotten.looked(digests, clean=clean)


def _clean(backup: Path, digests: AbstractSet[str]) -> None:
    with contextlib.closing(_opened(read_only(backup, alone=True), digests)) as kept:
        if not _Traces(kept).any():
            return
    with replacing(backup) as beside:
        copy_database(backup, beside)
        with contextlib.closing(_opened(sqlite3.connect(beside), digests)) as copy:
            _Traces(copy).delete()
            copy.commit()
            # Writes the file anew: nothing of what was deleted is left in a free page.
            copy.execute("vacuum")


def _opened(connection: sqlite3.Connection, digests: AbstractSet[str]) -> sqlite3.Connection:
    """The connection with the function `forgotten(kind, value)`; it keeps nothing in temporary files."""
    connection.execute("pragma temp_store = memory")
    connection.create_function(
        "forgotten", 2, lambda kind, value: digest(kind, value or "") in digests
    )
    return connection


class _Traces:
    """What a copy of any version holds of who was forgotten."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        tables = [name for (name,) in self._db.execute("select name from pragma_table_list")]
        self._columns = {
            table: {
                name
                for (name,) in self._db.execute(f"select name from pragma_table_info('{table}')")
            }
            for table in tables
        }
        self._gone = self._conversations()

    def any(self) -> bool:
        """Whether it holds anything."""
        return bool(self._gone) or any(
            self._db.execute(f"select 1 from {table} where {where} limit 1").fetchone()
            for table, where in self._questions()
        )

    def delete(self) -> None:
        """Delete all of it; the caller commits."""
        for conversation in self._gone:
            for table, columns in self._columns.items():
                if "conversation" in columns:
                    self._db.execute(f"delete from {table} where conversation = ?", [conversation])
            self._db.execute("delete from conversations where id = ?", [conversation])
        for table, where in self._questions():
            self._db.execute(f"delete from {table} where {where}")

    def _conversations(self) -> set[str]:
        """The ids of conversations that were forgotten, or are of a member or a team that was."""
        known = self._columns.get("conversations", set())
        tests = [f"forgotten('{CONVERSATION}', id)"] + [
            f"forgotten('{kind}', {kind})" for kind in (MEMBER, TEAM) if kind in known
        ]
        queries = [f"select id from conversations where {' or '.join(tests)}"] if known else []
        queries += [
            f"select distinct conversation from {table} where forgotten('{CONVERSATION}', conversation)"
            for table, columns in self._columns.items()
            if "conversation" in columns
        ]
        return {id_ for query in queries for (id_,) in self._db.execute(query)}

    def _questions(self) -> list[tuple[str, str]]:
        kept = "unanswered" in self._columns
        return [("unanswered", f"forgotten('{QUESTION}', question)")] if kept else []
