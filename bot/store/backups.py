"""A backup a day, beside the database, and which is the newest.

They guard against a file that is lost or spoiled, and not against a disk that is: for that an operator
copies the folder elsewhere.
"""

import logging
import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

from bot.disk import replacing
from bot.store.erasure import empty_log
from bot.store.file import UnusableDatabaseError, copy_database
from bot.store.watch import WatchedDatabase

log = logging.getLogger(__name__)

FOLDER = "backups"
FREE_TIMES = 2
"""So many times its size must be free before a backup is made, for the bot itself must go on writing."""

LEFT_SECONDS = 3_600.0
"""After which a backup that was begun will not be finished any more."""


def newest_backup(path: Path) -> Path | None:
    """The newest backup of the database at `path` that was made by itself."""
    made = backups_of(path)
    return made[-1] if made else None


def look_after(database: WatchedDatabase, path: Path, kept: int, now: datetime) -> None:
    """What is done once a day: empty the log, read the whole file, and make a backup where it is whole.

    Args:
        database: a connection to it.
        path: where it lies.
        kept: how many backups are kept; 0 makes none, and removes none.
        now: names the backup by its day; there is one of a day, whoever makes it.
    """
    empty_log(database)
    database.watch.examine(database)
    if problem := database.watch.problem():
        log.error("the database cannot be relied on, so no backup is made: %s", problem)
    elif kept:
        _keep_backup(path, kept, now.date())


def _keep_backup(path: Path, kept: int, day: date) -> None:
    to = path.parent / FOLDER / f"{path.stem}-{day.isoformat()}{path.suffix}"
    if to.exists():
        return
    try:
        to.parent.mkdir(mode=0o700, exist_ok=True)
        if shutil.disk_usage(to.parent).free < FREE_TIMES * path.stat().st_size:
            log.error("no backup was made: too little is free on the disk")
            return
        with replacing(to) as beside:
            _remove_leftovers(path, beside)
            copy_database(path, beside)
        for old in backups_of(path)[:-kept]:
            old.unlink()
    except (OSError, sqlite3.Error, UnusableDatabaseError):
        # Reminders do not wait for a backup; there is another chance tomorrow.
        log.exception("no backup could be made")


def _remove_leftovers(path: Path, beside: Path) -> None:
    """Remove what a process left that was killed while it made a backup; what is young may be another's."""
    begun = beside.stat().st_mtime
    for left in beside.parent.glob(f".{path.stem}-????-??-??{path.suffix}.*.new"):
        if begun - left.stat().st_mtime > LEFT_SECONDS:
            left.unlink(missing_ok=True)


def backups_of(path: Path) -> list[Path]:
    """The oldest first; what has another name is somebody else's."""
    return sorted((path.parent / FOLDER).glob(f"{path.stem}-????-??-??{path.suffix}"))
