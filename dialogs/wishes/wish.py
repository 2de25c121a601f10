"""What a member may wish of the reminders, once it was read."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from dialogs.wishes.periods import Period


class Simple(Enum):
    """A wish without a value."""

    ON = auto()
    OFF = auto()
    RESUME = auto()
    """No pause any more."""
    FOR_ANOTHER = auto()
    """Reminders for somebody else, who can ask for them herself."""
    NOT_ALLOWED = auto()
    """A lead at which no reminder goes out: ten seconds, three months, some days."""


@dataclass(frozen=True, slots=True)
class Leads:
    """How long before a meeting reminders are wished for, and no longer wished for."""

    add: frozenset[timedelta] = frozenset()
    remove: frozenset[timedelta] = frozenset()
    only: bool = False
    """No others than those in `add`."""
    starts: bool = False
    """Reminders are asked for as well, by who may have none: `meld me aan, maar niet een uur ervoor`."""


@dataclass(frozen=True, slots=True)
class Break:
    """A pause, from the start of `begins` (None: now) until the start of `until`."""

    begins: date | None
    until: date


@dataclass(frozen=True, slots=True)
class UntilWhen:
    """A pause of which the end was not read."""

    begins: date | None = None


@dataclass(frozen=True, slots=True)
class OneMeeting:
    """No reminders, or other ones, of one meeting only; reminders are of all of them."""

    days: Period | None = None
    """When that meeting is; None for the next one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be chosen at once, as a form does: exactly these leads, and this pause or none."""

    leads: frozenset[timedelta]
    pause: Break | None


Sure = Simple | Leads | Break | UntilWhen | OneMeeting | Settings


@dataclass(frozen=True, slots=True)
class Unsure:
    """What may have been meant; nothing of it is done before the member chose."""

    readings: tuple[Sure, ...] = ()


Reading = Sure | Unsure
