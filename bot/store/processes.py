"""The processes on one database: which still live, and which has read the newest calendar.

Each holds the lock on one byte of a file beside the database. The operating system lets go of it
the moment a process ends, however it ends, and whatever its clock, number or container says.
"""

import secrets
import sys
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.store.database import write_transaction

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

    def __init__(self, database: sqlite_utils.Database, path: Path) -> None:
        """Lock a byte, chosen at random, of the file beside the database at `path`; its number is the `id`."""
        self._db = database
        self._file = path.with_name(path.name + LOCK_FILE_SUFFIX).open("ab+")
        byte = secrets.randbelow(LOCK_BYTES)
        while not self._lock(byte):
            byte = secrets.randbelow(LOCK_BYTES)
        self.id = str(byte)
        self._calendar = ""

    def close(self) -> None:
        """Unlock the byte: from now on this process counts as dead."""
        with write_transaction(self._db):
            self._db.execute("delete from processes where id = ?", [self.id])
        self._file.close()

    def is_dead(self, process: str) -> bool:
        """Whether a process has ended; never of this one."""
        if process == self.id or not process.isdigit():
            return process != self.id
        if not self._lock(int(process)):
            return False
        self._unlock(int(process))
        return True

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
                self._db.execute("delete from processes where id = ?", [process])
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
