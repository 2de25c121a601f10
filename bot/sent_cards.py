"""What the bot's latest messages hold, for who quotes one: Teams tells of a quoted card little but its id."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

KEPT = 10
"""Messages of a conversation that are remembered."""
CONVERSATIONS_MAX = 10_000
"""Conversations of which some are remembered at the same time; the oldest go first."""


class SentCards:
    """The titles of the bot's messages by their ids, in memory only, and no longer than the talk itself."""

    def __init__(self, kept_for: timedelta) -> None:
        """Remember each for this long."""
        self._kept_for = kept_for
        self._sent: OrderedDict[str, deque[tuple[str, str, datetime]]] = OrderedDict()

    def remember(self, conversation: str, activity_id: str, title: str, now: datetime) -> None:
        """Remember that this message of ours has this title."""
        sent = self._sent.setdefault(conversation, deque(maxlen=KEPT))
        sent.append((activity_id, title, now))
        self._sent.move_to_end(conversation)
        while len(self._sent) > CONVERSATIONS_MAX:
            self._sent.popitem(last=False)

    def title(self, conversation: str, activity_id: str, now: datetime) -> str:
        """The title of a message of ours; empty where it is not remembered."""
        for id_, title, at in self._sent.get(conversation, ()):
            if activity_id and id_ == activity_id and now - at <= self._kept_for:
                return title
        return ""

    def forget(self, conversation: str) -> None:
        """Remember nothing of a conversation."""
        self._sent.pop(conversation, None)
