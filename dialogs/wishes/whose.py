"""Whether a message that was taken for a wish may be about something, or somebody, else."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from dialogs.wishes.about_days import VERBS
from dialogs.wishes.items import Item, read_items
from dialogs.wishes.vocabulary import Kind, Vocabulary

_BEFORE_NAMES = frozenset(("voor", "bij", "van", "for", "of", "from"))
_POSSESSIVE = ("s",)
_NAME = re.compile(r"(?<=[\w,] )[A-Z][a-z]+")
"""A capital within a sentence."""
_ONE = frozenset(("herinnering", "reminder", "bericht", "melding", "seintje", "message"))
_SAYS = VERBS | {
    *(Kind.LENGTH, Kind.NUMBER, Kind.CLOCK, Kind.MOMENT, Kind.BEFORE),
    *(Kind.PAUSE, Kind.OFF, Kind.GONE, Kind.ONLY),
}


def names_another(vocabulary: Vocabulary, text: str, today: date) -> bool:
    """Whether a word that is not known stands where a name does: `voor Marieke`, `Dave's reminders`."""
    return _names_somebody(read_items(vocabulary, text, today), text)


def _names_somebody(items: Sequence[Item], text: str) -> bool:
    capitals = {word.casefold() for word in _NAME.findall(text)}
    return any(
        (one.kind is Kind.UNKNOWN and bool(capitals & set(one.words)))
        or (two.kind is Kind.UNKNOWN and one.words[-1:] and one.words[-1] in _BEFORE_NAMES)
        or (one.kind is Kind.UNKNOWN and two.words == _POSSESSIVE)
        for one, two in pairwise([*items, Item(Kind.END)])
    )


def may_be_of_another(vocabulary: Vocabulary, text: str, today: date) -> bool:
    """Whether what was taken for an end of the reminders may be of one of them, of somebody, or of something else.

    `Wil je het verslag niet meer sturen?` names no reminder and a word that is not known.
    """
    items = read_items(vocabulary, text, today)
    kinds = {item.kind for item in items}
    if Kind.UNKNOWN not in kinds:
        return False
    # `herinneringslijst` is no phrase of the grammar, and names them all the same.
    named = kinds & VERBS or _calls_a_reminder(items)
    return not named or _points_at_one(items) or _names_somebody(items, text)


def _calls_a_reminder(items: Sequence[Item]) -> bool:
    """Whether something is called a reminder, also in a word that the grammar does not know."""
    return any(word.startswith(_CALLED) for item in items for word in item.words)


def _points_at_one(items: Sequence[Item]) -> bool:
    """`die herinnering`: which one is not read."""
    return any(
        one.kind is Kind.ONE_OF and bool(_ONE & set(two.words)) for one, two in pairwise(items)
    )


def wishes_something(vocabulary: Vocabulary, text: str, today: date) -> bool:
    """Whether what looks like a question beside a wish says more of the reminders, and asks nothing."""
    items = read_items(vocabulary, text, today)
    asks = any(item.kind in (Kind.ASKS, Kind.TOLD) for item in items)
    return not asks and any(item.kind in _SAYS for item in items)


_CALLED = ("herin", "herri", "remin")
"""How a word begins that calls something a reminder, slips of the key included."""
_SENDING = frozenset(("stuur", "sturen", "zend", "geef", "tik", "send", "give", "post", "doe"))


def only_sends(items: Sequence[Item]) -> bool:
    """`kun je mails sturen`: whether the bot can send something, to nobody, and nothing is called a reminder."""
    doing = [i for i in items if i.kind in (Kind.ON, Kind.YES, Kind.REMIND)]
    sends = bool(doing) and all(set(i.words) <= _SENDING for i in doing)
    return sends and not _calls_a_reminder(items)
