"""What days in a message wish: a pause, the end of one, or something of one meeting only."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from dialogs.wishes.breaks import read_break
from dialogs.wishes.items import Item
from dialogs.wishes.leads import NEGATIVE
from dialogs.wishes.vocabulary import Kind
from dialogs.wishes.wish import Break, OneMeeting, Reading, Simple, Unsure, UntilWhen

Topic = Literal["reminders", "pause", ""]
"""What our last card was about: then a few words are enough."""
VERBS = frozenset((Kind.REMIND, Kind.REMINDER))
"""Words that are about reminders, whatever else is said."""
ANSWERS = frozenset((Kind.DAY, Kind.LENGTH, Kind.NUMBER, Kind.CLOCK, Kind.FROM, Kind.UNTIL)) | {
    *(Kind.THROUGH, Kind.SELF, Kind.AWAY, Kind.PAUSE, Kind.RATHER, Kind.ALL, Kind.OR, Kind.UNKNOWN)
}
"""What an answer to `until when?` may hold; with anything else it is no answer."""
_PAUSE_NOUNS = ("pauz", "paus", "snooz", "onderbr")


def of_days(items: Sequence[Item], kinds: set[Kind], today: date, topic: Topic) -> Reading | None:
    """A pause, or one meeting: where days are named, or a pause is."""
    resumed = _resumes(items, kinds)
    if resumed:
        return resumed
    named = Kind.DAY in kinds
    before = Kind.BEFORE in kinds or Kind.MOMENT in kinds
    length = any(item.length and not item.length.bare for item in items)
    meeting = _one_meeting(items, kinds, today)
    if meeting is not None:
        return meeting
    if before:
        return _before_one(items, kinds, today) if named else None
    away = Kind.AWAY in kinds or (Kind.GONE in kinds and not kinds & {Kind.ONE_OF, Kind.REMINDER})
    pauses = Kind.PAUSE in kinds or (away and (Kind.SELF in kinds or bool(kinds & VERBS) or length))
    pauses |= bool(kinds & NEGATIVE) and bool(kinds & VERBS) and named
    pauses |= topic == "pause" and (named or length)
    if not pauses:
        if topic == "pause" and kinds & {Kind.UNTIL, Kind.THROUGH, Kind.FROM}:
            return UntilWhen()
        return _not_now(items, kinds, today) if named or length else None
    if not named and not length:
        return UntilWhen() if Kind.PAUSE in kinds and Kind.QUESTION not in kinds else None
    answers = topic == "pause" and Kind.PAUSE not in kinds
    reading = read_break(items, today, answers=answers)
    return _in_doubt(reading, kinds, away=away) or reading


def _in_doubt(reading: Reading, kinds: set[Kind], *, away: bool) -> Unsure | None:
    """What a pause may mean that is denied, or that stands beside a wish for reminders; None where it is sure."""
    paused, no = Kind.PAUSE in kinds, kinds & NEGATIVE
    if isinstance(reading, UntilWhen) and reading.begins and not paused and no:
        # `vanaf 1 januari geen herinneringen meer` has no end.
        return Unsure((Simple.OFF,))
    denied = Kind.NOT in kinds and (paused or not kinds & VERBS)
    # `ik ben met verlof, maar wil wel herinneringen`
    wanted = away and not paused and kinds & VERBS and not no
    return Unsure((reading,)) if isinstance(reading, Break) and (denied or wanted) else None


def _before_one(items: Sequence[Item], kinds: set[Kind], today: date) -> Reading | None:
    """`een dag voor de bijeenkomst van 8 december`."""
    if not kinds & (VERBS | {Kind.LENGTH}):
        return None
    days = [item.day for item in items if item.day]
    period = days[0].of(today) if len(days) == 1 else None
    return OneMeeting(period) if period and kinds & VERBS else Unsure()


def _not_now(items: Sequence[Item], kinds: set[Kind], today: date) -> Reading | None:
    """`stop tot 1 september`, `stop over drie weken`, `herinner me op 5 januari`: not what it seems."""
    stops = any(item.kind is Kind.OFF and item.words[0].startswith("stop") for item in items)
    known = not kinds & {Kind.UNKNOWN, Kind.MEETING, Kind.ONE_OF, Kind.NOT, Kind.BEFORE}
    if stops and known:
        ends = kinds & {Kind.UNTIL, Kind.THROUGH, Kind.LENGTH}
        reading = read_break(items, today) if ends else None
        return Unsure((*([reading] if isinstance(reading, Break) else []), Simple.OFF))
    return Unsure() if Kind.REMIND in kinds and Kind.DAY in kinds else None


def _resumes(items: Sequence[Item], kinds: set[Kind]) -> Reading | None:
    """`haal de pauze weg`, `geen pauze meer`, `zet de herinneringen weer aan`."""
    if kinds & {Kind.DAY, Kind.LENGTH, Kind.QUESTION}:
        return None
    off = kinds & NEGATIVE
    # `tijdelijk uit` is a pause, `de pauze uit` is the end of one.
    named = any(i.kind is Kind.PAUSE and i.words[-1].startswith(_PAUSE_NOUNS) for i in items)
    if named and (off or Kind.AGAIN in kinds):
        return Unsure() if Kind.NOT in kinds and kinds & {Kind.OFF, Kind.GONE} else Simple.RESUME
    return Simple.ON if Kind.AGAIN in kinds and kinds & VERBS and not off else None


def _one_meeting(items: Sequence[Item], kinds: set[Kind], today: date) -> OneMeeting | None:
    """`herinner me niet aan die van januari`, `voor de volgende bijeenkomst een dag ervoor`."""
    if not kinds & VERBS or kinds & {Kind.PAUSE, Kind.UNTIL, Kind.THROUGH}:
        return None
    if Kind.THIS_MEETING in kinds:
        return OneMeeting()
    days = [item.day for item in items if item.day]
    period = days[0].of(today) if len(days) == 1 else None
    if period is None:
        return None
    # One day is no pause: `geen herinnering op 8 december`.
    without = bool(kinds & NEGATIVE) and period.first == period.last and Kind.FROM not in kinds
    return OneMeeting(period) if without or kinds & {Kind.MEETING, Kind.ONE_OF} else None
