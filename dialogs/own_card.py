"""What a member says to the card before: a number, `de tweede`, `ja`, `geen van deze`, a choice's own words."""

from collections.abc import Sequence
from enum import Enum, auto

from dialogs.card import Choice
from dialogs.catalog import Texts
from dialogs.numbering import ORDINALS, place_of
from dialogs.values import LastExchange
from faq.entries import normalized
from faq.sentences import has_word

WORDS_MAX = 9
"""Words of a message that may be about the card; a longer one says enough by itself."""
NUMBER_MAX = 9
"""A higher number is no choice: no card has so many."""
NAMING_WORDS_MAX = 3
"""Words of its own that a message may name a choice with: `die over audits`, `de kosten`."""


class Unnamed(Enum):
    """What a member may say to a card besides one of its choices."""

    NONE = auto()
    """None of these."""
    WHICH = auto()
    """One of these, without saying which."""
    AGAIN = auto()
    """To be shown again what was offered: `toon ze nog eens`, `nee, een andere`."""


def read(texts: Texts, text: str, last: LastExchange) -> Choice | Unnamed | None:
    """The choice that a message names, or what else it says to the card; None where it is no answer to it.

    Args:
        texts: the words for numbers, yes and no, in every language.
        text: what the member wrote.
        last: the exchange before, with the choices of its card.
    """
    words = normalized(text).split()
    if not words or len(words) > WORDS_MAX or not last.offered:
        return None
    before = _again(texts, words, last)
    if before or " ".join(words) in texts.words("card.none"):
        return before or Unnamed.NONE
    for choice in last.offered:
        if normalized(choice.label) == normalized(text):
            return choice
    real = [c for c in last.offered if normalized(c.text) not in texts.words("card.none")]
    rows = [choice for choice in real if choice.row] or real
    number = None if _goes_on(texts, words, last) else _number(texts, words, len(rows))
    if number is not None:
        if number > len(real):
            return Unnamed.NONE if number <= len(last.offered) else Unnamed.WHICH
        return real[number - 1]
    if last.kind != "suggest":
        return _yes_or_no(texts, words, real)
    return (
        _yes_or_no(texts, words, real) or _doubt(texts, words, real) or _named(texts, words, real)
    )


def _again(texts: Texts, words: Sequence[str], last: LastExchange) -> Choice | Unnamed | None:
    """What is said to the list before the card: `toon ze nog eens`, `en de tweede?`, `die over kosten`."""
    whole = " ".join(words)
    if whole in texts.words("card.again"):
        return Unnamed.AGAIN
    if not last.listed or last.kind == "suggest":
        return None
    if whole in texts.words("card.other"):
        return Unnamed.AGAIN
    real = [c for c in last.listed if normalized(c.text) not in texts.words("card.none")]
    number = None if any(word.isdigit() for word in words) else _number(texts, words, len(real))
    if number is not None and number <= len(real):
        return real[number - 1]
    points = whole.startswith(tuple(texts.words("card.points")))
    return _named(texts, words, real) if points else None


def _number(texts: Texts, words: Sequence[str], count: int) -> int | None:
    """The number of a choice, from 1; None where the words are more, or less, than a number."""
    left = [word for word in words if word not in texts.words("card.around_number")]
    if len(left) != 1:
        return None
    if left[0] in texts.words("card.last"):
        return count or None
    if left[0].isascii() and left[0].isdigit():
        return int(left[0]) if 0 < int(left[0]) <= NUMBER_MAX else None
    return place_of(texts, left[0], ("card.numbers", *ORDINALS))


def _goes_on(texts: Texts, words: Sequence[str], last: LastExchange) -> bool:
    """Whether a number goes on with the talk: `en 3`, under a card that asked nothing, or a question of numbers."""
    return (
        (last.kind != "suggest" or any(sign.isdigit() for sign in last.question))
        and words[0] in texts.words("card.goes_on")
        and any(word.isdigit() for word in words)
    )


def _yes_or_no(texts: Texts, words: Sequence[str], real: Sequence[Choice]) -> Choice | None:
    """The choice that begins with the yes or the no that was said: `Ja, verwijder alles`."""
    for key in ("card.yes", "card.no"):
        if _is_only(texts, words, key):
            for choice in real:
                # `Klopt dit niet?` asks; it is no yes.
                asks = choice.label.endswith("?")
                if not asks and set(normalized(choice.label).split()[:1]) & texts.words(key):
                    return choice
    return None


def _doubt(texts: Texts, words: Sequence[str], real: Sequence[Choice]) -> Choice | Unnamed | None:
    """What yes or no says to `Bedoel je dit?`: the only choice, one of them, or none."""
    if _is_only(texts, words, "card.no"):
        return Unnamed.NONE
    if _is_only(texts, words, "card.yes"):
        return real[0] if len(real) == 1 else Unnamed.WHICH
    return None


def _is_only(texts: Texts, words: Sequence[str], key: str) -> bool:
    """Whether the words are a yes or a no, and nothing of weight beside it."""
    listed = texts.words(key)
    return bool(set(words) & listed) and set(words) <= listed | texts.words("card.around_yes_no")


def _named(texts: Texts, words: Sequence[str], real: Sequence[Choice]) -> Choice | None:
    """The only choice that has all the content words in a message."""
    own = [word for word in words if word not in texts.words("card.around_name")]
    if not 0 < len(own) <= NAMING_WORDS_MAX:
        return None
    have = [c for c in real if all(has_word(normalized(c.label).split(), word) for word in own)]
    return have[0] if len(have) == 1 else None
