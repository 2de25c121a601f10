"""What is queued in the outbox for somebody who wants it no more; the caller opens the transaction."""

from collections.abc import Sequence

import sqlite_utils

from bot.store.values import Kind, Reason, State


def withdraw_all(database: sqlite_utils.Database, conversation: str, reason: Reason) -> list[int]:
    """Stop everything that waits for a conversation, corrections too; the ids of what was stopped."""
    return _ids(
        database,
        f"""
        update outbox set state = '{State.STOPPED}', reason = ?, detail = ''
        where conversation = ? and state = '{State.PLANNED}' returning id
        """,
        [reason, conversation],
    )


def withdraw_reminders(
    database: sqlite_utils.Database, conversation: str, reason: Reason, but: Sequence[int] = ()
) -> list[int]:
    """As `withdraw_all` for reminders only, but for those with a lead of `but`, in minutes."""
    marks = ",".join("?" * len(but))
    return _ids(
        database,
        f"""
        update outbox set state = '{State.STOPPED}', reason = ?, detail = ''
        where conversation = ? and state = '{State.PLANNED}' and kind = '{Kind.REMINDER}'
          and number not in ({marks}) returning id
        """,
        [reason, conversation, *but],
    )


def forget(database: sqlite_utils.Database, conversation: str) -> None:
    """Remove everything that was sent to a conversation, or is queued for it."""
    database.execute("delete from outbox where conversation = ?", [conversation])


def _ids(database: sqlite_utils.Database, statement: str, values: Sequence[str | int]) -> list[int]:
    return [id_ for (id_,) in database.execute(statement, values).fetchall()]
