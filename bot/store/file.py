"""The database as a file: looked at before anything writes to it, and copied while it is in use."""

import contextlib
import sqlite3
from pathlib import Path

from bot.disk import replacing

_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 10.0
"""How long a write waits for another connection or process (a deploy that overlaps) before it fails."""


class UnusableDatabaseError(Exception):
    """The file cannot be used; the sentence says why and what to do. The file was not touched."""


class UnwritableDatabaseError(UnusableDatabaseError):
    """It cannot be written: rights, a read-only disk, no space. The bot can answer without it."""


_UNWRITABLE = {
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_AUTH),
}


def unusable(error: OSError | sqlite3.Error, sentence: str) -> UnusableDatabaseError:
    """The error that fits: one that a bot can live with, or one that it must not start with."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
    return (UnwritableDatabaseError if code in _UNWRITABLE else UnusableDatabaseError)(sentence)


def check_integrity(path: Path) -> None:
    """Refuse a file that is no healthy database before anything can write to it; change nothing.

    Raises:
        UnusableDatabaseError: where it is not one.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    if not is_database(path):
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} is not a SQLite database; it was left as it is. "
            "Name another file, or restore a backup."
        )
    with contextlib.closing(read_only(path, alone=True)) as connection:
        try:
            health = connection.execute("pragma quick_check(1)").fetchone()[0]
        except sqlite3.OperationalError:
            # In use, or without rights: opening it for real will say so.
            return
        except sqlite3.DatabaseError as error:
            health = str(error)
    if health != "ok":
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} is damaged ({health}); it was left as it is. Restore a backup, or name another file."
        )


def backup(path: Path, to: Path) -> None:
    """Make a consistent copy of the database while it is in use.

    Raises:
        UnusableDatabaseError: where there is nothing to copy, or `to` cannot be written.
    """
    if not path.exists():
        raise UnusableDatabaseError(
            f"DATABASE_PATH {path} does not exist; there is nothing to copy."
        )
    check_integrity(path)
    if to.exists() and (to.samefile(path) or not is_database(to)):
        raise UnusableDatabaseError(
            f"{to} exists and is no earlier backup; it was left as it is. Name another file."
        )
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with replacing(to) as beside:
            copy_database(path, beside)
    except (OSError, sqlite3.Error) as error:
        raise UnusableDatabaseError(
            f"the copy {to} could not be written ({error}); check the rights and the free space."
        ) from error


def copy_database(path: Path, to: Path, *, alone: bool = False) -> None:
    """Copy a database that may be in use into the empty file `to`, and read the copy.

    Args:
        path: the database, which is only read.
        to: an empty file.
        alone: nobody uses the database, so nothing is made beside it.

    Raises:
        UnusableDatabaseError: where the copy is damaged.
        sqlite3.Error: where it cannot be made.
    """
    with (
        contextlib.closing(read_only(path, alone=alone)) as source,
        contextlib.closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
        # One file, without a -wal beside it: it can be moved and sent as it is.
        copy.execute("pragma journal_mode = delete")
        health = copy.execute("pragma quick_check(1)").fetchone()[0]
    if health != "ok":
        raise UnusableDatabaseError(f"the copy of {path} is damaged ({health}); nothing was kept.")


def read_only(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """A connection that cannot write; `alone`: where nobody uses the file, leave no -wal and -shm beside it."""
    unused = alone and not path.with_name(path.name + "-wal").exists()
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?{'immutable=1' if unused else 'mode=ro'}",
        uri=True,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )


def is_database(path: Path) -> bool:
    """Whether it begins as a SQLite file does."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER
