"""Opens the SQLite file, brings it to this version, copies it, and refuses what it must not touch."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlite_utils

from bot.store.migrations import MIGRATIONS

_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 10.0
"""How long a write waits for another connection or process (a deploy that overlaps) before it fails."""


class UnusableDatabaseError(Exception):
    """The file cannot be used; the sentence says why and what to do. The file was not touched."""


class ShutDatabaseError(UnusableDatabaseError):
    """It cannot be written: rights, a read-only disk, no space. The bot can answer without it."""


_SHUT = {
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_AUTH),
}


def _unusable(error: OSError | sqlite3.Error, sentence: str) -> UnusableDatabaseError:
    """The error that fits: one that a bot can live with, or one that it must not start with."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
    return (ShutDatabaseError if code in _SHUT else UnusableDatabaseError)(sentence)


def open_database(path: Path) -> sqlite_utils.Database:
    """Open, or make, the database at `path` in WAL mode and apply what migrations it lacks.

    Raises:
        ShutDatabaseError: where it cannot be written.
        UnusableDatabaseError: where the file is no database, is damaged, or was written by a newer
            version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _look(path)
        database = _connect(path)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(
            error,
            f"DATABASE_PATH {path} cannot be opened ({error}); check the folder and its rights.",
        ) from error
    try:
        _refuse_newer(database, path)
        database.enable_wal()
        # Two processes that start together take turns: the second finds nothing left to do.
        with writing(database):
            MIGRATIONS.apply(database)
    except sqlite3.Error as error:
        database.close()
        raise _unusable(
            error,
            f"DATABASE_PATH {path} cannot be written ({error}); check the rights and the free space.",
        ) from error
    except UnusableDatabaseError:
        database.close()
        raise
    return database


def connect(path: Path) -> sqlite_utils.Database:
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


def look_into(path: Path) -> sqlite_utils.Database | None:
    """A connection that can only read, and changes nothing; None where there is no database of this version."""
    if not path.exists():
        return None
    _look(path)
    database = sqlite_utils.Database(_read_only(path, alone=True))
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


@contextlib.contextmanager
def writing(database: sqlite_utils.Database) -> Iterator[None]:
    """One transaction that writes: all or nothing.

    It takes the lock at its start. One that reads first and writes later would fail at once, without
    waiting, where another connection wrote in between.
    """
    database.conn.execute("begin immediate")
    try:
        yield
    except BaseException:
        database.conn.rollback()
        raise
    database.conn.commit()


def backup(path: Path, to: Path) -> None:
    """Make a consistent copy of the database while it is in use.

    Raises:
        UnusableDatabaseError: where there is nothing to copy, or `to` cannot be written.
    """
    if not path.exists():
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} does not exist; there is nothing to copy."
        )
    _look(path)
    if to.exists() and (to.samefile(path) or not _is_database(to)):
        raise UnusableDatabaseError(
            f"{to} exists and is no earlier backup; it was left as it is. Name another file."
        )
    beside = to.with_name(to.name + ".new")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with (
            contextlib.closing(_read_only(path)) as source,
            contextlib.closing(sqlite3.connect(beside)) as copy,
        ):
            source.backup(copy)
            # One file, without a -wal beside it: it can be moved and sent as it is.
            copy.execute("pragma journal_mode = delete")
            found = copy.execute("pragma quick_check(1)").fetchone()[0]
        if found != "ok":
            raise UnusableDatabaseError(
                f"the copy of {path} is damaged ({found}); nothing was kept."
            )
        beside.replace(to)
    except (OSError, sqlite3.Error) as error:
        raise UnusableDatabaseError(
            f"the copy {to} could not be written ({error}); check the rights and the free space."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def inspect(path: Path) -> None:
    """Look whether the file is a healthy database, and change nothing.

    Raises:
        UnusableDatabaseError: where it is not.
    """
    _look(path)


def _connect(path: Path) -> sqlite_utils.Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    return sqlite_utils.Database(connection)


def _read_only(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """A connection that cannot write; `alone`: where nobody uses the file, leave no -wal and -shm beside it."""
    unused = alone and not path.with_name(path.name + "-wal").exists()
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?{'immutable=1' if unused else 'mode=ro'}",
        uri=True,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def _look(path: Path) -> None:
    """Refuse a file that is no healthy database before anything can write to it."""
    if not path.exists() or path.stat().st_size == 0:
        return
    if not _is_database(path):
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} is not a SQLite database; it was left as it is. "
            "Name another file, or restore a backup."
        )
    with contextlib.closing(_read_only(path, alone=True)) as connection:
        try:
            found = connection.execute("pragma quick_check(1)").fetchone()[0]
        except sqlite3.OperationalError:
            # In use, or without rights: opening it for real will say so.
            return
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} is damaged ({found}); it was left as it is. Restore a backup, or name another file."
        )


def _refuse_newer(database: sqlite_utils.Database, path: Path) -> None:
    known = {migration.name for migration in MIGRATIONS._migrations}  # noqa: SLF001 - there is no public list of all
    newer = sorted({migration.name for migration in MIGRATIONS.applied(database)} - known)
    if newer:
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} was written by a newer version of the bot ({newer[-1]}); it was left as it is. "
            "Run that version, or restore a backup."
        )
