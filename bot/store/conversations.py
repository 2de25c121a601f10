"""Conversations: where they are, which language they chose, whether they were welcomed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

import sqlite_utils

from bot.channel import Address
from dialogs.values import Change, ChooseLanguage, ForgetMe, KeepUnanswered, Known, Language


def root_of(conversation_id: str) -> str:
    """The conversation without the thread: what settings and subscriptions belong to."""
    return conversation_id.partition(";")[0]


class Conversations:
    """What is kept of a conversation; every method is one transaction."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Keep it in this database."""
        self._db = database

    def known(self, address: Address, now: datetime) -> Known:
        """Refresh the address of a conversation, and say what is known of it."""
        with self._db.atomic():
            self._refresh(address, now)
            row = self._row(address)
        chosen = row["language"]
        language: Language | None = "en" if chosen == "en" else "nl" if chosen == "nl" else None
        return Known(language=language, stored=self._stored(row))

    def welcome(self, address: Address, now: datetime) -> bool:
        """Note that the conversation is welcomed; False when it was before."""
        with self._db.atomic():
            self._refresh(address, now)
            cursor = self._db.execute(
                "update conversations set welcomed_at = ? where id = ? and welcomed_at is null",
                [now.isoformat(), root_of(address.conversation_id)],
            )
            return bool(cursor.rowcount)

    def apply(self, address: Address, changes: Iterable[Change], now: datetime) -> None:
        """Carry out what a dialog decided, all or nothing."""
        with self._db.atomic():
            for change in changes:
                if isinstance(change, ChooseLanguage):
                    self._db.execute(
                        "update conversations set language = ? where id = ?",
                        [change.language, root_of(address.conversation_id)],
                    )
                elif isinstance(change, KeepUnanswered):
                    # The day only: the minute would tell who asked.
                    self._db["unanswered"].insert(
                        {"question": change.question, "day": now.date().isoformat()}
                    )
                elif isinstance(change, ForgetMe):
                    self._forget(address)

    def remove(self, address: Address) -> None:
        """The bot was removed from this conversation: its address goes."""
        with self._db.atomic():
            self._db.execute(
                "delete from conversations where id = ?", [root_of(address.conversation_id)]
            )

    def ready(self) -> str:
        """For `readyz`: whether the store can be written."""
        try:
            with self._db.atomic():
                self._db.execute("update conversations set seen_at = seen_at where id = ''")
        except sqlite3.Error as error:
            return f"not writable: {error}"
        return "ok"

    def _forget(self, address: Address) -> None:
        self._db.execute(
            "delete from conversations where id = ? or (member <> '' and member = ?)",
            [root_of(address.conversation_id), address.user_id],
        )

    def _refresh(self, address: Address, now: datetime) -> None:
        member = address.user_id if address.place == "personal" else ""
        self._db.execute(
            """
            insert into conversations (id, place, member, address, seen_at) values (?, ?, ?, ?, ?)
            on conflict (id) do update set
              place = excluded.place, member = excluded.member, address = excluded.address, seen_at = excluded.seen_at
            """,
            [
                root_of(address.conversation_id),
                address.place,
                member,
                address.to_json(),
                now.isoformat(),
            ],
        )

    def _row(self, address: Address) -> dict[str, str | None]:
        rows = self._db.query(
            "select * from conversations where id = ?", [root_of(address.conversation_id)]
        )
        return next(iter(rows))

    @staticmethod
    def _stored(row: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
        return tuple((key, value) for key, value in row.items() if value)
