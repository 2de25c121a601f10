"""Which kept questions came from which conversation: in memory only, for a day, and without its id."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

DAILY_MAX = 50
"""Questions of one conversation that are kept in a day; a flood of nonsense is no list of gaps."""
CONVERSATIONS_MAX = 5_000


class AskedQuestions:
    """Bounds what one conversation may leave behind, and lets it be taken back.

    The questions themselves are stored without who asked. Here a conversation is a number that
    means nothing outside this process (Python's salted hash), so nothing of it can be found again.
    """

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._kept: OrderedDict[int, tuple[date, list[int]]] = OrderedDict()

    def room(self, conversation: str, day: date) -> bool:
        """Whether one more question of this conversation may be kept."""
        on, numbers = self._kept.get(hash(conversation), (day, []))
        return on != day or len(numbers) < DAILY_MAX

    def note(self, conversation: str, day: date, number: int) -> None:
        """Remember that this one was kept."""
        key = hash(conversation)
        on, numbers = self._kept.get(key, (day, []))
        self._kept[key] = (day, [*(numbers if on == day else []), number])
        self._kept.move_to_end(key)
        while len(self._kept) > CONVERSATIONS_MAX:
            self._kept.popitem(last=False)

    def take(self, conversation: str) -> Sequence[int]:
        """The numbers of those of today; they are remembered no more."""
        return self._kept.pop(hash(conversation), (date.min, []))[1]
