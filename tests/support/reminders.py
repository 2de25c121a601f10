"""The post room without HTTP: a real SQLite file, a clock that is moved, and a channel that remembers."""

import dataclasses
import itertools
import random
from datetime import UTC, datetime, timedelta

from bot.channel import Address, Sent
from bot.content.live import read_texts
from bot.rate_limit import RateLimiter
from bot.reminders.delivery import Delivery
from bot.reminders.planning import plan
from bot.settings import read
from bot.store.conversations import Conversations
from bot.store.database import connect, open_database
from bot.store.outbox import Outbox
from bot.store.plans import Plans
from dialogs.context import Context
from dialogs.values import Message, Pause, Subscribe, Unsubscribe
from faq.entries import Knowledge
from faq.meetings import Calendar
from faq.meetings_file import parse
from tests.support import ROOT

WORDS = read_texts(ROOT, read({}, {}, ROOT))

SERIES = """
timezone = "Europe/Amsterdam"
[[series]]
id = "cop"
title.nl = "CoP"
title.en = "CoP in English"
starts = {starts}
duration_minutes = 90
rrule = "{rrule}"
location = "Teams"
url = ""
reminders = {reminders}
"""


def toml(
    *changes,
    starts="2026-12-08T10:00:00",
    rrule="FREQ=MONTHLY;BYDAY=2TU",
    reminders='["7d", "1d", "1h"]',
):
    """A `meetings.toml` of one series with these changes."""
    text = SERIES.format(starts=starts, rrule=rrule, reminders=reminders)
    return text + "".join(
        f'[[series.change]]\nreason.nl = "zomaar"\n{change}\n' for change in changes
    )


def moved(day, to):
    return f"date = {day}\nmoved_to = {to}"


def cancelled(day):
    return f"date = {day}\ncancelled = true"


def calendar(*changes, **more):
    found, problems = parse(toml(*changes, **more).encode())
    assert [str(p) for p in problems if not p.warning] == []
    return found


def house_of(found: Calendar) -> Context:
    return Context(knowledge=Knowledge({}), search=None, calendar=found, texts=WORDS)


def address(name, **more):
    values = {"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": name}
    values |= {"user_id": f"29:{name}", "bot_id": "28:bot", "tenant_id": "t"}
    return Address(**(values | more))


class Memory:
    """A channel that remembers what was sent: (conversation, title, text), and answers as it is told to."""

    def __init__(self):
        self.sent, self.updated, self.threads = [], [], []
        self.answer = self.answer_edit = None
        self.before = None
        self._numbers = itertools.count(1)

    async def send(self, where, card, *, reply_to=""):  # noqa: ARG002 - the protocol has it
        return await self._take(where, card)

    async def start_thread(self, where, card):
        self.threads.append(where.conversation_id)
        result = await self._take(where, card)
        if isinstance(result, Sent):
            return dataclasses.replace(
                result, conversation_id=f"{where.conversation_id};messageid={result.id}"
            )
        return result

    async def update(self, where, activity_id, card):
        self.updated.append((where.conversation_id, activity_id, card.title))
        return self.answer_edit(where, card) if self.answer_edit else Sent(activity_id)

    async def typing(self, where):  # noqa: ARG002 - the protocol has it
        return Sent("")

    async def _take(self, where, card):
        if self.before:
            await self.before(where, card)
        result = self.answer(where, card) if self.answer else Sent(f"a{next(self._numbers)}")
        if isinstance(result, Sent):
            self.sent.append((where.conversation_id, card.title, card.text))
        return result

    def titles(self, name=None):
        return [title for who, title, _ in self.sent if name in (None, who)]


class Office:
    """One process: store, plans, delivery; `beat` does what the pulse does and waits for the end of it."""

    def __init__(
        self, path, clock, found, *, me="one", channel=None, living=frozenset(), per_second=50
    ):
        self.path, self.clock, self.calendar = path, clock, found
        self.desk = open_database(path)
        self.post = connect(path)
        self.conversations = Conversations(self.desk)
        self.plans, self.outbox = Plans(self.post), Outbox(self.post, me)
        self.channel = channel or Memory()
        self.met = []
        self.pace = RateLimiter(per_second, lambda: self.clock().timestamp(), self._sleep)
        self.delivery = Delivery(
            outbox=self.outbox,
            channel=self.channel,
            pace=self.pace,
            context=lambda: house_of(self.calendar),
            clock=clock,
            run=self._run,
            dead=lambda who: who not in {me, *living},
            me=me,
            chance=random.Random(1),  # noqa: S311 - jitter
            meter=self.met.append,
        )

    async def _run(self, work):
        return work()

    async def _sleep(self, seconds):
        # A little more: a float that is rounded down would never come to its end.
        self.clock.move(seconds=seconds + 1e-5)

    def close(self):
        self.desk.close()
        self.post.close()

    async def beat(self):
        plan(self.calendar, self.plans, self.clock())
        return await self.delivery.drain()

    async def beat_at(self, text):
        self.clock.now = at(text)
        return await self.beat()

    def subscribe(self, name, *leads, **more):
        where = address(name, **more)
        self.conversations.state(where, self.clock())
        chosen = tuple(timedelta(minutes=minutes) for minutes in leads) or None
        self.conversations.apply(where, (Subscribe(chosen),), self.clock())

    def stop(self, name):
        self.conversations.apply(address(name), (Unsubscribe(),), self.clock())

    def pause(self, name, until):
        self.conversations.apply(address(name), (Pause(at(until)),), self.clock())

    def rows(self, *columns):
        listed = ", ".join(columns or ("conversation", "lead", "state"))
        return [
            tuple(row.values())
            for row in self.desk.query(f"select {listed} from outbox order by id")
        ]

    def states(self):
        return {
            (who, lead): (state, why)
            for who, lead, state, why in self.rows("conversation", "lead", "state", "why")
        }


def at(text):
    """A moment in Amsterdam, as UTC: 2026-12-01 10:00."""
    return Calendar(()).utc(datetime.fromisoformat(text)).astimezone(UTC)


def said(text, when):
    return Message(text=text, at=when)
