"""Reads one row; what a turn asks of the store, so it must be cheap."""

from typing import Any

import sqlite_utils


def first_row(database: sqlite_utils.Database, sql: str, *parameters: str) -> dict[str, Any] | None:
    """The first row as column → value; None where there is none.

    `Database.query` would put a savepoint around it: three statements for one, and the event loop and
    the worker thread change places at each.
    """
    cursor = database.conn.execute(sql, parameters)
    row = cursor.fetchone()
    names = (column[0] for column in cursor.description)
    return None if row is None else dict(zip(names, row, strict=True))
