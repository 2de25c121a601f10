"""Room on the disk that is kept for what must be written: how a send ended, and that somebody said stop.

A disk fills up between a send and its record, whoever fills it. So nothing is sent before there is a file
that takes as much as all records of what is under way, and it is cut where one finds no room.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.disk import keep_private

T = TypeVar("T")

STEP = 32_768
"""Bytes that are given at once, as much as one record takes; what else there is somebody else might take."""
SIZE = 96 * STEP
"""Bytes: 64 sends may be under way, and members say stop meanwhile."""
MARGIN = 1_000_000
"""Bytes that must be free beside it, for what else is written."""
FULL = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE),
    *(sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_FSYNC),
}
"""What SQLite says where a disk, or a quota, is full."""


class Reserve:
    """The file beside the database; all processes share it."""

    def __init__(self, path: Path) -> None:
        """Reserve room where the database at `path` lies."""
        self._file = path.with_name(path.name + "-reserve")

    def lacks(self) -> str:
        """Why what is sent now might not be recorded, for an operator; empty where it can be."""
        try:
            free = shutil.disk_usage(self._file.parent).free
        except OSError as error:
            return f"the disk cannot be looked at ({error.strerror}), so nothing is sent"
        needed = MARGIN + SIZE - self._size()
        return f"only {free} bytes are free, so nothing is sent" if free < needed else ""

    def fill(self) -> None:
        """Take what is missing.

        Raises:
            OSError: where that cannot be done; nothing is taken then.
        """
        if self._size() >= SIZE:
            return
        keep_private(self._file)
        try:
            with self._file.open("wb") as file:
                # By chance, for a file system may store zeros without taking room for them.
                file.write(os.urandom(SIZE))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._file.unlink(missing_ok=True)
            raise

    def give(self) -> bool:
        """Let somebody write who must; False where nothing is left to give."""
        size = self._size()
        if size:
            with contextlib.suppress(OSError):
                os.truncate(self._file, max(size - STEP, 0))
                return True
        return False

    def for_record(self, write: Callable[[], T]) -> T:
        """The result of `write`, which is done again with a part of the room where the disk is full.

        Raises:
            sqlite3.Error: where it fails all the same, or for another reason.
        """
        while True:
            try:
                return write()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in FULL or not self.give():
                    raise

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except OSError:
            return 0
