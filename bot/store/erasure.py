"""Forgotten means gone: also from the free pages of the file and from the log beside it."""

import sqlite3

import sqlite_utils

ERASE_MILLISECONDS = 500
"""For which the log is waited for; a reader in another process may still need it."""


def overwrite_deleted(database: sqlite_utils.Database) -> None:
    """From now on overwrite with zeros what is deleted or replaced on this connection.

    https://sqlite.org/pragma.html#pragma_secure_delete
    """
    database.execute("pragma secure_delete = on")


def empty_log(database: sqlite_utils.Database) -> bool:
    """Write the log into the file and cut it to nothing, for it holds what was there before.

    Returns:
        Whether that was done; not where somebody else is reading or writing just now.
    """
    waits = database.execute("pragma busy_timeout").fetchone()[0]
    try:
        database.execute(f"pragma busy_timeout = {ERASE_MILLISECONDS}")
        blocked: int = database.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        database.execute(f"pragma busy_timeout = {waits}")
    return not blocked
