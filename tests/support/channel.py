"""A second channel, in memory, through the same protocol as Teams: what the seam of docs/sdk.md allows."""

import contextlib
import dataclasses
import itertools
import re
from concurrent.futures import ThreadPoolExecutor

from bot.channel import Address, Answer, Incoming, Result, Sent
from bot.handler import Handler
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.turns import Times, Turns
from dialogs.card import Card

ANNA = Address(service_url="memory:", conversation_id="anna", channel_id="memory", user_id="anna")


class MemoryChannel:
    """Remembers what it is asked, and answers that all of it was sent.

    Else it answers these results in turn, or what `answer(address, card)`, `answer_edit` and `answer_ask` say;
    `before(address, card)` is awaited first. `calls` holds (how, address, card) of all that was
    asked, `sent` holds (conversation, title, text) of what arrived.
    """

    def __init__(self, *results: Result) -> None:
        self.calls: list[tuple[str, Address, Card | None]] = []
        self.sent: list[tuple[str, str, str]] = []
        self.updated: list[tuple[str, str, str]] = []
        left = iter(results)
        self.answer = lambda *_: next(left, None)
        self.before = self.answer_edit = self.answer_ask = None
        self._numbers = itertools.count(1)

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        return await self._post("reply" if reply_to else "send", address, card)

    async def start_thread(self, address: Address, card: Card) -> Result:
        result = await self._post("thread", address, card)
        if not isinstance(result, Sent):
            return result
        thread = f"{address.conversation_id};messageid={result.id}"
        return dataclasses.replace(result, conversation_id=thread)

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        self.calls.append(("update", address, card))
        self.updated.append((address.conversation_id, activity_id, card.title))
        return self.answer_edit(address, card) if self.answer_edit else Sent(activity_id)

    async def ask(self, address: Address) -> Result:
        self.calls.append(("ask", address, None))
        return self.answer_ask(address) if self.answer_ask else Sent("")

    async def typing(self, address: Address) -> Result:
        self.calls.append(("typing", address, None))
        return Sent("")

    async def _post(self, how: str, address: Address, card: Card) -> Result:
        self.calls.append((how, address, card))
        if self.before:
            await self.before(address, card)
        result = self.answer(address, card) if self.answer else None
        result = result or Sent(f"a{next(self._numbers)}")
        if isinstance(result, Sent):
            self.sent.append((address.conversation_id, card.title, card.text))
        return result

    @property
    def how(self) -> list[str]:
        return [how for how, _, _ in self.calls]

    @property
    def cards(self) -> list[Card]:
        return [card for _, _, card in self.calls if card]

    def titles(self, conversation_id: str | None = None) -> list[str]:
        """Of the cards that arrived, in this conversation or in all; of a reminder without its day and hour."""
        mine = [title for id_, title, _ in self.sent if conversation_id in (None, id_)]
        return [re.sub(r"^.* (om|at) \d\d[.:]\d\d( uur)?: ", "", title) for title in mine]


class RecordingLimiter:
    """Remembers what it is told, in the place of a `RateLimiter`."""

    def __init__(self) -> None:
        self.counted: list[str] = []
        self.throttled: list[tuple[str, float]] = []

    def count(self, conversation_id: str) -> None:
        self.counted.append(conversation_id)

    def throttle(self, conversation_id: str, seconds: float) -> None:
        self.throttled.append((conversation_id, seconds))


class MemoryConversation:
    """A conversation with the bot that never hears of the Bot Framework."""

    def __init__(
        self, turns: Turns, channel: MemoryChannel, limiter: RecordingLimiter, clock
    ) -> None:
        self._turns, self.channel, self.limiter, self._clock = turns, channel, limiter, clock
        self._numbers = itertools.count(1)

    async def happens(self, event, text="", *, answer_mode="post", address=ANNA) -> Answer:
        """Something happens; how the turn ended."""
        incoming = Incoming(
            event=event,
            address=address,
            at=self._clock(),
            text=text,
            activity_id=str(next(self._numbers)),
            answer_mode=answer_mode,
        )
        return await self._turns.handle(incoming)

    async def say(self, text):
        """Say something; the card that comes back."""
        before = len(self.channel.cards)
        await self.happens("message", text)
        (card,) = self.channel.cards[before:]
        return card


@contextlib.contextmanager
def conversation_with(handler, clock, *results, times=None):
    """A conversation with this handler, through a channel in memory that answers with these results."""
    channel, limiter = MemoryChannel(*results), RecordingLimiter()
    with ThreadPoolExecutor(1) as worker:
        turns = Turns(handler, channel, worker, limiter=limiter, times=times or Times())
        yield MemoryConversation(turns, channel, limiter, clock)


@contextlib.contextmanager
def bot_in_memory(context, tmp_path, clock):
    """The same, with the real handler of this content and a real store."""
    database = open_database(tmp_path / "memory.sqlite3")
    try:
        with conversation_with(
            Handler(lambda: context, Conversations(database)), clock
        ) as conversation:
            yield conversation
    finally:
        database.close()
