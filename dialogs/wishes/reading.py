"""Whether a message wishes something of the reminders, and what: the one grammar of all wishes.

What holds a word that is not known, beside a wish, is asked; what is not about reminders is no wish.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dialogs.wishes.about_days import ANSWERS, VERBS, Topic, of_days
from dialogs.wishes.breaks import read_break
from dialogs.wishes.items import Item, is_idle, read_items
from dialogs.wishes.leads import NEGATIVE, read_leads
from dialogs.wishes.neighbours import read_with_neighbours
from dialogs.wishes.registering import is_of_a_deadline, starts
from dialogs.wishes.vocabulary import Kind, Vocabulary
from dialogs.wishes.whose import only_sends
from dialogs.wishes.wish import Break, Leads, Reading, Simple, Sure, Unsure, UntilWhen

SHORT = 16
"""Phrases of a message that says one thing."""
UNKNOWN_MAX = 3
"""Words that are not known in a message that still may be a wish; with more it is a story."""
_NOTHING = frozenset((Kind.FILLER, Kind.AND, Kind.BUT, Kind.END, Kind.QUESTION))
_FIGURES = frozenset((Kind.NUMBER, Kind.CLOCK, Kind.LENGTH))
_WHEN = frozenset((Kind.FROM, Kind.UNTIL, Kind.THROUGH, Kind.DAY))
_AND_THEN = frozenset((Kind.ALSO, Kind.ONLY, Kind.RATHER, Kind.ONE_OF, Kind.ON, Kind.YES))


def read(
    vocabulary: Vocabulary,
    text: str,
    today: date,
    *,
    topic: Topic = "",
    evening: timedelta | None = None,
    shared: bool = False,
) -> Reading | None:
    """What a message wishes of the reminders; None where it is no wish.

    Args:
        vocabulary: what words do in `text`.
        text: what was said.
        today: the day on the calendar of the meetings.
        topic: what our last card was about.
        evening: how long before a meeting the evening before is; None where that differs.
        shared: whether more people read along, so that `ons team` is who is here.
    """
    kinds = _kinds(items := read_with_neighbours(vocabulary, text, today), shared=shared)
    topic = _topic(topic, kinds)
    about, asks = bool(kinds & VERBS or topic), _asks(items)
    if asks or kinds & {Kind.OTHER, Kind.TEAM}:
        return Simple.FOR_ANOTHER if about and not _unknown(items) and not asks else None
    message = (items, kinds, today, topic)
    reading = of_days(*message) or _of_leads(*message, evening) or _of_all(items, kinds, topic)
    if reading is None:
        return _unclear(items, kinds) if about else None
    about |= Kind.PAUSE in kinds and bool(kinds & (_FIGURES | _WHEN)) and _is_short(items)
    return _as_far_as_read(reading, items, about=about)


def _topic(topic: Topic, kinds: set[Kind]) -> Topic:
    """What our last card was about, where the message can be said to it: `afmelden` is no end of a pause."""
    return "" if topic == "pause" and kinds - _NOTHING - ANSWERS else topic


def _kinds(items: Sequence[Item], *, shared: bool) -> set[Kind]:
    """What there is in a message; where more people read along, `ons team` is nobody else."""
    kinds = {item.kind for item in items} | ({Kind.ONE_OF} if _names_one(items) else set())
    return kinds - {Kind.TEAM} if shared else kinds


def _names_one(items: Sequence[Item]) -> bool:
    """`the one-hour reminder`, `de herinnering van een uur`: which one it is."""
    kinds = [item.kind for item in items if item.kind is not Kind.FILLER]
    of_one = (Kind.REMINDER, Kind.FROM, Kind.LENGTH)
    return any(two == (Kind.LENGTH, Kind.REMINDER) for two in pairwise(kinds)) or any(
        three == of_one for three in zip(kinds, kinds[1:], kinds[2:], strict=False)
    )


def _unclear(items: Sequence[Item], kinds: set[Kind]) -> Unsure | None:
    """Figures about reminders of which nothing was made, where every word is known."""
    return Unsure() if not _unknown(items) and kinds & _FIGURES else None


def _is_short(items: Sequence[Item]) -> bool:
    """Whether it is no story, in which somebody else only occurs."""
    return _unknown(items) <= 1 and len(items) <= SHORT


def _unknown(items: Sequence[Item]) -> int:
    return sum(item.kind is Kind.UNKNOWN for item in items)


def read_vague_on(vocabulary: Vocabulary, text: str, today: date, *, shared: bool) -> Sure | Unsure:
    """What a message asks for that was taken for reminders on, but was not read as a wish."""
    items = read_items(vocabulary, text, today)
    kinds = _kinds(items, shared=shared)
    if kinds & {Kind.OTHER, Kind.TEAM}:
        return Unsure((Simple.ON,)) if Kind.SELF in kinds else Simple.FOR_ANOTHER
    return Unsure((Simple.ON,)) if _holds_values(items) else Simple.ON


def read_vague_break(vocabulary: Vocabulary, text: str, today: date) -> Unsure | UntilWhen:
    """The pause that may be meant by a message that is about one, but was not read as a wish: it is asked."""
    reading = read_break(read_items(vocabulary, text, today), today)
    return Unsure((reading,)) if isinstance(reading, Break) else UntilWhen()


def holds_values(vocabulary: Vocabulary, text: str, today: date) -> bool:
    """Whether a message names days, lengths or figures, that a command without them would pass over."""
    return _holds_values(read_items(vocabulary, text, today))


def _holds_values(items: Sequence[Item]) -> bool:
    values = (Kind.LENGTH, Kind.DAY, Kind.MOMENT, Kind.CLOCK, Kind.NUMBER)
    return any(i.kind in values and not is_idle(items, at) for at, i in enumerate(items))


def _asks(items: Sequence[Item]) -> bool:
    """Whether it asks or tells: `hoe lang van tevoren krijg ik een bericht?` and `ik kreeg er een` change nothing."""
    if any(item.kind is Kind.TOLD for item in items):
        return True
    begins = True
    for item in items:
        if begins and item.kind is Kind.ASKS:
            return True
        ends = item.kind in (Kind.END, Kind.QUESTION)
        begins = ends or (begins and item.kind in _NOTHING)
    return False


def _as_far_as_read(reading: Reading, items: Sequence[Item], *, about: bool) -> Reading | None:
    """The reading where every word of it was read; else what is to be asked, or no wish at all."""
    values = (Kind.UNKNOWN, Kind.NUMBER, Kind.CLOCK)
    unread = [item for at, item in enumerate(items) if item.kind in values or is_idle(items, at)]
    if not unread:
        return reading
    about |= all(item.kind in _FIGURES for item in unread)
    if not about or len(unread) > UNKNOWN_MAX:
        return None
    if isinstance(reading, Unsure) and not reading.readings and _unknown(items):
        return None
    if isinstance(reading, Unsure | UntilWhen):
        return reading
    return Unsure() if reading is Simple.NOT_ALLOWED else Unsure((reading,))


def _of_leads(
    items: Sequence[Item],
    kinds: set[Kind],
    today: date,
    topic: Topic,
    evening: timedelta | None,
) -> Reading | None:
    """Leads, where lengths are named that come before a meeting."""
    items = [i for at, i in enumerate(items) if not is_idle(items, at)]
    named = [item for item in items if item.kind in (Kind.LENGTH, Kind.MOMENT)]
    if not named:
        return None
    before = Kind.BEFORE in kinds or Kind.MOMENT in kinds
    if before and not (kinds & VERBS or topic) and is_of_a_deadline(items):
        return None
    if Kind.PAUSE in kinds or (Kind.AWAY in kinds and not before):
        return None if not before else Unsure()
    of_one = Kind.ONE_OF in kinds and bool(kinds & (NEGATIVE | _AND_THEN - {Kind.ONE_OF}))
    if not (before or of_one or topic == "reminders" or kinds & VERBS):
        return None
    if not before and not of_one and Kind.REMINDER in kinds and kinds & NEGATIVE:
        return _without_for(items, today, evening)
    reading = read_leads(items, evening)
    if isinstance(reading, Leads) and not reading.add and starts(items):
        return replace(reading, starts=True)
    return reading


def _without_for(items: Sequence[Item], today: date, evening: timedelta | None) -> Reading:
    """`geen herinneringen, drie weken`: a pause, or the reminder of three weeks before."""
    leads = read_leads(items, evening)
    pause = read_break(items, today)
    if leads is Simple.NOT_ALLOWED:
        return pause
    both = [reading for reading in (pause, leads) if isinstance(reading, Break | Leads)]
    return Unsure(tuple(both))


_SWITCHES = ({Kind.ON, Kind.OFF}, {Kind.OFF}, {Kind.ON, Kind.YES})
"""What turns them off or on, and says nothing besides."""
_NONE_AT_ALL = frozenset(("geen", "no", "meer", "more", "longer", "never", "nooit", "need", "want"))
"""Words of a not that is of the reminders themselves; `niet voor de herinneringen` is of something else."""


def _of_all(items: Sequence[Item], kinds: set[Kind], topic: Topic) -> Reading | None:
    """Reminders on or off, of all meetings: only where nothing but that is in the message."""
    rest = (
        kinds - _NOTHING - {Kind.SELF, Kind.ALL, Kind.MEETING, Kind.BEFORE, Kind.AGAIN, Kind.RATHER}
    )
    if topic == "reminders" and rest in _SWITCHES:
        # `zet ze weer uit`, said to a card about them.
        rest |= {Kind.REMINDER}
    if not rest & VERBS or rest - VERBS - NEGATIVE - {Kind.ON, Kind.ALSO, Kind.YES}:
        return None
    no, off = Kind.NOT in rest, bool(rest & {Kind.OFF, Kind.GONE})
    turned = Kind.BUT in kinds and Kind.ON in rest
    if (no and off) or ((no or off) and turned):
        return Unsure((Simple.OFF, Simple.ON))
    none = any(i.kind is Kind.NOT and _NONE_AT_ALL & set(i.words) for i in items)
    if off or (none and Kind.REMINDER in rest):
        return Simple.OFF
    if no:
        return Unsure((Simple.OFF,))
    if Kind.SELF not in kinds and only_sends(items):
        return None
    return Simple.ON if rest & {Kind.ON, Kind.YES, Kind.REMIND} else None
