"""A message as a row of items: lengths, days, and what the other words do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.wishes.days import read_day
from dialogs.wishes.lengths import Length, read_length
from dialogs.wishes.numbers import read_number
from dialogs.wishes.periods import Day, day_of_month
from dialogs.wishes.tokens import words
from dialogs.wishes.vocabulary import Kind, Vocabulary
from dialogs.wishes.words_of_time import word_at

_TIME = re.compile(r"\d{1,2}:\d{2}\Z|\d{1,2}\.\d{2}\Z")
_AT = frozenset(("om", "at", "rond", "around", "tegen", "@"))
_HOUR = frozenset(("uur", "u", "h", "am", "pm", "o", "hour", "hours"))


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase of a message, and what it does."""

    kind: Kind
    length: Length | None = None
    day: Day | None = None
    words: tuple[str, ...] = ()


def read_items(vocabulary: Vocabulary, text: str, today: date) -> tuple[Item, ...]:
    """The items of a message, in order; each word is part of one of them."""
    message = words(text)
    items: list[Item] = []
    at = 0
    while at < len(message):
        item, after = _item(vocabulary, message, at, today)
        items.append(item)
        at = after
    return tuple(_dated(items, at) for at in range(len(items)))


_TO = frozenset((Kind.UNTIL, Kind.THROUGH))
SHORT_BEFORE = 2
"""Words of `van tevoren`; longer ones name the meeting."""
_IN = frozenset(("in", "over", "binnen"))
_OF_A_REMINDER = (Kind.REMINDER, Kind.LENGTH)
_DASHES = frozenset("-–—")


def _dated(items: Sequence[Item], at: int) -> Item:
    """The item, seen with what follows: `5 t/m 12 januari` has two days, and a dash between days is a `t/m`."""
    item = items[at]
    if item.day and item.words[0] in _IN and _kind(items, at + 1) is Kind.BEFORE:
        # `in twee dagen van tevoren`: a lead, no day.
        length = read_length(item.words, 1)
        return Item(Kind.LENGTH, length=length[0], words=item.words) if length else item
    if item.words == ("of",) and (_kind(items, at - 1), _kind(items, at + 1)) == _OF_A_REMINDER:
        return Item(Kind.FROM, words=item.words)
    if (
        item.kind is Kind.BEFORE
        and len(item.words) > SHORT_BEFORE
        and not _follows_a_lead(items, at)
    ):
        # `afmelden voor de bijeenkomst` is not how long before it.
        return Item(Kind.MEETING, words=item.words)
    following = [each.kind for each in items[at + 1 : at + 3]]
    if item.words and item.words[0] in _DASHES and at and following[:1] == [Kind.DAY]:
        day_before = items[at - 1].kind in (Kind.DAY, Kind.NUMBER)
        return Item(Kind.THROUGH, words=item.words) if day_before else item
    if item.kind is not Kind.NUMBER or not item.words[0].isdecimal() or following[1:] != [Kind.DAY]:
        return item
    to = following[0] in _TO or items[at + 1].words[:1] in (("-",), ("–",), ("—",))
    day = int(item.words[0]) if to else 0
    return Item(Kind.DAY, day=day_of_month(day), words=item.words) if 1 <= day <= 31 else item


def _item(vocabulary: Vocabulary, message: Sequence[str], at: int, today: date) -> tuple[Item, int]:
    """The longest way to read what begins at a place."""
    clock = _clock(message, at)
    if clock:
        return Item(Kind.CLOCK), clock
    phrase = vocabulary.read(message, at)
    length = read_length(message, at)
    day = read_day(message, at, today)
    after = max(read[1] for read in (phrase, length, day, (None, at + 1)) if read)
    spelled = tuple(message[at:after])
    if phrase and phrase[1] == after:
        return Item(phrase[0], words=spelled), after
    if length and length[1] == after:
        return Item(Kind.LENGTH, length=length[0], words=spelled), after
    if day and day[1] == after:
        return Item(Kind.DAY, day=day[0], words=spelled), after
    number = read_number(message, at)
    return Item(Kind.NUMBER if number else Kind.UNKNOWN, words=spelled), after


def _clock(message: Sequence[str], at: int) -> int | None:
    """Behind a time of a day: `om 9 uur`, `9:30`, `10.30 uur`, `at 9 am`."""
    if _TIME.match(message[at]) and (":" in message[at] or word_at(message, at + 1) in _HOUR):
        return at + 1 + (word_at(message, at + 1) in _HOUR)
    if message[at] not in _AT:
        return None
    number = read_number(message, at + 1)
    if number and word_at(message, number[1]) in _HOUR:
        return number[1] + 1
    return at + 2 if _TIME.match(word_at(message, at + 1)) else None


def _follows_a_lead(items: Sequence[Item], at: int) -> bool:
    """Whether a length stands before this item, with nothing but small words between."""
    earlier = (item.kind for item in reversed(items[:at]) if item.kind is not Kind.FILLER)
    return next(earlier, None) in (Kind.LENGTH, Kind.NUMBER)


def _kind(items: Sequence[Item], at: int) -> Kind | None:
    return items[at].kind if 0 <= at < len(items) else None


def is_idle(items: Sequence[Item], at: int) -> bool:
    """`dag` that greets: a unit without a number and without `ervoor` behind it is no length."""
    length = items[at].length
    if length is None or not length.bare:
        return False
    if _kind(items, at + 1) is Kind.AND and _kind(items, at + 2) is Kind.LENGTH:
        # `dag en week ervoor`: what is said of the last is said of both.
        following = items[at + 2].length
        if following and following.bare and not is_idle(items, at + 2):
            return False
    behind = [item.kind for item in items[at + 1 : at + 3]]
    earlier = items[at - 1].kind if at else None
    return (
        Kind.BEFORE not in behind and Kind.REMINDER not in behind[:1] and earlier is not Kind.ONE_OF
    )
