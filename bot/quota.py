"""How many conversations with others one member may set reminders on for in a day."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

from bot.channel import Address
from dialogs.changes import Change, Subscribe

SHARED_MAX = 10
"""Group chats and channels, in a day; an organiser has a few."""
MEMBERS_MAX = 5_000
"""Members that are counted at the same time."""


class SharedSubscriptions:
    """Counts in memory, by numbers that mean nothing outside this process (Python's salted hash)."""

    def __init__(self) -> None:
        """Nobody set any on yet."""
        self._set_on: OrderedDict[int, tuple[date, set[int]]] = OrderedDict()

    def allow(self, address: Address, changes: Iterable[Change], day: date) -> bool:
        """Whether these changes may be carried out; one that may is counted."""
        subscribes = any(isinstance(change, Subscribe) for change in changes)
        if not subscribes or address.place == "personal" or not address.user_id:
            return True
        member, conversation = hash(address.user_id), hash(address.root)
        on, places = self._set_on.get(member, (day, set()))
        places = places if on == day else set()
        if len(places | {conversation}) > SHARED_MAX:
            return False
        self._set_on[member] = (day, places | {conversation})
        self._set_on.move_to_end(member)
        while len(self._set_on) > MEMBERS_MAX:
            self._set_on.popitem(last=False)
        return True
