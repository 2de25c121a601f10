"""Puts a backup in the place of the database: looks at it first, and throws nothing away."""

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.disk import replacing
from bot.store.file import UnusableDatabaseError, copy_database, is_database, read_only
from bot.store.versions import newer_step

BUSY_SECONDS = 1.0
"""How long a restore waits for a process that has the database open, before it refuses."""
IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
WAITING = "state in ('planned', 'sending')"
OF_THIS_BOT = {"_sqlite_migrations", "conversations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a database holds, told to an operator who has to choose between two."""

    conversations: int
    subscribed: int
    waiting: int
    """Reminders and corrections that are planned."""
    due: int
    """Those of them whose moment has passed: they go out at the next start, also where they were sent before."""
    latest: str
    """The last day or moment at which something was written, as far as the rows tell; empty where they do not."""

    def __str__(self) -> str:
        """One phrase, in English as all of the command line's."""
        return (
            f"{self.conversations} conversations, {self.subscribed} subscribed, {self.waiting} reminders waiting, "
            f"last written {self.latest or 'never'}"
        )


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    summary: Summary
    """Of the backup, now the database."""
    aside: Path | None
    """Where what was there before lies now."""


def restore(backup: Path, to: Path, now: datetime, *, replace: bool) -> Restored:
    """Put a copy of `backup` at `to`; what was there is kept beside it under another name.

    Args:
        backup: a file that `app.py backup` or the bot itself made; it is only read.
        to: where the database lies; its folder is made where it is not there.
        now: tells what is due, and names what is put aside.
        replace: whether a database that is there may be put aside.

    Raises:
        UnusableDatabaseError: where the backup cannot be used, where a database is there and `replace` is
            false, where that is in use, or where the copy cannot be written. Nothing was changed.
    """
    summary = examine(backup, now)
    there = to.exists() and to.stat().st_size > 0
    if there:
        _may_go(to, backup, summary, now, replace=replace)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with replacing(to) as beside:
            copy_database(backup, beside, alone=True)
            _let_go(beside)
            aside = _put_aside(to, now) if there else None
    except (OSError, sqlite3.Error) as error:
        raise UnusableDatabaseError(
            f"DATABASE_PATH {to} could not be written ({error}); check the rights and the free space."
        ) from error
    return Restored(summary, aside)


def _may_go(to: Path, backup: Path, summary: Summary, now: datetime, *, replace: bool) -> None:
    if to.samefile(backup):
        raise UnusableDatabaseError(
            f"{backup} is the database itself; there is nothing to restore."
        )
    if not replace:
        raise UnusableDatabaseError(
            f"DATABASE_PATH {to} is there already ({_described(to, now)}). The backup: {summary}. "
            "Nothing was changed. To put the backup in its place, and it aside, add --replace."
        )


def examine(backup: Path, now: datetime) -> Summary:
    """Read a whole backup before anything is done with it; change nothing.

    Raises:
        UnusableDatabaseError: where it is no database, damaged, not of this bot, or of a newer version.
    """
    try:
        usable = backup.is_file() and is_database(backup)
    except OSError as error:
        raise UnusableDatabaseError(f"{backup} cannot be read ({error.strerror}).") from error
    if not usable:
        raise UnusableDatabaseError(f"{backup} is not there, or is no backup; nothing was changed.")
    try:
        with contextlib.closing(Database(read_only(backup, alone=True))) as database:
            health = database.execute("pragma integrity_check(1)").fetchone()[0]
            if health == "ok":
                _refuse(database, backup)
                return _summary(database, now)
    except sqlite3.Error as error:
        health = str(error)
    raise UnusableDatabaseError(
        f"{backup} is damaged ({health}); nothing was changed. Take an earlier backup."
    )


def _refuse(database: Database, backup: Path) -> None:
    if OF_THIS_BOT - set(database.table_names()):
        raise UnusableDatabaseError(f"{backup} is no database of this bot; nothing was changed.")
    if newer := newer_step(database):
        raise UnusableDatabaseError(
            f"{backup} was written by a newer version of the bot ({newer}); nothing was changed. "
            "Restore it with that version, or take an earlier backup."
        )


def _summary(database: Database, now: datetime) -> Summary:
    """Read what is there: a backup of an older version has fewer tables."""
    tables = set(database.table_names())

    def value(table: str, what: str, where: str = "true") -> str | int | None:
        if table not in tables:
            return None
        query = f"select {what} from {table} where {where}"
        one: str | int | None = database.execute(query, {"now": now.isoformat()}).fetchone()[0]
        return one

    def count(table: str, where: str = "true") -> int:
        return int(value(table, "count(*)", where) or 0)

    seen, sent = value("conversations", "max(seen_at)"), value("outbox", "max(sent_at)")
    return Summary(
        conversations=count("conversations"),
        subscribed=count("subscriptions", "active = 1"),
        waiting=count("outbox", WAITING),
        due=count("outbox", f"{WAITING} and due <= :now"),
        latest=max(str(seen or ""), str(sent or ""))[:16],
    )


def _described(path: Path, now: datetime) -> str:
    try:
        return str(examine(path, now))
    except UnusableDatabaseError as error:
        return str(error).partition(";")[0]


def _let_go(copy: Path) -> None:
    """No process that ran when the backup was made runs on this copy: the first that starts may send at once."""
    with contextlib.closing(sqlite3.connect(copy)) as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master")}
        for table in tables & {"lease", "heartbeats", "processes"}:
            database.execute(f"delete from {table}")
        database.commit()


def _put_aside(path: Path, now: datetime) -> Path:
    """Give what is there another name; with what SQLite keeps beside it, where that still belongs to it."""
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as database:
        try:
            # For this connection alone, which fails where any other process has it open; its end empties the log.
            database.execute("pragma locking_mode = exclusive")
            database.execute("begin exclusive")
            database.rollback()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in IN_USE:
                raise UnusableDatabaseError(
                    f"DATABASE_PATH {path} is in use; nothing was changed. Stop the bot first."
                ) from error
    aside = path.with_name(f"{path.stem}.before-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
    for end in ("-wal", "-shm", ""):
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    return aside
