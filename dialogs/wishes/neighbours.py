"""What a word does because of the words beside it: `doe er twee uur bij`, `doe maar`, `herinneringen aan`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dialogs.wishes.items import Item, read_items
from dialogs.wishes.vocabulary import Kind, Vocabulary

_ENDS = frozenset((None, Kind.END, Kind.QUESTION, Kind.AND, Kind.BUT))
_PARTICLE = frozenset(
    ("ook", "toch", "dan", "nu", "er", "die", "dat", "dit", "ze", "alles", "mij", "me", "ons")
) | {*("doe", "zet", "geef", "stuur", "maak", "haal", "meld", "laat", "stop", "schrap", "gooi")}
"""Behind these `maar` is no but: `doe maar`, `die ook maar`."""
_TURNS_ON = frozenset(("aan", "aanzetten", "on", "enable"))
_THESE = frozenset(("the", "our", "my", "your", "these", "those", "this", "that", "each", "every"))
_FIGURES = frozenset((Kind.LENGTH, Kind.DAY, Kind.MOMENT, Kind.NUMBER))
_DAYS = frozenset((Kind.DAY,))
_OF_ALL = frozenset((Kind.REMINDER, Kind.MEETING))
_OF_ONE = (Kind.BEFORE, Kind.LENGTH)


def read_with_neighbours(vocabulary: Vocabulary, text: str, today: date) -> tuple[Item, ...]:
    """The items of a message, each as what it is between the others; the arguments are those of `read_items`."""
    items = read_items(vocabulary, text, today)
    return tuple(replace(item, kind=_kind(items, at)) for at, item in enumerate(items))


def _kind(items: Sequence[Item], at: int) -> Kind:
    item = items[at]
    if _is_small(items, at) or _is_no_end(items, at) or (at and _is_no_end(items, at - 1)):
        return Kind.FILLER
    if item.words == ("bij",) and _next(items, at) in _ENDS:
        # The end of a verb: `doe er twee uur bij`.
        return Kind.ALSO
    if item.kind is Kind.YES and item.words[-1] in _TURNS_ON:
        beside = {_near(items, at, -1), _near(items, at, 1)}
        reminds = any(one.kind is Kind.REMIND for one in items[:at])
        return Kind.ON if Kind.REMINDER in beside or reminds else item.kind
    if item.words == ("one",) and at and items[at - 1].kind in _OF_ONE:
        return Kind.ONE_OF
    return item.kind


def _is_small(items: Sequence[Item], at: int) -> bool:
    """Whether a word that can be more is none here: `doe maar`, `of the meetings`, `mag het dan wel`."""
    item, following = items[at], items[at + 1 : at + 2]
    if item.words == ("maar",):
        return bool(at) and items[at - 1].words[-1:] != () and items[at - 1].words[-1] in _PARTICLE
    if item.words == ("of",):
        these = bool(following) and following[0].words[:1] != () and following[0].words[0] in _THESE
        return these or _near(items, at, -1) is Kind.REMIND
    if item.words == ("dan", "wel"):
        # A choice is between figures.
        return not _holds(items[:at], _FIGURES)
    if item.words == ("die",):
        of_which = bool(at) and items[at - 1].words == ("van",)
        return of_which and _next(items, at) in _OF_ALL
    of_all = _OF_ALL | {Kind.ONE_OF}
    return item.words == ("van",) and _near(items, at, 1) in of_all and not _holds(items, _DAYS)


def _is_no_end(items: Sequence[Item], at: int) -> bool:
    """Whether here begins a `niet afmelden` of which only the but behind it says what is wished for."""
    kinds = [item.kind for item in items[at : at + 4] if item.kind is not Kind.AND]
    return kinds[:3] == [Kind.NOT, Kind.OFF, Kind.BUT]


def _holds(items: Sequence[Item], kinds: frozenset[Kind]) -> bool:
    return any(item.kind in kinds for item in items)


def _next(items: Sequence[Item], at: int) -> Kind | None:
    return items[at + 1].kind if at + 1 < len(items) else None


def _near(items: Sequence[Item], at: int, step: int) -> Kind | None:
    """What the nearest item on a side does, small words passed over."""
    at += step
    while 0 <= at < len(items) and items[at].kind is Kind.FILLER:
        at += step
    return items[at].kind if 0 <= at < len(items) else None
