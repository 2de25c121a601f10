"""Opens the SQLite file, brings it to this version, and refuses what it must not touch."""

import sqlite3
from pathlib import Path

import sqlite_utils

from bot.store.migrations import MIGRATIONS

_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 10.0
"""How long a write waits for another process (a deploy that overlaps) before it fails."""


class UnusableDatabaseError(Exception):
    """The file cannot be used; the sentence says why and what to do. The file was not touched."""


def open_database(path: Path) -> sqlite_utils.Database:
    """Open, or make, the database at `path` in WAL mode and apply what migrations it lacks.

    Raises:
        UnusableDatabaseError: where the file is no database, is damaged, was written by a newer
            version, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _look(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} cannot be opened ({error}); check the folder and its rights."
        ) from error
    database = sqlite_utils.Database(connection)
    try:
        _refuse_newer(database, path)
        database.enable_wal()
        # A commit must survive the process being killed; only a power cut may cost the last ones.
        database.execute("pragma synchronous = normal")
        MIGRATIONS.apply(database)
    except sqlite3.Error as error:
        database.close()
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} cannot be written ({error}); check the rights and the free space."
        ) from error
    except UnusableDatabaseError:
        database.close()
        raise
    return database


def inspect(path: Path) -> None:
    """Look whether the file is a healthy database, and change nothing.

    Raises:
        UnusableDatabaseError: where it is not.
    """
    _look(path)


def _look(path: Path) -> None:
    """Refuse a file that is no healthy database before anything can write to it."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        header = file.read(len(_HEADER))
    if header != _HEADER:
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} is not a SQLite database; it was left as it is. "
            "Name another file, or restore a backup."
        )
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS
    )
    try:
        found = connection.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            return
        found = str(error)
    finally:
        connection.close()
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
