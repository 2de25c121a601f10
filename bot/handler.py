"""An incoming event, what is known of the conversation, and the one card that answers it."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.channel import Address, Incoming
from bot.quota import SharedSubscriptions
from bot.sent_cards import SentCards
from bot.store.errors import StoreUnavailableError
from dialogs import conversation, introduction, share, trouble
from dialogs.card import Card
from dialogs.changes import Change, ForgetMe, Unsubscribe
from dialogs.commands import COMMANDS
from dialogs.context import Context
from dialogs.values import ConversationState, LastExchange, Message, Outcome, Place, Quoted, Reply
from faq.language import DEFAULT, Language, spoken_language

log = logging.getLogger(__name__)

RECENT_FOR = timedelta(minutes=10)
"""How long the last exchange of a conversation counts as its context."""
RECENT_MAX = 10_000
"""Conversations whose last exchange is remembered at the same time; the oldest go first."""


class ConversationStore(Protocol):
    """What the handler needs of the store; every method may raise `StoreUnavailableError`."""

    def state(self, address: Address, now: datetime) -> ConversationState: ...
    def refresh(self, address: Address, now: datetime) -> None: ...
    def welcome(self, address: Address, now: datetime) -> bool: ...
    def apply(self, address: Address, changes: tuple[Change, ...], now: datetime) -> None: ...
    def remove(self, address: Address) -> None: ...


class Handler:
    """Handles one event at a time, and says which card answers it.

    The last exchange of a conversation is remembered in memory only; it is never stored.
    """

    def __init__(self, context: Callable[[], Context], store: ConversationStore | None) -> None:
        """Answer from the content in use.

        Args:
            context: the content in use, asked for at every event.
            store: None where the database could not be opened for writing.
        """
        self._context, self._store_or_none = context, store
        self._recent: OrderedDict[str, LastExchange] = OrderedDict()
        self._sent = SentCards(RECENT_FOR)
        self._quota = SharedSubscriptions()

    def handle(self, incoming: Incoming) -> tuple[Card | None, Outcome | None]:
        """The card that answers, or None where nothing should be said, and what was done.

        Without a store, questions and help are answered all the same.
        """
        if incoming.event == "message":
            return self._answer(incoming)
        try:
            return self._handle_event(incoming), None
        except StoreUnavailableError as error:
            log.error("an event could not be kept: %s", error)  # noqa: TRY400 - the store is known to fail
            return None, None

    def _handle_event(self, incoming: Incoming) -> Card | None:
        """The welcome after an install, else nothing: a removal, a reaction and the like only change the store."""
        address, now = incoming.address, incoming.at
        if incoming.event == "removed":
            self._forget(address)
            self._store.remove(address)
        elif incoming.event != "installed":
            self._store.refresh(address, now)
        elif self._store.welcome(address, now):
            return introduction.welcome(self._context(), place_of(address))
        return None

    def _answer(self, incoming: Incoming) -> tuple[Card, Outcome]:
        context = self._context()
        address, now = incoming.address, incoming.at
        last, state = self._last_exchange(address, now), ConversationState()
        failure: StoreUnavailableError | None = None
        try:
            state = self._store.state(address, now)
        except StoreUnavailableError as error:
            failure = error
        message = _message(incoming, self._known_quote(incoming))
        reply = conversation.respond(context, message, replace(state, last=last))
        if not self._quota.allow(address, reply.changes, now.date()):
            reply = trouble.too_many(context, reply)
        changes = reply.changes
        if failure is not None:
            # Whatever else the store knows of them: who says stop is not written to any more.
            changes = (Unsubscribe(),) if reply.outcome.command == "unsubscribe" else ()
        if changes:
            try:
                self._store.apply(address, changes, now)
            except StoreUnavailableError as error:
                failure = error
        if failure is not None:
            log.error("answered without the store: %s", failure)
            reply = trouble.without_store(context, reply, COMMANDS)
        self._remember(address, reply)
        return reply.card, reply.outcome

    @property
    def _store(self) -> ConversationStore:
        if self._store_or_none is None:
            raise StoreUnavailableError("it could not be opened")
        return self._store_or_none

    def find(self, query: str, locale: str, now: datetime, page: int = 0) -> tuple[Card, ...] | str:
        """The answers to share that fit a query, or a sentence that says there are none; of a later page, no more."""
        context, language = self._context(), language_of(locale)
        answers = share.find(context, query, language, now, page)
        return answers if answers or page else share.nothing(context, language)

    def busy(self, locale: str) -> str:
        """What to say when a query broke, or took too long."""
        return share.broken(self._context(), language_of(locale))

    def failed(self, address: Address, reference: str) -> Card:
        """What to say when handling an event broke; `reference` finds it in the log."""
        return trouble.failed(self._context(), language_of(address.locale), reference)

    def late(self, address: Address) -> Card:
        """What to say when handling an event took too long."""
        return trouble.late(self._context(), language_of(address.locale))

    def sent(self, incoming: Incoming, activity_id: str, card: Card) -> None:
        """Remember which card answered, under which id: a reply that quotes it may tell no more."""
        if incoming.address.conversation_id not in self._recent:
            # Forgotten a moment ago; also by what this card answers.
            return
        self._sent.remember(incoming.address.root, activity_id, card.title, incoming.at)

    def _known_quote(self, incoming: Incoming) -> Quoted | None:
        """What is quoted, with the title of the card where it is one of ours."""
        quoted = incoming.quoted
        if quoted is None:
            return None
        title = self._sent.title(incoming.address.root, quoted.id, incoming.at)
        return replace(quoted, text=title, ours=True) if title else quoted

    def _last_exchange(self, address: Address, now: datetime) -> LastExchange:
        last = self._recent.get(address.conversation_id, LastExchange())
        if last.at is None or now - last.at > RECENT_FOR:
            return LastExchange(spoken=last.spoken)
        return last

    def _forget(self, address: Address) -> None:
        """Remember nothing of a conversation, nor of its threads."""
        for id_ in [id_ for id_ in self._recent if id_.partition(";")[0] == address.root]:
            del self._recent[id_]
        self._sent.forget(address.root)

    def _remember(self, address: Address, reply: Reply) -> None:
        if any(isinstance(change, ForgetMe) for change in reply.changes):
            self._forget(address)
            return
        self._recent[address.conversation_id] = reply.last
        self._recent.move_to_end(address.conversation_id)
        while len(self._recent) > RECENT_MAX:
            self._recent.popitem(last=False)


def _message(incoming: Incoming, quoted: Quoted | None) -> Message:
    """What came in, as the dialogs see it."""
    return Message(
        text=incoming.text,
        at=incoming.at,
        place=place_of(incoming.address),
        quoted=quoted,
        pressed=incoming.pressed,
    )


def place_of(address: Address) -> Place:
    """Where in Teams an address is; in a kind of conversation that we do not know, others may read along."""
    return Place(address.place) if address.place in list(Place) else Place.GROUP


def language_of(locale: str) -> Language:
    """The client's language where we speak it, else Dutch."""
    return spoken_language(locale) or DEFAULT
