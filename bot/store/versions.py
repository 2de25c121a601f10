"""Whether a newer version of the bot changed a database."""

import functools

from sqlite_utils import Database

from bot.store.migrations import MIGRATIONS


def newer_step(database: Database) -> str:
    """The last migration of a newer version that was applied to this database; empty where there is none.

    Cheap, for it is asked at each claim: a newer version may come while this one runs.
    """
    table = MIGRATIONS.migrations_table
    if not database.conn.execute(f"pragma table_info('{table}')").fetchone():
        return ""
    known = _known_steps()
    marks = ",".join("?" * len(known))
    (newest,) = database.conn.execute(
        f"select max(name) from {table} where migration_set = ? and name not in ({marks})",
        [MIGRATIONS.name, *known],
    ).fetchone()
    return newest or ""


@functools.cache
def _known_steps() -> tuple[str, ...]:
    nothing_applied = Database(memory=True)
    known = tuple(migration.name for migration in MIGRATIONS.pending(nothing_applied))
    nothing_applied.close()
    return known
