"""Which meetings an organiser said yes to, where what follows from them is held back."""

from datetime import datetime

import sqlite_utils

from bot.store.database import write_transaction
from bot.store.rows import first_row


class Confirmed:
    """Remembers a yes to one reading of the calendar; another reading needs another yes."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `confirmed` of `database`."""
        self._db = database

    def has(self, calendar: str) -> bool:
        """Whether somebody said yes to the calendar with this hash."""
        return (
            first_row(self._db, "select 1 from confirmed where calendar = ?", calendar) is not None
        )

    def add(self, calendar: str, now: datetime) -> None:
        """Somebody says yes to the calendar with this hash."""
        with write_transaction(self._db):
            self._db.execute(
                "insert or ignore into confirmed values (?, ?)", [calendar, now.isoformat()]
            )
