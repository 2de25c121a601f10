"""Whether the file that is open still is the one at its path, and whole.

SQLite goes on with a file that was deleted or replaced, for it keeps it open; what it writes is gone
with the process. So every write looks first (https://sqlite.org/howtocorrupt.html, section 4).
"""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakSet, WeakValueDictionary

from sqlite_utils import Database

from bot.store.reserve import Reserve

Identity = tuple[int, int]
"""Device and number of a file: what it is, whatever its name."""

DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_SHORT_READ}
"""What SQLite says where a part of the file, or of the log beside it, is missing or overwritten."""


class LostFileError(sqlite3.OperationalError):
    """What is written now would not be there after the next start."""


class NoRoomError(sqlite3.OperationalError):
    """The disk is so full that nothing may be sent: its record might not be written."""


class FileWatch:
    """What a process knows of one file; all its connections to that file share it (`watch_of`)."""

    def __init__(self, path: Path) -> None:
        """Remember which file is at `path` now."""
        self.path, self._log = path, path.with_name(path.name + "-wal")
        self.reserve = Reserve(path)
        self._identity, self._size = _identity(path), 0
        self._log_identity: Identity | None = None
        self._damage = ""
        self.users: WeakSet[Database] = WeakSet()
        """The connections that are open; the numbers of files are given again when they are closed."""

    def problem(self) -> str:
        """What is wrong with the file, for an operator; empty where nothing is known to be."""
        return self._damage or self._replaced() or self._cut()

    def require(self) -> None:
        """Look before a write.

        Raises:
            LostFileError: where the file is not there any more, or not whole.
        """
        if problem := self.problem():
            raise LostFileError(problem)

    def require_room(self) -> None:
        """Look before something is claimed that is to be sent.

        Raises:
            NoRoomError: where the disk is so full that its record might not be written.
        """
        if why := self.reserve.lacks():
            raise NoRoomError(why)
        try:
            self.reserve.fill()
        except OSError as error:
            raise NoRoomError(f"no room can be reserved ({error}), so nothing is sent") from error

    def note(self, error: BaseException) -> None:
        """Remember an error that says that the file is damaged; that does not pass."""
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and (code in DAMAGE or code & 0xFF in DAMAGE):
            self._damage = self._damage or f"it is damaged ({error})"

    def examine(self, database: Database) -> None:
        """Read the whole file, which may take seconds; it is done in a quiet hour."""
        try:
            health = database.execute("pragma quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            self.note(error)
            return
        if health != "ok":
            self._damage = f"it is damaged ({health})"

    def _replaced(self) -> str:
        for path, ours in ((self.path, self._identity), (self._log, self._log_identity)):
            now = _identity(path)
            if ours is not None and now != ours:
                return f"{path} was {'replaced' if now else 'deleted'} under the running bot"
        # SQLite makes the log with the first transaction, and keeps it for as long as we are here.
        self._log_identity = self._log_identity or _identity(self._log)
        return ""

    def _cut(self) -> str:
        try:
            size = self.path.stat().st_size
        except OSError:
            return ""
        if size < self._size:
            # It may grow again, with zeros in the place of what was there.
            self._damage = f"{self.path} was cut under the running bot"
        self._size = max(size, self._size)
        return self._damage


class WatchedDatabase(Database):
    """A connection that knows the file it opened."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Made at once after `connection` was: that is when the file at `path` is the one it opened."""
        super().__init__(connection)
        self.watch = watch_of(path)
        self.watch.users.add(self)

    def close(self) -> None:
        """Close it; the last that is closed lets go of what is known of the file."""
        self.watch.users.discard(self)
        super().close()

    def execute(
        self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None
    ) -> sqlite3.Cursor:
        """As `Database.execute`; an error that says that the file is damaged is remembered."""
        try:
            cursor: sqlite3.Cursor = super().execute(sql, parameters)
        except sqlite3.Error as error:
            self.watch.note(error)
            raise
        return cursor


_WATCHES: "WeakValueDictionary[Identity, FileWatch]" = WeakValueDictionary()
_LOCK = threading.Lock()


def watch_of(path: Path) -> FileWatch:
    """The watch over the file that is at `path` now."""
    identity = _identity(path)
    with _LOCK:
        watch = _WATCHES.get(identity) if identity else None
        if watch is None or not watch.users:
            watch = FileWatch(path)
            if identity:
                _WATCHES[identity] = watch
        return watch


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
