"""Questions that could not be answered, kept for the editors, without who asked."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlite_utils

from bot.store.database import delete_in_steps, write_transaction

KEPT_MAX = 20_000
"""Questions that are kept; a bot that knows so little needs no list."""


class Unanswered:
    """Keeps a question and the day; the minute would tell who asked."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `unanswered` of `database`."""
        self._db = database

    def add(self, question: str, now: datetime) -> int:
        """Keep one more, where there is room; the caller opens the transaction. Its number; 0 for none."""
        kept: int = self._db.execute("select count(*) from unanswered").fetchone()[0]
        if kept >= KEPT_MAX:
            return 0
        number: int | None = self._db.execute(
            "insert into unanswered (question, day) values (?, ?)",
            [question, now.date().isoformat()],
        ).lastrowid
        return number or 0

    def remove(self, number: int) -> list[str]:
        """Remove one, and say what it was; the caller opens the transaction."""
        removed = self._db.execute(
            "delete from unanswered where id = ? returning question", [number]
        )
        return [question for (question,) in removed.fetchall()]

    def most_asked(self, since: date = date.min) -> list[tuple[str, int, str]]:
        """The questions since a day: question, how often, the last day; the most asked first."""
        rows = self._db.query(
            """
            select question, count(*) as times, max(day) as last from unanswered where day >= ?
            group by lower(question) order by times desc, last desc, question
            """,
            [since.isoformat()],
        )
        return [(row["question"], row["times"], row["last"]) for row in rows]

    def strike(self, questions: Iterable[str]) -> int:
        """Remove questions, as `most_asked` gives them, however often they were asked; how many rows."""
        with write_transaction(self._db):
            return sum(
                self._db.execute(
                    "delete from unanswered where lower(question) = lower(?)", [question]
                ).rowcount
                for question in questions
            )

    def clean(self, before: datetime) -> int:
        """Remove what was asked before that day; how many."""
        return delete_in_steps(self._db, "unanswered", "day < ?", before.date().isoformat())
