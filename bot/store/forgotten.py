"""Who was forgotten a short while ago, as digests: until the backups that the bot made are cleaned of them, too."""

import hashlib
from collections.abc import Iterable

import sqlite_utils

from bot.store.database import write_transaction

CONVERSATION, MEMBER, TEAM, QUESTION = "conversation", "member", "team", "question"
Identified = tuple[str, str]
"""What kind of thing, and its id or text."""


def digest(kind: str, value: str) -> str:
    """What tells that something is the same, and not what it was."""
    return hashlib.sha256(f"{kind}\0{value}".encode("utf-8", "surrogatepass")).hexdigest()


class Forgotten:
    """Remembers digests for a day at most: a backup that was being made meanwhile is cleaned the next day."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `forgotten` of `database`."""
        self._db = database

    def add(self, things: Iterable[Identified]) -> None:
        """Remember them; the caller opens the transaction."""
        for kind, value in things:
            if value:
                self._db.execute(
                    "insert or replace into forgotten values (?, 0)", [digest(kind, value)]
                )

    def digests(self, *, new: bool) -> frozenset[str]:
        """All of them, or only the new, for which the backups were not looked through yet."""
        which = "where looks = 0" if new else ""
        rows = self._db.query(f"select digest from forgotten {which}")
        return frozenset(row["digest"] for row in rows)

    def looked(self, digests: Iterable[str], *, clean: bool) -> None:
        """The backups were looked through for these; a second time is enough where all of them are `clean`."""
        with write_transaction(self._db):
            for each in digests:
                if clean:
                    self._db.execute("delete from forgotten where digest = ? and looks > 0", [each])
                self._db.execute("update forgotten set looks = 1 where digest = ?", [each])
