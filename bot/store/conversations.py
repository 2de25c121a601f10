"""Conversations: where they are, which language they chose, whether they were welcomed."""

import functools
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, assert_never

import sqlite_utils

from bot.channel import Address
from bot.store.address_columns import address_columns
from bot.store.asked import AskedQuestions
from bot.store.database import write_transaction
from bot.store.errors import StoreUnavailableError
from bot.store.forgetting import Forgetting
from bot.store.personal_data import personal_data
from bot.store.rows import first_row
from bot.store.subscriptions import Subscriptions, read_subscription
from bot.store.unanswered import Unanswered
from bot.store.undo import UndoLog
from bot.store.values import Reason
from bot.store.watch import WatchedDatabase
from dialogs.changes import (
    Change,
    ChooseLanguage,
    ChooseLeads,
    ForgetMe,
    KeepUnanswered,
    OtherChange,
    Pause,
    Subscribe,
    Undo,
    Unsubscribe,
    Wish,
)
from dialogs.values import ConversationState
from faq.language import Language, spoken_language

P = ParamSpec("P")
T = TypeVar("T")


def _translate_errors(method: Callable[P, T]) -> Callable[P, T]:
    """Raise whatever SQLite raises as `StoreUnavailableError`, so that the caller need not know SQLite."""

    @functools.wraps(method)
    def translated(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except sqlite3.Error as error:
            raise StoreUnavailableError(type(error).__name__) from error

    return translated


class Conversations:
    """What is kept of a conversation; every method is one transaction.

    What a turn needs of it raises `StoreUnavailableError` where the database fails.
    """

    def __init__(self, database: sqlite_utils.Database) -> None:
        """Read and write the tables of `database`."""
        self._db = database
        self._subscriptions = Subscriptions(database)
        self._unanswered = Unanswered(database)
        self._undo = UndoLog(database)
        self._asked = AskedQuestions()
        self._forgetting = Forgetting(database, self._asked)

    def state(self, address: Address, now: datetime) -> ConversationState:
        """Refresh the address of a conversation, and say what is known of it."""
        state, news = self.known(address, now)
        if news:
            self.keep(address, now)
        return state

    @_translate_errors
    def known(self, address: Address, now: datetime) -> tuple[ConversationState, bool]:
        """What is known of a conversation once `keep` has kept what is new, and whether there is anything new.

        Reads only, so it waits for nobody who writes.
        """
        values = address_columns(address, now)
        row, news = self._row(values)
        subscription = self._subscriptions.row(address.root)
        if subscription and subscription["ended_because"] == Reason.DISABLED:
            news, subscription = True, subscription | {"active": 1, "ended_because": None}
        chosen = row["language"]
        language: Language | None = spoken_language(chosen or "")
        undoable = self._undo.undoable(address.root, now)
        state = ConversationState(
            language=language,
            subscription=read_subscription(subscription),
            undoable=undoable,
            stored=personal_data(self._db, row | values, subscription, undoable),
        )
        return state, news

    @_translate_errors
    def keep(self, address: Address, now: datetime) -> None:
        """Keep where somebody spoke to us; whom an administrator had cut off gets reminders again."""
        self._refresh(address, now, add=True)
        subscription = self._subscriptions.row(address.root)
        if subscription and subscription["ended_because"] == Reason.DISABLED:
            with write_transaction(self._db):
                self._subscriptions.reactivate(address.root, now)

    @_translate_errors
    def can_write(self) -> bool:
        """Whether something can be written now; raises like the others where not."""
        with write_transaction(self._db):
            return True

    def make_room(self) -> None:
        """Give a part of what is reserved to what must be written, where the disk is full."""
        if isinstance(self._db, WatchedDatabase) and self._db.watch.reserve.lacks():
            self._db.watch.reserve.give()

    @_translate_errors
    def refresh(self, address: Address, now: datetime) -> None:
        """Refresh the address of a conversation that we know; nothing is kept of another."""
        self._refresh(address, now, add=False)

    @_translate_errors
    def welcome(self, address: Address, now: datetime) -> bool:
        """Note that the conversation is welcomed; False when it, or its team, was before."""
        self._refresh(address, now, add=True)
        with write_transaction(self._db):
            cursor = self._db.execute(
                """
                update conversations set welcomed_at = :now where id = :id and welcomed_at is null
                and not exists (select 1 from conversations other
                  where other.team = :team and :team <> '' and other.welcomed_at is not null)
                """,
                {
                    "now": now.isoformat(),
                    "id": address.root,
                    "team": address.team_id,
                },
            )
            return bool(cursor.rowcount)

    @_translate_errors
    def apply(self, address: Address, changes: Sequence[Change], now: datetime) -> None:
        """Carry out what a dialog decided, all or nothing."""
        with write_transaction(self._db):
            before = self._undo.snapshot(address.root)
            withdrawn: list[int] = []
            for change in changes:
                if isinstance(change, Wish):
                    withdrawn += self._wish(address.root, change, now)
                else:
                    self._apply(address, change, now)
            if any(isinstance(change, Wish) for change in changes):
                self._undo.keep(address.root, before, withdrawn, now)
        self._forgetting.empty_log()

    def _wish(self, conversation: str, wish: Wish, now: datetime) -> list[int]:
        """Change somebody's reminders; the ids of the rows of the outbox that were stopped."""
        match wish:
            case Subscribe(leads):
                return self._subscriptions.subscribe(conversation, leads, now)
            case ChooseLeads(leads):
                return self._subscriptions.choose(conversation, leads, now)
            case Unsubscribe():
                return self._subscriptions.end(conversation, Reason.STOP)
            case Pause(until, begins):
                return self._subscriptions.pause(conversation, begins, until, now)
            case _:
                assert_never(wish)

    def _apply(self, address: Address, change: OtherChange, now: datetime) -> None:
        conversation = address.root
        match change:
            case Undo(at):
                self._undo.restore(conversation, at)
            case ChooseLanguage(language):
                self._db.execute(
                    "update conversations set language = ? where id = ?", [language, conversation]
                )
            case KeepUnanswered(question):
                if self._asked.room(conversation, now.date()):
                    kept = self._unanswered.add(question, now)
                    self._asked.note(conversation, now.date(), kept)
            case ForgetMe():
                self._forgetting.forget(address)
            case _:
                assert_never(change)

    @_translate_errors
    def remove(self, address: Address) -> None:
        """The bot was removed: address and subscription go, in a team those of every channel."""
        with write_transaction(self._db):
            self._forgetting.remove(address)
        self._forgetting.empty_log()

    def _refresh(self, address: Address, now: datetime, *, add: bool) -> None:
        """Keep the address as it is now. Written only where something is new, for most turns change nothing."""
        values = address_columns(address, now)
        row, news = self._row(values)
        if not news or ("id" not in row and not add):
            return
        with write_transaction(self._db):
            self._db.execute(
                """
                insert into conversations (id, place, member, address, seen_at, team)
                values (:id, :place, :member, :address, :seen_at, :team)
                on conflict (id) do update set place = excluded.place, member = excluded.member,
                  address = excluded.address, seen_at = excluded.seen_at, team = excluded.team
                """,
                values,
            )

    def _row(self, values: dict[str, str]) -> tuple[dict[str, Any], bool]:
        """What is kept of a conversation, and whether these values hold anything new."""
        kept = first_row(self._db, "select * from conversations where id = ?", values["id"])
        row = {"language": None, "welcomed_at": None} | (kept or {})
        return row, not row.items() >= values.items()
