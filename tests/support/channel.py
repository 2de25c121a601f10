"""A second channel, in memory, through the same protocol as Teams: what the seam of docs/sdk.md allows."""

import contextlib
import itertools
from concurrent.futures import ThreadPoolExecutor

from bot.channel import Address, Result, Sent
from bot.handler import Handler, Incoming
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.turns import Times, Turns
from dialogs.values import Card

ANNA = Address(service_url="memory:", conversation_id="anna", channel_id="memory", user_id="anna")


class MemoryChannel:
    """Keeps what is sent: (how, address, card), in order; answers with `results` while there are any."""

    def __init__(self, *results: Result) -> None:
        self.sent: list[tuple[str, Address, Card | None]] = []
        self.results = list(results)
        self._numbers = itertools.count(1)

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        return self._keep("reply" if reply_to else "send", address, card)

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        return self._keep(f"update {activity_id}", address, card)

    async def start_thread(self, address: Address, card: Card) -> Result:
        return self._keep("thread", address, card)

    async def typing(self, address: Address) -> Result:
        return self._keep("typing", address, None)

    def _keep(self, how: str, address: Address, card: Card | None) -> Result:
        self.sent.append((how, address, card))
        return self.results.pop(0) if self.results else Sent(str(next(self._numbers)))

    @property
    def cards(self) -> list[Card]:
        return [card for _, _, card in self.sent if card]

    @property
    def how(self) -> list[str]:
        return [how for how, _, _ in self.sent]


class Talk:
    """A conversation with the bot that never hears of the Bot Framework."""

    def __init__(self, turns: Turns, channel: MemoryChannel, clock) -> None:
        self._turns, self.channel, self._clock = turns, channel, clock
        self._numbers = itertools.count(1)

    async def happens(self, event, text="", address=ANNA, **body):
        """Something happens; the answer to it, and what was done."""
        incoming = Incoming(
            event=event,
            address=address,
            at=self._clock(),
            text=text,
            activity_id=str(next(self._numbers)),
        )
        return await self._turns.take({"type": "message", **body}, incoming)

    async def say(self, text):
        """Say something; the card that comes back."""
        before = len(self.channel.cards)
        await self.happens("message", text)
        (card,) = self.channel.cards[before:]
        return card


@contextlib.contextmanager
def talking(desk, clock, *results, times=None):
    """A talk with this desk, through a channel in memory that answers with these results."""
    channel = MemoryChannel(*results)
    slowed = []
    with ThreadPoolExecutor(1) as worker:
        turns = Turns(desk, channel, worker, slow_down=slowed.append, times=times or Times())
        talk = Talk(turns, channel, clock)
        talk.slowed = slowed
        yield talk


@contextlib.contextmanager
def housed_in_memory(context, tmp_path, clock):
    """The same, with the real desk of this house and a real store."""
    database = open_database(tmp_path / "memory.sqlite3")
    try:
        with talking(Handler(lambda: context, Conversations(database)), clock) as talk:
            yield talk
    finally:
        database.close()
