"""The desk: an incoming event, what is known of the conversation, and the one card that answers it."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.channel import Address
from dialogs import conversation, share, smalltalk
from dialogs.context import House
from dialogs.values import Card, Change, Known, Language, Message, Outcome, Place, Recent

log = logging.getLogger(__name__)

Event = Literal["message", "query", "installed", "removed", "other"]

RECENT_FOR = timedelta(minutes=10)
RECENT_MAX = 10_000
"""Conversations that are remembered at the same time; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something that happened in a conversation, without a word of the Bot Framework."""

    event: Event
    address: Address
    at: datetime
    """When it arrived here."""
    text: str = ""
    activity_id: str = ""
    reply_to: str = ""
    """The message of ours that a button belonged to."""


class StoreUnavailableError(Exception):
    """The store cannot be read or written now; the reason, without a word of a member."""


class Keeper(Protocol):
    """What the desk needs of the store; every method may raise `StoreUnavailableError`."""

    def known(self, address: Address, now: datetime) -> Known: ...
    def refresh(self, address: Address, now: datetime) -> None: ...
    def welcome(self, address: Address, now: datetime) -> bool: ...
    def apply(self, address: Address, changes: tuple[Change, ...], now: datetime) -> None: ...
    def remove(self, address: Address) -> None: ...


class Desk:
    """Takes one event at a time and says which card answers it.

    What was said a few minutes ago is remembered in memory only; it is never stored.
    """

    def __init__(self, house: Callable[[], House], keeper: Keeper) -> None:
        """Answer from the `house` of the moment; keep what must be kept with `keeper`."""
        self._house, self._keeper = house, keeper
        self._recent: OrderedDict[str, Recent] = OrderedDict()

    def take(self, incoming: Incoming) -> tuple[Card | None, Outcome | None]:
        """The card that answers, or None where nothing should be said, and what was done.

        Without a store, questions and help are answered all the same.
        """
        if incoming.event == "message":
            return self._answer(incoming)
        try:
            return self._note(incoming), None
        except StoreUnavailableError as error:
            log.error("an event could not be kept: %s", error)  # noqa: TRY400 - the store is known to fail
            return None, None

    def _note(self, incoming: Incoming) -> Card | None:
        """What happened without a word being said: an install, a removal, anything else."""
        address, now = incoming.address, incoming.at
        if incoming.event == "removed":
            self._recent.pop(address.conversation_id, None)
            self._keeper.remove(address)
        elif incoming.event != "installed":
            self._keeper.refresh(address, now)
        elif self._keeper.welcome(address, now):
            return smalltalk.welcome(self._house(), place_of(address))
        return None

    def _answer(self, incoming: Incoming) -> tuple[Card, Outcome]:
        house = self._house()
        address, now = incoming.address, incoming.at
        recent, kept = self._remembered(address, now), Known()
        trouble: StoreUnavailableError | None = None
        try:
            kept = self._keeper.known(address, now)
        except StoreUnavailableError as error:
            trouble = error
        message = Message(text=incoming.text, at=now, place=place_of(address))
        reply = conversation.respond(house, message, replace(kept, recent=recent))
        if reply.changes and trouble is None:
            try:
                self._keeper.apply(address, reply.changes, now)
            except StoreUnavailableError as error:
                trouble = error
        if trouble is not None:
            log.error("answered without the store: %s", trouble)
            reply = conversation.without_store(house, reply)
        self._remember(address, reply.recent)
        return reply.card, reply.outcome

    def find(self, query: str, locale: str, now: datetime) -> tuple[Card, ...] | str:
        """The answers to share that fit a query, or a sentence that says there are none."""
        house, language = self._house(), language_of(locale)
        found = share.find(house, query, language, now.date())
        return found or share.nothing(house, language)

    def busy(self, locale: str) -> str:
        """What to say when a query broke, or took too long."""
        return share.broken(self._house(), language_of(locale))

    def failed(self, address: Address, reference: str) -> Card:
        """What to say when taking an event broke."""
        return conversation.failed(self._house(), language_of(address.locale), reference)

    def late(self, address: Address) -> Card:
        """What to say when taking an event took too long."""
        return conversation.late(self._house(), language_of(address.locale))

    def _remembered(self, address: Address, now: datetime) -> Recent:
        recent = self._recent.get(address.conversation_id, Recent())
        return Recent() if recent.at is None or now - recent.at > RECENT_FOR else recent

    def _remember(self, address: Address, recent: Recent) -> None:
        self._recent[address.conversation_id] = recent
        self._recent.move_to_end(address.conversation_id)
        while len(self._recent) > RECENT_MAX:
            self._recent.popitem(last=False)


def place_of(address: Address) -> Place:
    """Where in Teams an address is; in a kind of conversation that we do not know, others may read along."""
    return Place(address.place) if address.place in list(Place) else Place.GROUP


def language_of(locale: str) -> Language:
    """The client's language where we speak it, else Dutch."""
    return "en" if locale.casefold().startswith("en") else "nl"
