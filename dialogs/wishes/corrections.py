"""A wish that mends the last one, or what there is: `nee toch 5`, `vervang de week door tien dagen`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from dialogs.values import Subscription, Undoable
from dialogs.wishes.about_days import Topic
from dialogs.wishes.fulfil import NOBODY, leads_of
from dialogs.wishes.items import Item
from dialogs.wishes.periods import DAY, Day
from dialogs.wishes.vocabulary import Kind
from dialogs.wishes.wish import Break, Leads, Reading, Unsure
from faq.meetings import Calendar

WEEK = timedelta(days=7)
_SAYS_NO = frozenset(("nee", "neen", "no", "nope", "sorry", "oeps", "oops", "wacht", "wait")) | {
    *("bedoel", "bedoelde", "mean", "meant"),
}
"""Words that take back what was said before."""
_REPLACES = frozenset(
    ("replace", "vervang", "verander", "wijzig", "change", "ruil", "swap", "make", "maak")
)
_INTO = frozenset(("with", "by", "door", "in", "into", "to", "naar", "voor", "for", "van"))
_SAID = frozenset(("zei", "said", "schreef", "typte", "wrote", "typed"))
_COMING = frozenset(
    ("kom", "komen", "be", "eerder", "later", "earlier", "werk", "kantoor", "work", "office")
)
_BACK = frozenset(("terug", "back"))
_QUIET = frozenset(
    (Kind.FILLER, Kind.SELF, Kind.AND, Kind.BUT, Kind.END, Kind.RATHER, Kind.AGAIN, Kind.ON)
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a correction is read against."""

    kept: Subscription | None
    undoable: Undoable | None
    calendar: Calendar
    now: datetime
    topic: Topic

    @property
    def leads(self) -> frozenset[timedelta]:
        """The leads that there are."""
        active = self.kept is not None and self.kept.active
        return leads_of(self.kept or NOBODY, self.calendar) if active else frozenset()

    def added(self) -> frozenset[timedelta]:
        """The leads that came with the last change."""
        before = self.undoable.before if self.undoable else None
        if before is None or not before.active:
            return frozenset()
        return self.leads - leads_of(before, self.calendar)


def corrected(items: Sequence[Item], today: date, known: Known) -> Reading | None:
    """What a message mends; None where it mends nothing.

    Args:
        items: the message.
        today: the day on the calendar.
        known: what there is, and what was changed last.
    """
    if known.kept is None or not known.kept.active:
        return None
    return _replaced(items, known) or _taken_back(items, known) or _other_days(items, today, known)


def _words(items: Sequence[Item]) -> set[str]:
    return {word for item in items for word in item.words}


def _replaced(items: Sequence[Item], known: Known) -> Leads | None:
    """`replace the 2 weeks with 10 days`, `make the hour three hours`: of a lead that there is."""
    places = [at for at, item in enumerate(items) if item.length]
    if len(places) != 2 or any(
        item.kind in (Kind.NOT, Kind.OFF, Kind.GONE, Kind.OR) for item in items
    ):
        return None
    first, second = places
    between = items[first + 1 : second]
    replaces = bool(_words(items[:first]) & _REPLACES) and not _holds(between, Kind.AND, Kind.BUT)
    joined = not between or all(item.kind is Kind.FILLER for item in between)
    replaces &= joined or bool(_words(between) & _INTO)
    meant = bool(_words(items[:first]) & _SAID) and bool(_words(between) & _SAYS_NO)
    old, new = _lead(items[first]), _lead(items[second])
    if (
        not (replaces or meant)
        or old not in known.leads
        or new is None
        or old is None
        or old == new
    ):
        return None
    return Leads(add=frozenset((new,)), remove=frozenset((old,)))


def _lead(item: Item) -> timedelta | None:
    return item.length.lead if item.length else None


def _holds(items: Sequence[Item], *kinds: Kind) -> bool:
    return any(item.kind in kinds for item in items)


def _taken_back(items: Sequence[Item], known: Known) -> Reading | None:
    """`nee toch 5`, `ik bedoel vier uur`: in the place of the lead that came with the last change."""
    added = known.added()
    values = [item for item in items if item.length or item.kind is Kind.NUMBER]
    if known.topic != "reminders" or len(added) != 1 or len(values) != 1:
        return None
    others = [item for item in items if item is not values[0]]
    if not _words(others) & _SAYS_NO or not all(
        item.kind in _QUIET | {Kind.BEFORE, Kind.YES} or set(item.words) <= _SAYS_NO
        for item in others
    ):
        return None
    (old,) = added
    some = [new for new in _meant(values[0], old) if new != old]
    readings = tuple(Leads(add=frozenset((new,)), remove=added) for new in some)
    return readings[0] if len(readings) == 1 else Unsure(readings) if readings else None


def _meant(item: Item, old: timedelta) -> list[timedelta]:
    """The lead that is named; of a mere number in the unit of the old one, which may be days or weeks."""
    if item.length:
        return [item.length.lead] if item.length.lead else []
    if not item.words[0].isdecimal():
        return []
    units = (
        (WEEK, DAY)
        if old % WEEK == timedelta()
        else (DAY,)
        if old % DAY == timedelta()
        else (timedelta(hours=1),)
    )
    number = int(item.words[0])
    return [unit * number for unit in units] if 0 < number <= 60 else []


def _other_days(items: Sequence[Item], today: date, known: Known) -> Break | None:
    """`ik kom al 6 januari terug`, `make it 1 May instead of 1 June`: another end, or start, of the pause."""
    pause = _pause(known)
    days = [item.day for item in items if item.day]
    if (
        pause is None
        or not days
        or _holds(items, Kind.NOT, Kind.OFF, Kind.LENGTH, Kind.OTHER, Kind.ASKS)
    ):
        return None
    unknown = {item.words[0] for item in items if item.kind is Kind.UNKNOWN} - _BACK - _COMING
    if unknown or _goes_elsewhere(items):
        return None
    if len(days) == 1:
        until = _first(days[0], pause.begins or today)
        back = bool(_words(items) & _BACK) and until is not None
        return (
            Break(pause.begins, until)
            if back and until and until > (pause.begins or today)
            else None
        )
    return _swapped(items, days, today, pause) if len(days) == 2 else None


def _goes_elsewhere(items: Sequence[Item]) -> bool:
    """`ik ga terug naar huis` is no return to work."""
    words = [word for item in items for word in item.words]
    return any(a in _BACK and b in ("naar", "to") for a, b in pairwise(words))


def _swapped(items: Sequence[Item], days: Sequence[Day], today: date, pause: Break) -> Break | None:
    """One of two days is that of the pause, the other comes in its place."""
    if not _holds(items, Kind.INSTEAD):
        return None
    named = [_first(day, today) for day in days]
    for old, new in (named, named[::-1]):
        if old in (pause.until, pause.until - DAY) and new and new > (pause.begins or today):
            return Break(pause.begins, new)
        if old == pause.begins and new and today < new < pause.until:
            return Break(new, pause.until)
    return None


def _pause(known: Known) -> Break | None:
    """The pause that there is, or is to come."""
    kept, local = known.kept, known.calendar.local
    if kept is None or kept.paused_until is None or kept.paused_until <= known.now:
        return None
    begins = (
        local(kept.paused_from).date()
        if kept.paused_from and kept.paused_from > known.now
        else None
    )
    return Break(begins, local(kept.paused_until).date())


def _first(day: Day, after: date) -> date | None:
    period = day.of(after)
    return period.first if period and not day.vague else None
