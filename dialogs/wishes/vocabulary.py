"""What words do in a wish: add, remove, pause, say of whom; every other word is unknown, and makes it doubtful.

The words themselves stand in `dialogs/texts/`, under `wish`; members mix languages, so all of them count.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from functools import lru_cache

from dialogs.catalog import Texts
from dialogs.wishes.tokens import words
from faq.language import LANGUAGES


class Kind(StrEnum):
    """What a phrase does; of two kinds with the same phrase the one that stands first here counts."""

    LENGTH = auto()
    DAY = auto()
    NUMBER = auto()
    """A figure that belongs to nothing that was read."""
    END = auto()
    """The end of a sentence."""
    QUESTION = auto()
    # From here on a list in the texts, by this name.
    TOLD = auto()
    """What is told of reminders that were, and wishes for none: `ik kreeg`, `bedankt voor`."""
    BEFORE = auto()
    MOMENT = auto()
    """The evening before: only the calendar tells how long before that is."""
    CLOCK = auto()
    """A time of a day, at which nothing can be sent."""
    ALSO = auto()
    ONLY = auto()
    RATHER = auto()
    INSTEAD = auto()
    NOT = auto()
    YES = auto()
    """Against a not: `een dag wel`."""
    OFF = auto()
    GONE = auto()
    """Off, of a reminder; away, of somebody."""
    ON = auto()
    REMIND = auto()
    REMINDER = auto()
    ONE_OF = auto()
    PAUSE = auto()
    AWAY = auto()
    AGAIN = auto()
    FROM = auto()
    UNTIL = auto()
    THROUGH = auto()
    OTHER = auto()
    """Somebody else."""
    TEAM = auto()
    """More people than the speaker."""
    SELF = auto()
    THIS_MEETING = auto()
    MEETING = auto()
    ALL = auto()
    OR = auto()
    AND = auto()
    BUT = auto()
    ASKS = auto()
    UNKNOWN = auto()
    FILLER = auto()


_LISTED = tuple(Kind)[tuple(Kind).index(Kind.TOLD) :]
_MARKS = {".": Kind.END, ";": Kind.END, "!": Kind.END, "\n": Kind.END, "?": Kind.QUESTION} | {
    ",": Kind.AND,
    "+": Kind.AND,
    "&": Kind.AND,
    **dict.fromkeys("-–—()", Kind.FILLER),
}


class Vocabulary:
    """The phrases of all languages, and what each does."""

    def __init__(self, phrases: Mapping[tuple[str, ...], Kind]) -> None:
        """Know these phrases, each by its words."""
        self._kinds = phrases
        self._longest: dict[str, int] = {}
        for phrase in phrases:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def read(self, message: Sequence[str], at: int) -> tuple[Kind, int] | None:
        """What the longest phrase at a place does, and the place behind it; None where the word is unknown."""
        for length in range(self._longest.get(message[at], 0), 0, -1):
            kind = self._kinds.get(tuple(message[at : at + length]))
            if kind:
                return kind, at + length
        return None


@lru_cache(maxsize=4)
def vocabulary(texts: Texts) -> Vocabulary:
    """The vocabulary of these texts; made once, for every message is read with it."""
    phrases: dict[tuple[str, ...], Kind] = {}
    for kind in _LISTED:
        for language in LANGUAGES:
            for phrase in texts.get_list(language, f"wish.{kind}"):
                phrases.setdefault(words(phrase), kind)
    return Vocabulary(phrases | {(mark,): kind for mark, kind in _MARKS.items()})
