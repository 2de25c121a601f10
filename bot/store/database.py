"""Opens the database, brings it to this version, and refuses one that a newer version wrote."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from bot.disk import keep_private
from bot.health import Health
from bot.store.backups import newest_backup
from bot.store.erasure import overwrite_deleted
from bot.store.file import (
    BUSY_SECONDS,
    UnusableDatabaseError,
    UnwritableDatabaseError,
    check_integrity,
    read_only,
    unusable,
)
from bot.store.migrations import MIGRATIONS
from bot.store.versions import newer_step
from bot.store.watch import WatchedDatabase

MIGRATION_SECONDS = 60.0
"""How long a start waits for another process that migrates: 380,000 rows of the outbox take 7 s."""
SHORT_SECONDS = 0.5
"""How long one attempt waits for another connection that writes, where it is made again."""
STEP = 500
"""Rows that are deleted in one transaction."""


def open_database(path: Path) -> WatchedDatabase:
    """Open, or make, the database at `path` in WAL mode and apply what migrations it lacks.

    Raises:
        UnwritableDatabaseError: where it cannot be written.
        UnusableDatabaseError: where the file is no database, is damaged, or was written by a newer
            version.
    """
    try:
        database = _made(path)
    except (OSError, sqlite3.Error) as error:
        raise unusable(
            error,
            f"DATABASE_PATH {path} cannot be opened ({error}); check the folder and its rights.",
        ) from error
    try:
        _refuse_newer(database, path)
        _migrate(database)
    except sqlite3.Error as error:
        database.close()
        raise unusable(
            error,
            f"DATABASE_PATH {path} cannot be written ({error}); check the rights and the free space.",
        ) from error
    except UnusableDatabaseError:
        database.close()
        raise
    return database


def connect_to_write(path: Path) -> WatchedDatabase:
    """One more connection for what members say, for a thread that tries again rather than wait long."""
    return _connect(path, SHORT_SECONDS)


def connect(path: Path) -> WatchedDatabase:
    """One more connection to a database that `open_database` opened, for another thread.

    A commit on it survives the process being killed; after a power cut the last ones may be lost
    (`synchronous = normal`), which the first connection, where people's own commands are kept, never
    lets happen.
    """
    database = _connect(path)
    database.execute("pragma synchronous = normal")
    # What a fan-out to ten thousand looks at again and again fits in 8 MB.
    database.execute("pragma cache_size = -8000")
    return database


def open_read_only(path: Path) -> Database | None:
    """A connection that can only read, and changes nothing; None where there is no database of this version."""
    if not path.exists():
        return None
    check_integrity(path)
    database = Database(read_only(path, alone=True))
    try:
        _refuse_newer(database, path)
        if not MIGRATIONS.pending(database):
            return database
    except sqlite3.Error as error:
        database.close()
        raise UnusableDatabaseError(f"DATABASE_PATH {path} cannot be read ({error}).") from error
    except UnusableDatabaseError:
        database.close()
        raise
    database.close()
    return None


def check_usable(path: Path) -> None:
    """Refuse what `open_database` would refuse of a file, where there is one; change nothing.

    Raises:
        UnusableDatabaseError: where it is no database, is damaged, or was written by a newer version.
    """
    if database := open_read_only(path):
        database.close()


@contextlib.contextmanager
def write_transaction(database: Database) -> Iterator[None]:
    """One transaction that writes: all or nothing.

    It takes the lock at its start. One that reads first and writes later would fail at once, without
    waiting, where another connection wrote in between.

    Raises:
        LostFileError: where the file is not there any more, or is damaged; nothing was written.
    """
    watch = database.watch if isinstance(database, WatchedDatabase) else None
    if watch:
        watch.require()
    database.conn.execute("begin immediate")
    try:
        yield
        database.conn.commit()
    except BaseException as error:
        if watch:
            watch.note(error)
        database.conn.rollback()
        raise


def delete_in_steps(database: Database, table: str, where: str, value: str) -> int:
    """Delete the rows of `where`, some in a transaction, so that nobody waits long for it; how many."""
    deleted = 0
    while True:
        with write_transaction(database):
            some: int = database.execute(
                f"delete from {table} where id in (select id from {table} where {where} limit {STEP})",
                [value],
            ).rowcount
        deleted += some
        if some < STEP:
            return deleted


def health(database: WatchedDatabase) -> Health:
    """Whether it can be written, into a file that is still there and whole."""
    try:
        with write_transaction(database):
            database.execute("update conversations set seen_at = seen_at where id = ''")
        # Reads what is in the log and not yet in the file: it fails where the log was cut.
        database.execute("pragma wal_checkpoint(passive)").fetchone()
    except sqlite3.Error as error:
        if lost := database.watch.problem():
            newest = newest_backup(database.watch.path) or "a backup"
            return Health(ok=False, detail=f"{lost}; stop it, restore {newest}, start it")
        return Health(ok=False, detail=f"not writable: {error}")
    full = database.watch.reserve.lacks()
    return Health(ok=not full, detail=full)


def _connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> WatchedDatabase:
    connection = sqlite3.connect(path, timeout=busy_seconds, check_same_thread=False)
    database = WatchedDatabase(connection, path)
    overwrite_deleted(database)
    return database


def _made(path: Path) -> WatchedDatabase:
    """A connection to a file that is healthy, or new, and for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _refuse_lost(path)
    check_integrity(path)
    # SQLite gives the files beside it (-wal, -shm) the same rights.
    keep_private(path)
    return _connect(path)


def _refuse_lost(path: Path) -> None:
    """Begin no empty database where there was one: who subscribed would be forgotten without a word."""
    gone = not path.exists() or path.stat().st_size == 0
    if gone and (newest := newest_backup(path)):
        raise UnwritableDatabaseError(
            f"DATABASE_PATH {path} is gone, and there is a backup: python app.py restore {newest}, and restart. "
            "To begin an empty one, move the folder of the backups away."
        )


def _migrate(database: Database) -> None:
    """Two processes that start together take turns: the second finds nothing left to do."""
    database.enable_wal()
    database.execute(f"pragma busy_timeout = {MIGRATION_SECONDS * 1000:.0f}")
    with write_transaction(database):
        MIGRATIONS.apply(database)
    database.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def _refuse_newer(database: Database, path: Path) -> None:
    if newer := newer_step(database):
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} was written by a newer version of the bot ({newer}); it was left as it is. "
            "Run that version, or restore a backup."
        )
