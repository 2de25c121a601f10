"""The desk: an incoming event, what is known of the conversation, and the one card that answers it."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.channel import Address
from dialogs import conversation, share, smalltalk
from dialogs.context import Context
from dialogs.values import (
    Card,
    Change,
    ConversationState,
    LastExchange,
    Message,
    Outcome,
    Place,
)
from faq.language import DEFAULT, Language, spoken_language

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

    def state(self, address: Address, now: datetime) -> ConversationState: ...
    def refresh(self, address: Address, now: datetime) -> None: ...
    def welcome(self, address: Address, now: datetime) -> bool: ...
    def apply(self, address: Address, changes: tuple[Change, ...], now: datetime) -> None: ...
    def remove(self, address: Address) -> None: ...


class Handler:
    """Takes one event at a time and says which card answers it.

    What was said a few minutes ago is remembered in memory only; it is never stored.
    """

    def __init__(self, context: Callable[[], Context], live: Keeper) -> None:
        """Answer from the `house` of the moment; keep what must be kept with `keeper`."""
        self._context, self._store = context, live
        self._recent: OrderedDict[str, LastExchange] = OrderedDict()

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
            self._store.remove(address)
        elif incoming.event != "installed":
            self._store.refresh(address, now)
        elif self._store.welcome(address, now):
            return smalltalk.welcome(self._context(), place_of(address))
        return None

    def _answer(self, incoming: Incoming) -> tuple[Card, Outcome]:
        context = self._context()
        address, now = incoming.address, incoming.at
        last, kept = self._remembered(address, now), ConversationState()
        trouble: StoreUnavailableError | None = None
        try:
            kept = self._store.state(address, now)
        except StoreUnavailableError as error:
            trouble = error
        message = Message(text=incoming.text, at=now, place=place_of(address))
        reply = conversation.respond(context, message, replace(kept, last=last))
        if reply.changes and trouble is None:
            try:
                self._store.apply(address, reply.changes, now)
            except StoreUnavailableError as error:
                trouble = error
        if trouble is not None:
            log.error("answered without the store: %s", trouble)
            reply = conversation.without_store(context, reply)
        self._remember(address, reply.last)
        return reply.card, reply.outcome

    def find(self, query: str, locale: str, now: datetime) -> tuple[Card, ...] | str:
        """The answers to share that fit a query, or a sentence that says there are none."""
        context, language = self._context(), language_of(locale)
        found = share.find(context, query, language, now.date())
        return found or share.nothing(context, language)

    def busy(self, locale: str) -> str:
        """What to say when a query broke, or took too long."""
        return share.broken(self._context(), language_of(locale))

    def failed(self, address: Address, reference: str) -> Card:
        """What to say when taking an event broke."""
        return conversation.failed(self._context(), language_of(address.locale), reference)

    def late(self, address: Address) -> Card:
        """What to say when taking an event took too long."""
        return conversation.late(self._context(), language_of(address.locale))

    def _remembered(self, address: Address, now: datetime) -> LastExchange:
        last = self._recent.get(address.conversation_id, LastExchange())
        return LastExchange() if last.at is None or now - last.at > RECENT_FOR else last

    def _remember(self, address: Address, last: LastExchange) -> None:
        self._recent[address.conversation_id] = last
        self._recent.move_to_end(address.conversation_id)
        while len(self._recent) > RECENT_MAX:
            self._recent.popitem(last=False)


def place_of(address: Address) -> Place:
    """Where in Teams an address is; in a kind of conversation that we do not know, others may read along."""
    return Place(address.place) if address.place in list(Place) else Place.GROUP


def language_of(locale: str) -> Language:
    """The client's language where we speak it, else Dutch."""
    return spoken_language(locale) or DEFAULT
