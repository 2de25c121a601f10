"""Numbers as people write them: 14, 1,5, vijftien, anderhalf, twee en een half, twenty-one."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

HALF = Fraction(1, 2)
Read = tuple[Fraction, int]
"""A number, and the place behind its last word."""


def _numbered(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """Words that count on from `start`; those of one number are joined by /."""
    numbers = enumerate(words.split())
    return {word: start + step * place for place, same in numbers for word in same.split("/")}


_UNITS = (
    _numbered("een/one/a/an twee/two drie/three vier/four vijf/five zes/six zeven/seven")
    | _numbered("acht/eight negen/nine", 8)
    | _numbered("nul/zero", 0)
)
_TEENS = _numbered("tien/ten elf/eleven twaalf/twelve dertien/thirteen veertien/fourteen", 10) | (
    _numbered("vijftien/fifteen zestien/sixteen zeventien/seventeen", 15)
    | _numbered("achttien/eighteen negentien/nineteen", 18)
)
_TENS = _numbered("twintig/twenty dertig/thirty veertig/forty vijftig/fifty", 20, 10) | _numbered(
    "zestig/sixty zeventig/seventy tachtig/eighty negentig/ninety honderd/hundred", 60, 10
)
_DUTCH_UNITS = _numbered("een twee drie vier vijf zes zeven acht negen")
_COMPOUNDS = {
    f"{unit}en{tens}": _DUTCH_UNITS[unit] + _TENS[tens]
    for unit in _DUTCH_UNITS
    for tens in ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig")
}
CARDINALS: Mapping[str, int] = _UNITS | _TEENS | _TENS | _COMPOUNDS | {"vijfenveertig": 45}
_ENGLISH_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty"))
_ENGLISH_UNITS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
_HALVES = frozenset(("half", "halve"))
_ONE_AND_A_HALF = frozenset(("anderhalf", "anderhalve"))
_FIGURE = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?\Z")


def read_number(words: Sequence[str], at: int) -> Read | None:
    """The number that begins at a place; None where none does."""
    if _word(words, at) in _ONE_AND_A_HALF:
        return 1 + HALF, at + 1
    half = _half(words, at)
    if half:
        return HALF, half
    whole = _whole(words, at)
    if whole is None:
        return None
    number, after = whole
    more = _and_a_half(words, after)
    return (number + HALF, more) if more else (number, after)


def _whole(words: Sequence[str], at: int) -> Read | None:
    """A number in figures, or in words."""
    word = _word(words, at)
    if _FIGURE.match(word):
        return Fraction(word.replace(",", ".")), at + 1
    if word not in CARDINALS:
        return None
    number, after = CARDINALS[word], at + 1
    if word in _ENGLISH_TENS:
        after += _word(words, after) == "-"
        if _word(words, after) in _ENGLISH_UNITS:
            return Fraction(number + CARDINALS[words[after]]), after + 1
        after = at + 1
    return Fraction(number), after


def _half(words: Sequence[str], at: int) -> int | None:
    """Behind `een half`, `half`, `half an`, `a half`."""
    at += _word(words, at) in ("een", "a", "an")
    if _word(words, at) not in _HALVES:
        return None
    return at + 1 + (_word(words, at + 1) in ("a", "an"))


def _and_a_half(words: Sequence[str], at: int) -> int | None:
    """Behind `en een half`, `en half`, `and a half`, 1/2."""
    if _word(words, at) == "1/2":
        return at + 1
    if _word(words, at) not in ("en", "and"):
        return None
    at += 1
    at += _word(words, at) in ("een", "a")
    return at + 1 if _word(words, at) in _HALVES else None


def behind_a_half(words: Sequence[str], at: int) -> int | None:
    """Behind `and a half`, where it follows a unit: an hour and a half."""
    return _and_a_half(words, at) if _word(words, at) in ("en", "and") else None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
