"""Removes all that is kept of a member or of a conversation."""

import sqlite_utils

from bot.channel import Address
from bot.store.asked import AskedQuestions
from bot.store.erasure import empty_log
from bot.store.forgotten import CONVERSATION, MEMBER, QUESTION, TEAM, Forgotten
from bot.store.subscriptions import Subscriptions
from bot.store.unanswered import Unanswered


class Forgetting:
    """Forgets inside the transaction of the caller, who empties the log after it; the backups follow."""

    def __init__(self, database: sqlite_utils.Database, asked: AskedQuestions) -> None:
        """Forget the questions in `asked`, too."""
        self._db, self._asked = database, asked
        self._subscriptions, self._unanswered = Subscriptions(database), Unanswered(database)
        self._forgotten = Forgotten(database)
        self._log_holds_them = False

    def forget(self, address: Address) -> None:
        """The member of a conversation wants to be forgotten."""
        rows = self._db.query(
            "select id from conversations where id = ? or (member <> '' and member = ?)",
            [address.root, address.user_id],
        )
        for row in list(rows):
            self._drop(row["id"])
        self._forgotten.add([(CONVERSATION, address.root), (MEMBER, address.user_id)])
        for kept in self._asked.take(address.root):
            self._forgotten.add((QUESTION, text) for text in self._unanswered.remove(kept))

    def remove(self, address: Address) -> None:
        """The bot was removed: address and subscription go, in a team those of every channel."""
        rows = self._db.query(
            "select id from conversations where id = ? or (team <> '' and team = ?)",
            [address.root, address.team_id],
        )
        for row in list(rows):
            self._drop(row["id"])
        self._forgotten.add([(CONVERSATION, address.root), (TEAM, address.team_id)])

    def empty_log(self) -> None:
        """After that: at once, or after a later change where somebody else uses the log just now."""
        if self._log_holds_them:
            self._log_holds_them = not empty_log(self._db)

    def _drop(self, conversation: str) -> None:
        self._log_holds_them = True
        self._forgotten.add([(CONVERSATION, conversation)])
        self._subscriptions.forget(conversation)
        self._db.execute("delete from conversations where id = ?", [conversation])
