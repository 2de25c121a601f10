"""Questions that could not be answered, kept for the editors, without who asked."""

from datetime import datetime

import sqlite_utils

from bot.store.database import delete_in_steps


class Unanswered:
    """Keeps a question and the day; the minute would tell who asked."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `unanswered` of `database`."""
        self._db = database

    def add(self, question: str, now: datetime) -> None:
        """Keep one more; the caller opens the transaction."""
        self._db.execute(
            "insert into unanswered (question, day) values (?, ?)",
            [question, now.date().isoformat()],
        )

    def most_asked(self) -> list[tuple[str, int, str]]:
        """The questions: question, how often, the last day; the most asked first."""
        rows = self._db.query(
            """
            select question, count(*) as times, max(day) as last from unanswered
            group by lower(question) order by times desc, last desc, question
            """
        )
        return [(row["question"], row["times"], row["last"]) for row in rows]

    def clean(self, before: datetime) -> int:
        """Remove what was asked before that day; how many."""
        return delete_in_steps(self._db, "unanswered", "day < ?", before.date().isoformat())
