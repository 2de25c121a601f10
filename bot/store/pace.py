"""What all processes on the database must hold to while they send."""

from datetime import datetime

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.rows import first_row

PAUSE = "pause"


class Pace:
    """Until when the connector wants nothing sent."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `pace` of `database`."""
        self._db = database

    def paused_until(self) -> datetime | None:
        """The moment, UTC, which may be past; None where there never was one."""
        row = first_row(self._db, "select until from pace where name = ?", PAUSE)
        return datetime.fromisoformat(row["until"]) if row else None

    def pause_until(self, moment: datetime) -> None:
        """Send nothing until then."""
        with write_transaction(self._db):
            self._db.execute(
                "insert or replace into pace values (?, ?)", [PAUSE, moment.isoformat()]
            )
