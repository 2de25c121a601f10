"""The processes on one database: which still live, and which has read the newest calendar.

Each holds the lock on one byte of a file beside the database. The operating system lets go of it
the moment a process ends, however it ends, and whatever its clock, number or container says. Which file
that is, each process says in the database: where somebody deleted it, two may hold locks on two files,
and then only who has been silent in the database for long counts as dead.
"""

import os
import secrets
import sys
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.rows import first_row
from bot.store.stillness import Stillness

if sys.platform == "win32":  # pragma: no cover - written by the manual, never run by us
    import msvcrt
else:
    import fcntl

LOCK_FILE_SUFFIX = "-alive"
"""Of the file beside the database. Every version uses the same, for they overlap during a deploy."""
LOCK_BYTES = 2**30
"""How many bytes can be locked; the file itself stays empty, for a lock may lie beyond its end."""


class Processes:
    """This process among the others on the database; make one in a process."""

    def __init__(self, database: sqlite_utils.Database, path: Path, stillness: Stillness) -> None:
        """Lock a byte, chosen at random, of the file beside the database at `path`; its number is the `id`.

        `stillness` says when a process whose lock cannot be looked at is dead.
        """
        self._db, self._stillness = database, stillness
        self._path = path.with_name(path.name + LOCK_FILE_SUFFIX)
        self._file = self._path.open("ab+")
        byte = secrets.randbelow(LOCK_BYTES)
        while not self._lock(byte):
            byte = secrets.randbelow(LOCK_BYTES)
        self.id = str(byte)
        self._calendar = ""
        self.beat()

    def beat(self) -> None:
        """Say in the database that this process lives, and in which file its lock is."""
        self._follow_lock_file()
        with write_transaction(self._db):
            self._db.execute(
                """
                insert into heartbeats values (?, ?, 1)
                on conflict (process) do update set lock_file = excluded.lock_file, beats = beats + 1
                """,
                [self.id, _identity(os.fstat(self._file.fileno()))],
            )

    def close(self) -> None:
        """Unlock the byte: from now on this process counts as dead, and another may send."""
        with write_transaction(self._db):
            self._remove(self.id)
        self._file.close()

    def is_dead(self, process: str) -> bool:
        """Whether a process has ended; never of this one."""
        if process == self.id or not process.isdigit():
            return process != self.id
        if not self._lock(int(process)):
            return False
        self._unlock(int(process))
        row = first_row(self._db, "select * from heartbeats where process = ?", process)
        if row is None or row["lock_file"] == _identity(os.fstat(self._file.fileno())):
            return True
        return self._stillness.too_long(process, row["beats"])

    def _follow_lock_file(self) -> None:
        """Lock our byte in the file that is there now, where somebody deleted or replaced the other."""
        try:
            there = _identity(self._path.stat())
        except OSError:
            there = ""
        if there == _identity(os.fstat(self._file.fileno())):
            return
        before, self._file = self._file, self._path.open("ab+")
        if not self._lock(int(self.id)):
            # Somebody else's by a chance of one in a milliard; silence tells of us, too.
            self._file.close()
            self._file = before
            return
        before.close()

    def _remove(self, process: str) -> None:
        self._db.execute("update lease set renewals = 0 where owner = ?", [process])
        self._db.execute("delete from processes where id = ?", [process])
        self._db.execute("delete from heartbeats where process = ?", [process])

    def adopt_calendar(self, calendar: str, now: datetime) -> bool:
        """Record which calendar this process reads, and say whether no living process reads a newer one.

        During a deploy an old and a new process may read different files. The one that read its
        files last decides what is sent; the other stands by, else each would correct what the other
        sent. `calendar` is a hash, the same for the same meetings. Dead processes are removed.
        """
        with write_transaction(self._db):
            if calendar != self._calendar:
                self._db.execute(
                    "insert or replace into processes values (?, ?, ?)",
                    [self.id, calendar, now.isoformat()],
                )
            newer = self._db.query(
                """
                select other.id from processes other join processes mine on mine.id = ?
                where other.calendar <> mine.calendar
                  and (other.adopted, other.id) > (mine.adopted, mine.id)
                """,
                [self.id],
            )
            ids = [row["id"] for row in newer]
            gone = [process for process in ids if self.is_dead(process)]
            for process in gone:
                self._remove(process)
        self._calendar = calendar
        return len(gone) == len(ids)

    if sys.platform == "win32":  # pragma: no cover

        def _lock(self, byte: int) -> bool:
            self._file.seek(byte)
            try:
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

        def _unlock(self, byte: int) -> None:
            self._file.seek(byte)
            msvcrt.locking(self._file.fileno(), msvcrt.LK_UNLCK, 1)

    else:

        def _lock(self, byte: int) -> bool:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
            except OSError:
                return False
            return True

        def _unlock(self, byte: int) -> None:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)


def _identity(status: os.stat_result) -> str:
    """Which file it is, whatever its name."""
    return f"{status.st_dev}:{status.st_ino}"
