"""Conversations: where they are, which language they chose, whether they were welcomed."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

import sqlite_utils

from bot.channel import Address
from bot.store.subscriptions import Subscriptions
from dialogs.values import (
    Change,
    ChooseLanguage,
    ForgetMe,
    KeepUnanswered,
    Known,
    Language,
    Pause,
    Subscribe,
    Unsubscribe,
)


def root_of(conversation_id: str) -> str:
    """The conversation without the thread: what settings and subscriptions belong to."""
    return conversation_id.partition(";")[0]


class Conversations:
    """What is kept of a conversation; every method is one transaction."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Keep it in this database."""
        self._db = database
        self._subscriptions = Subscriptions(database)

    def known(self, address: Address, now: datetime) -> Known:
        """Refresh the address of a conversation, and say what is known of it."""
        conversation = root_of(address.conversation_id)
        with self._db.atomic():
            self._refresh(address, now)
            self._subscriptions.wake(conversation, now)
            row = self._row(address)
            subscription = self._subscriptions.of(conversation)
        chosen = row["language"]
        language: Language | None = "en" if chosen == "en" else "nl" if chosen == "nl" else None
        return Known(language=language, subscription=subscription, stored=self._stored(row))

    def welcome(self, address: Address, now: datetime) -> bool:
        """Note that the conversation is welcomed; False when it, or its team, was before."""
        with self._db.atomic():
            self._refresh(address, now)
            cursor = self._db.execute(
                """
                update conversations set welcomed_at = :now where id = :id and welcomed_at is null
                and not exists (select 1 from conversations other where :team <> ''
                  and other.welcomed_at is not null and json_extract(other.address, '$.team_id') = :team)
                """,
                {
                    "now": now.isoformat(),
                    "id": root_of(address.conversation_id),
                    "team": address.team_id,
                },
            )
            return bool(cursor.rowcount)

    def apply(self, address: Address, changes: Iterable[Change], now: datetime) -> None:
        """Carry out what a dialog decided, all or nothing."""
        with self._db.atomic():
            for change in changes:
                self._apply(address, change, now)

    def _apply(self, address: Address, change: Change, now: datetime) -> None:
        conversation = root_of(address.conversation_id)
        match change:
            case Subscribe(leads):
                self._subscriptions.subscribe(conversation, leads, now)
            case Unsubscribe():
                self._subscriptions.end(conversation, "stop")
            case Pause(until):
                self._subscriptions.pause(conversation, until, now)
            case ChooseLanguage(language):
                self._db.execute(
                    "update conversations set language = ? where id = ?", [language, conversation]
                )
            case KeepUnanswered(question):
                # The day only: the minute would tell who asked.
                self._db["unanswered"].insert({"question": question, "day": now.date().isoformat()})
            case ForgetMe():
                self._forget(address)

    def remove(self, address: Address) -> None:
        """The bot was removed from this conversation, or its whole team: addresses and subscriptions go."""
        gone = self._db.query(
            "select id from conversations where id = ? or (? <> '' and json_extract(address, '$.team_id') = ?)",
            [root_of(address.conversation_id), address.team_id, address.team_id],
        )
        with self._db.atomic():
            for conversation in [row["id"] for row in gone]:
                self._subscriptions.forget(conversation)
                self._db.execute("delete from conversations where id = ?", [conversation])

    def ready(self) -> str:
        """For `readyz`: whether the store can be written."""
        try:
            with self._db.atomic():
                self._db.execute("update conversations set seen_at = seen_at where id = ''")
        except sqlite3.Error as error:
            return f"not writable: {error}"
        return "ok"

    def _forget(self, address: Address) -> None:
        mine = self._db.query(
            "select id from conversations where id = ? or (member <> '' and member = ?)",
            [root_of(address.conversation_id), address.user_id],
        )
        for row in list(mine):
            self._subscriptions.forget(row["id"])
            self._db.execute("delete from conversations where id = ?", [row["id"]])

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

    def _stored(self, row: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
        """All that is kept of a conversation, as `mijn gegevens` shows it: (kind, value)."""
        kinds = ("id", "address", "language", "welcomed_at", "seen_at")
        found = [(kind, str(row[kind])) for kind in kinds if row[kind]]
        if row["member"]:
            found[0] = ("id", f"{row['member']}, {row['id']}")
        for kept in self._db.query(
            "select * from subscriptions where conversation = ?", [row["id"]]
        ):
            leads = self._db.query(
                "select minutes from chosen_leads where conversation = ?", [row["id"]]
            )
            minutes = [str(lead["minutes"]) for lead in leads]
            found.append(
                (
                    "subscription",
                    json.dumps(
                        {k: v for k, v in kept.items() if v is not None} | {"leads": minutes}
                    ),
                )
            )
        sent = [
            f"{r['occurrence']} {r['lead']} {r['state']}"
            for r in self._db.query("select * from outbox where conversation = ?", [row["id"]])
        ]
        if sent:
            found.append(("deliveries", "; ".join(sent)))
        return tuple(found)
