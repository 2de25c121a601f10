"""Which process sends: one at a time, agreed in the database, in the transaction of every claim.

A file beside the database may be deleted, a clock may be set and a process may be stopped at any moment;
whoever sends after that finds in the database that it may not.
"""

from collections.abc import Callable
from enum import Enum, auto

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.rows import first_row
from bot.store.stillness import Stillness
from bot.store.versions import newer_step

SENDER = "sender"


class Standing(Enum):
    """What a process may do."""

    OURS = auto()
    """It sends."""
    TAKEN_OVER = auto()
    """It sends from now on; another did until a moment ago."""
    OTHERS = auto()
    """Another process sends."""
    NEWER_MEETINGS = auto()
    """Another process reads newer meetings."""
    NEWER_VERSION = auto()
    """A newer version of the bot changed the database; this one does not know what its columns mean."""


class Lease:
    """The right to send, of one process at a time. Every method but `is_ours` is one transaction."""

    def __init__(
        self,
        database: sqlite_utils.Database,
        owner: str,
        *,
        is_dead: Callable[[str], bool],
        stillness: Stillness,
    ) -> None:
        """Read and write the table `lease` of `database` in the name of the process `owner`.

        Args:
            database: where all processes look.
            owner: this process.
            is_dead: whether another process has ended.
            stillness: when a right that is not renewed is free.
        """
        self._db, self.owner, self._is_dead = database, owner, is_dead
        self._stillness = stillness

    def hold(self) -> Standing:
        """Take the right to send where it is free, renew it where it is ours; what we may do."""
        with write_transaction(self._db):
            if newer_step(self._db):
                return Standing.NEWER_VERSION
            row = first_row(self._db, "select * from lease where name = ?", SENDER)
            if row is None:
                self._db.execute("insert into lease values (?, ?, 1)", [SENDER, self.owner])
                return Standing.OURS
            ours = row["owner"] == self.owner
            if not ours and not self._is_free(row["owner"], row["renewals"]):
                return Standing.OTHERS
            self._db.execute(
                "update lease set owner = ?, renewals = renewals + 1 where name = ?",
                [self.owner, SENDER],
            )
        return Standing.OURS if ours else Standing.TAKEN_OVER

    def is_ours(self) -> bool:
        """Whether this process may send still; asked in the transaction of each claim."""
        row = first_row(
            self._db,
            "select 1 from lease where name = ? and owner = ? and renewals > 0",
            SENDER,
            self.owner,
        )
        return row is not None and not newer_step(self._db)

    def release(self) -> None:
        """Let another process send, if this one did."""
        with write_transaction(self._db):
            self._db.execute(
                "update lease set renewals = 0 where name = ? and owner = ?", [SENDER, self.owner]
            )

    def _is_free(self, owner: str, renewals: int) -> bool:
        still = self._stillness.too_long(owner, renewals)
        return renewals == 0 or still or self._is_dead(owner)
