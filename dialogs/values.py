"""The values that pass between the outside and the dialogs: message, state, reply."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from dialogs.card import Card, Choice
from dialogs.changes import Change
from faq.language import Language

UNDO_FOR = timedelta(days=1)
"""How long after a change of somebody's reminders it can be undone."""


class Place(StrEnum):
    """Where in Teams a conversation is; the values are the Bot Framework's `conversationType`."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A message that another one quotes, as far as the channel tells."""

    text: str = ""
    """How it begins; often cut off."""
    ours: bool = False
    """Whether the bot wrote it."""
    id: str = ""
    """The activity's, empty where the channel gave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a member wrote, without the mentions in it, and when it arrived."""

    text: str
    at: datetime
    place: Place = Place.PERSONAL
    quoted: Quoted | None = None
    pressed: bool = False
    """Whether it was a press on a card, which anybody can do who sees it."""


Kind = Literal["answer", "suggest", "unknown", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the bot did with a message, as `ask --json` prints it."""

    kind: Kind
    language: Language
    id: str | None = None
    score: float = 0.0
    suggestions: tuple[str, ...] = ()
    command: str | None = None


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question of the bot that waits for an answer."""

    kind: Literal["pause-until", "reminders"]
    """`reminders`: no question, but a card about them, to which a few words are enough."""
    language: Language
    """In which it was asked: an answer such as `1 september` does not tell."""
    begins: date | None = None
    """Of a pause of which only the end is not known yet."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """In which language a talk is held."""

    language: Language
    sure: bool = True
    """Else the next message that tells decides."""
    others: int = 0
    """Clear messages in a row in another language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastExchange:
    """What the talk is about: remembered for a few minutes, in memory only, never stored."""

    question: str = ""
    unknowns: int = 0
    """How many questions in a row had no answer."""
    pending: PendingQuestion | None = None
    at: datetime | None = None
    kind: Kind | None = None
    """What was done with the last message."""
    command: str = ""
    """The command that the talk is about; empty where the last message was a question."""
    entry: str = ""
    """The id of the entry that the talk is about: the last one that was told."""
    shortened: bool = False
    """Whether it was told in short, for whom it was too long or too hard."""
    told: str = ""
    """The part of its answer that was told last, where the card was no whole answer."""
    rest: tuple[str, ...] = ()
    """Ids of what the question may have meant as well, and that was not shown."""
    offered: tuple[Choice, ...] = ()
    """The choices of the last card, in its order."""
    listed: tuple[Choice, ...] = ()
    """The answers that were offered last, while the talk is about one of them."""
    meeting: str = ""
    """The key of the meeting that was shown last."""
    language: Language | None = None
    """In which the last card was written."""
    spoken: Spoken | None = None
    """In which the talk is held; it outlives the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One conversation's wish to hear of the meetings."""

    active: bool
    leads: tuple[timedelta, ...] | None = None
    """None: the leads of each series."""
    paused_from: datetime | None = None
    """UTC; None where the pause has begun."""
    paused_until: datetime | None = None
    """UTC; from that moment reminders go out again."""
    ended_because: str | None = None

    def paused_at(self, moment: datetime) -> bool:
        """Whether there is a pause at a moment; its end is not in it."""
        if self.paused_until is None:
            return False
        return (
            self.paused_from is None or self.paused_from <= moment
        ) and moment < self.paused_until


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last change of somebody's reminders, and how they were before it."""

    at: datetime
    """UTC."""
    before: Subscription | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What is known of a conversation when a message arrives: handed in, never looked up."""

    language: Language | None = None
    """Chosen with the command; None follows the language of the question."""
    subscription: Subscription | None = None
    undoable: Undoable | None = None
    last: LastExchange = field(default_factory=LastExchange)
    stored: tuple[tuple[str, str], ...] = ()
    """What `mijn gegevens` shows: (kind of data, value), in the words of the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A command to carry out, and all that its reply may depend on."""

    command: str
    message: Message
    state: ConversationState
    language: Language
    exact: bool = False
    """Whether the member used the very words of the texts, not words that the search made it of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One card, what was done, what to store, and what to remember."""

    card: Card
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    last: LastExchange = field(default_factory=LastExchange)
