"""Which leads are added, removed and replaced: `die van een uur hoeft niet, maar wel een dag`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from dialogs.wishes.items import Item
from dialogs.wishes.lengths import Unit
from dialogs.wishes.vocabulary import Kind
from dialogs.wishes.wish import Leads, Simple, Sure, Unsure

NEGATIVE = frozenset((Kind.NOT, Kind.OFF, Kind.GONE))
POSITIVE = frozenset((Kind.ALSO, Kind.ONLY, Kind.RATHER, Kind.YES))
_PARTS = frozenset((Kind.AND, Kind.BUT, Kind.END))


@dataclass(slots=True)
class _Part:
    """A piece of a message between `en`, a comma and `maar`, with what is said of its leads."""

    leads: list[timedelta] = field(default_factory=list)
    before: set[Kind] = field(default_factory=set)
    """What was said before the first lead."""
    after: set[Kind] = field(default_factory=set)
    """What was said behind it."""
    turns: bool = False
    """It begins with a `maar`, or a sentence: what was said before does not reach it."""
    apart: bool = False
    """A no was said before it, in a sentence of its own: nobody knows whether of these leads."""
    instead: bool = False
    """Its leads are those that the others come in the place of."""

    @property
    def marks(self) -> set[Kind]:
        return self.before | self.after


def read_leads(items: Sequence[Item], evening: timedelta | None) -> Sure | Unsure | None:
    """What a message about leads wishes; None where it only says what is wrong with one.

    Args:
        items: the message.
        evening: the lead of the evening before a meeting; None where meetings begin at different times.
    """
    sizes = [_size(item, evening) for item in items if _is_lead(item)]
    if any(size is None for size in sizes) or not sizes:
        return Simple.NOT_ALLOWED
    if _may_be_one(items):
        return _one_or_two(items, evening)
    if _replaces(items):
        return Unsure(tuple(_either({size for size in sizes if size})))
    parts = _parts(items, evening)
    _inherit(parts)
    add = {lead for part in parts if not _removes(part) for lead in part.leads}
    remove = {lead for part in parts if _removes(part) for lead in part.leads}
    marks = {kind for part in parts for kind in part.marks}
    nots = sum(item.kind is Kind.NOT for item in items)
    doubled = any(_is_doubled(part) or part.apart for part in parts) or nots > len(sizes)
    if doubled or add & remove or any(item.kind is Kind.OR for item in items):
        return Unsure(tuple(_either(add | remove)))
    if not add:
        without = Leads(remove=frozenset(remove))
        return None if _complains(items) else without
    return _beside(add, remove, marks, items)


def _beside(
    add: set[timedelta], remove: set[timedelta], marks: set[Kind], items: Sequence[Item]
) -> Leads | Unsure:
    """Leads in the place of what there is, or beside it."""
    only = Leads(add=frozenset(add), only=True)
    if Kind.ONLY in marks or not (remove or _adds(marks, items)):
        return only
    if any(item.kind is Kind.ONLY for item in items):
        # `wel een herinnering: twee dagen ervoor. Meer niet.`
        return Unsure((only,))
    return Leads(add=frozenset(add), remove=frozenset(remove))


def _replaces(items: Sequence[Item]) -> bool:
    """Whether one lead becomes another: `een half uur wordt drie kwartier`, `maak van die week maar twee weken`."""
    at = [number for number, item in enumerate(items) if _is_lead(item)]
    made = any(i.kind is Kind.RATHER and i.words[0] in _REMAKES for i in items[: at[0]])
    for first, second in pairwise(at):
        between = {item.kind for item in items[first + 1 : second]}
        but = between == {Kind.BUT} and made
        if but or between == {Kind.FILLER}:
            return True
    return False


def _complains(items: Sequence[Item]) -> bool:
    """Whether nothing is asked for: `een week is te vroeg` may end in another wish than to be without."""
    negative = [item for item in items if item.kind in NEGATIVE]
    return all(item.words[0] == "is" for item in negative)


def _adds(marks: set[Kind], items: Sequence[Item]) -> bool:
    """Whether what is wished for comes beside what there is already."""
    if marks & {Kind.ONLY, Kind.RATHER}:
        return Kind.ALSO in marks and Kind.ONLY not in marks
    # `en een uur`, said to a card about reminders.
    goes_on = items[0].kind is Kind.AND
    return (
        goes_on or bool(marks & {Kind.ALSO, Kind.YES}) or any(i.kind is Kind.ONE_OF for i in items)
    )


def _either(leads: set[timedelta]) -> list[Leads]:
    """To have them, or not to have them."""
    some = frozenset(leads)
    return [Leads(add=some), Leads(remove=some)]


def _is_lead(item: Item) -> bool:
    return item.kind in (Kind.LENGTH, Kind.MOMENT)


def _size(item: Item, evening: timedelta | None) -> timedelta | None:
    return item.length.lead if item.length else evening


def _may_be_one(items: Sequence[Item]) -> bool:
    """`een uur en 15 minuten` is one lead, or two."""
    units = [item.length.unit if item.length else None for item in items]
    near = zip(units, items[1:], units[2:], strict=False)
    return any(
        first is Unit.HOUR and between.kind is Kind.AND and second is Unit.MINUTE
        for first, between, second in near
    )


def _one_or_two(items: Sequence[Item], evening: timedelta | None) -> Unsure:
    leads = [size for item in items if _is_lead(item) and (size := _size(item, evening))]
    together = Leads(add=frozenset((sum(leads, timedelta()),)), only=True)
    return Unsure((together, Leads(add=frozenset(leads), only=True)))


def _parts(items: Sequence[Item], evening: timedelta | None) -> list[_Part]:
    parts = [_Part(turns=True)]
    rather = False
    for item in items:
        if item.kind in _PARTS:
            parts.append(_Part(turns=item.kind is not Kind.AND))
        elif item.kind is Kind.INSTEAD and (item.words not in _THAN or rather):
            parts.append(_Part(turns=True, instead=True))
        elif item.kind is Kind.RATHER and item.words[0] in _REMAKES and parts[-1].leads:
            # `een week is te vroeg, maak daar drie dagen van`
            parts.append(_Part(turns=True, before={Kind.RATHER}))
        elif _is_lead(item):
            size = _size(item, evening)
            parts[-1].leads += [size] if size else []
        else:
            rather |= item.kind is Kind.RATHER
            (parts[-1].after if parts[-1].leads else parts[-1].before).add(item.kind)
    return _joined(parts)


_REMAKES = frozenset(("maak", "make"))
_THAN = (("dan",), ("than",))


def _joined(parts: list[_Part]) -> list[_Part]:
    """Words without a lead of their own belong to the part that follows in the sentence, else to the one before."""
    joined: list[_Part] = []
    waiting: _Part | None = None
    for part in parts:
        if not part.leads:
            if waiting is None:
                waiting = part
            else:
                waiting.before |= part.marks
            continue
        if waiting is not None:
            if part.turns and joined:
                joined[-1].after |= waiting.marks
            elif part.turns:
                part.apart |= bool(waiting.marks & NEGATIVE)
            else:
                part.before |= waiting.marks
                part.turns |= waiting.turns
                part.instead |= waiting.instead
            waiting = None
        joined.append(part)
    if waiting is not None and joined and not joined[-1].marks & (NEGATIVE | POSITIVE):
        joined[-1].after |= waiting.marks
    return joined


def _inherit(parts: list[_Part]) -> None:
    """`niet een week en een dag` and `een week en een dag niet`: what is said of one is said of both."""
    strong = NEGATIVE | POSITIVE
    for earlier, part in pairwise(parts):
        speaks = part.before & {Kind.ON, Kind.REMIND}
        if not part.turns and not part.marks & strong and not speaks:
            part.before |= earlier.before & strong
    for part, later in reversed(list(pairwise(parts))):
        if not later.turns and not part.marks & strong and not later.before & strong:
            part.after |= later.after & NEGATIVE


def _removes(part: _Part) -> bool:
    return part.instead or bool(part.marks & NEGATIVE)


def _is_doubled(part: _Part) -> bool:
    """`haal die van een dag niet weg`: not and off; or not and yes at once."""
    no = Kind.NOT in part.marks
    return no and bool(part.marks & {Kind.OFF, Kind.GONE, Kind.YES, Kind.ONLY})
