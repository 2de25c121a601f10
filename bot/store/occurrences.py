"""How often each meeting changed since it was first seen: what the calendar feed's SEQUENCE must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from bot.store.database import write_transaction


@dataclass(frozen=True, slots=True)
class Version:
    """Of one meeting: how often it changed, and when it did last."""

    sequence: int
    changed: datetime


class Occurrences:
    """Remembers the state of each meeting; its number rises with each change and never falls."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the table `occurrences` of `database`."""
        self._db = database

    def versions(self, states: Mapping[str, str], now: datetime) -> dict[str, Version]:
        """The version of each meeting, by its key.

        Args:
            states: for each key, how the meeting is now, in a form that can be compared.
            now: the moment, UTC; when a change is seen, it is when it happened.
        """
        known = self._read()
        if any(key not in known or known[key][0] != state for key, state in states.items()):
            with write_transaction(self._db):
                for key, state in states.items():
                    self._db.execute(
                        """
                        insert into occurrences (occurrence, state, sequence, changed) values (:key, :state, 0, :now)
                        on conflict (occurrence) do update
                          set state = excluded.state, sequence = sequence + 1, changed = excluded.changed
                          where state <> excluded.state
                        """,
                        {"key": key, "state": state, "now": now.isoformat()},
                    )
            known = self._read()
        return {key: known[key][1] for key in states}

    def _read(self) -> dict[str, tuple[str, Version]]:
        return {
            row["occurrence"]: (
                row["state"],
                Version(row["sequence"], datetime.fromisoformat(row["changed"])),
            )
            for row in self._db.query("select * from occurrences")
        }
