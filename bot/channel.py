"""All that passes between a channel and the bot: what comes in, what goes out, and how a send ended."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from dialogs.card import Card
from dialogs.values import Quoted

RETRY_AFTER_MAX = 900.0
"""Seconds for which a `Retry-After` may hold up a conversation; a longer one is cut to this, as it may be a mistake."""

Event = Literal["message", "query", "installed", "removed", "other"]
"""What happened: a member wrote a message, or looked up an answer to share; the bot was added or removed."""
AnswerMode = Literal["post", "invoke", "inline"]
"""Where the answer is expected: in a message of its own (`post`), or in the response to the request.

A channel may have two forms of the latter: the result of a press (`invoke`), or a list of messages (`inline`).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A stored conversation reference: our own columns, refreshed by every incoming activity.

    `tenant_id` comes from `channelData.tenant.id`: the SDK's own reference loses it.
    """

    service_url: str
    conversation_id: str
    """Of a thread in a channel: the channel's id, `;` and the thread's; see `root`."""
    place: str = "personal"
    """The Bot Framework's `conversationType`: personal, groupChat or channel."""
    channel_id: str = ""
    bot_id: str = ""
    bot_name: str = ""
    user_id: str = ""
    aad_object_id: str = ""
    tenant_id: str = ""
    team_id: str = ""
    locale: str = ""
    timezone: str = ""

    @property
    def root(self) -> str:
        """The conversation without its thread: what settings, subscriptions and new threads belong to."""
        return self.conversation_id.partition(";")[0]

    def to_json(self) -> str:
        """The opaque text that the store keeps."""
        return json.dumps({key: value for key in self.__slots__ if (value := getattr(self, key))})

    @classmethod
    def from_json(cls, text: str) -> "Address":
        """The address that `to_json` wrote; unknown keys of a newer version are left out."""
        return cls(**{k: v for k, v in json.loads(text).items() if k in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something that happened in a conversation, in no channel's own terms."""

    event: Event
    address: Address
    at: datetime
    """When it arrived here."""
    text: str = ""
    """What was written, without mentions and quotes."""
    quoted: Quoted | None = None
    """The message that this one is a reply to, where it quotes that."""
    pressed: bool = False
    """Whether it was a press on one of our cards, not typed."""
    page: int = 0
    """Of the answers to a query; 0 is the first."""
    activity_id: str = ""
    answer_mode: AnswerMode = "post"


UNSENT = "unsent"
"""The outcome of a turn whose reply could not be sent, for want of a token: it is to come once more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a turn ended, and what goes back in the response to the request, if anything."""

    outcome: str
    """What was done: the kind of a dialog's outcome, an event, `late`, `failed` or `UNSENT`."""
    content: Card | tuple[Card, ...] | str | None = None
    """A card; for a query the cards to choose from, or a sentence. None where nothing is left to be said."""


# What a send ends in: values, not exceptions, so that none can be swallowed.


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; `id` is the activity's, empty where the connector gave none."""

    id: str
    conversation_id: str = ""
    """Of a new thread."""


class GoneReason(StrEnum):
    """Why nobody is there any more."""

    BLOCKED = "blocked"
    """The member blocked the bot."""
    DISABLED = "disabled"
    """An administrator switched the bot off, and may switch it on again."""
    REMOVED = "removed"
    """The bot, or the member, is no longer in the conversation."""
    NOT_FOUND = "not_found"
    """There is no such conversation."""
    DELETED = "deleted"
    """The message that was to be changed is no more."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The connector says, with a code of its own, that nobody is there; once may be a fault that passes."""

    reason: GoneReason


@dataclass(frozen=True, slots=True)
class Later:
    """It did not arrive, and the fault may pass: try again, after `seconds` when the server asked for it.

    Busy (412, 429, 5xx), never reached, or the page of a gateway, which says nothing about the conversation.
    """

    why: str
    seconds: float | None = None
    unsent: bool = False
    """It was not even tried, for we have no token."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Cut off after the request had left: it may have arrived."""

    why: str
    late: "asyncio.Task[Result] | None" = field(default=None, compare=False, repr=False)
    """What its answer says, where that is waited for still."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The connector will not have this message, or any of ours: somebody has to mend something first."""

    why: str
    setup: bool = False
    """Every send would be refused, not this one only: an operator has to mend the set-up first."""
    unsent: bool = False
    """As that of `Later`."""


Result = Sent | Gone | Later | InDoubt | Refused


class Channel(Protocol):
    """Somewhere a card can go: Teams, or memory."""

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        """Post a card in the conversation; in the thread of the activity `reply_to` when given."""
        ...

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        """Put another card in the place of one that was sent; `GoneReason.DELETED` where it is no more."""
        ...

    async def start_thread(self, address: Address, card: Card) -> Result:
        """Post a card as a new thread in the channel of the address."""
        ...

    async def ask(self, address: Address) -> Result:
        """Ask something that changes nothing, to see whether the conversation is answered for at all."""
        ...

    async def typing(self, address: Address) -> Result:
        """Show that an answer is being made."""
        ...
