"""Words of registering, for reminders or a meeting: `meld me aan, maar niet een uur ervoor`, `tot een week ervoor`."""

from collections.abc import Sequence
from itertools import pairwise

from dialogs.wishes.about_days import VERBS
from dialogs.wishes.items import Item
from dialogs.wishes.leads import NEGATIVE
from dialogs.wishes.vocabulary import Kind

_REGISTERS = frozenset(
    ("meld", "meldt", "aanmelden", "afmelden", "aangemeld", "afgemeld", "afzeggen")
) | {*("inschrijven", "schrijf", "sign", "subscribe", "unsubscribe", "cancel")}
"""Said of a meeting as well: with nothing about reminders beside it, it is."""


def starts(items: Sequence[Item]) -> bool:
    """`sign me up but not the hour before`: what stands before the but asks for reminders."""
    kinds = [item.kind for item in items]
    before = set(kinds[: kinds.index(Kind.BUT)]) if Kind.BUT in kinds else set()
    asks = bool(before & {Kind.ON, Kind.REMIND}) and bool(before & {Kind.SELF, *VERBS})
    return asks and not before & (NEGATIVE | {Kind.LENGTH})


def is_of_a_deadline(items: Sequence[Item]) -> bool:
    """`je kunt je tot een week van tevoren afmelden`."""
    doing = (item for item in items if item.kind is not Kind.FILLER)
    registers = any(set(item.words) & _REGISTERS for item in doing) and not starts(items)
    until = (Kind.UNTIL, Kind.THROUGH)
    return registers or any(a.kind in until and b.kind is Kind.LENGTH for a, b in pairwise(items))
