"""The reminders without HTTP: a real SQLite file, a clock that is moved, and a channel in memory."""

import random
from datetime import UTC, datetime, timedelta

from bot.channel import Address
from bot.rate_limit import RateLimiter
from bot.reminders.delivery import Delivery
from bot.reminders.planning import plan
from bot.store.conversations import Conversations
from bot.store.database import connect, open_database
from bot.store.edits import Edits
from bot.store.outbox import Outbox
from bot.store.plans import Plans
from bot.store.report import Report
from bot.store.unanswered import Unanswered
from bot.store.values import label
from dialogs.context import Context
from dialogs.values import Pause, Subscribe, Unsubscribe
from faq.entries import Knowledge
from faq.meetings import Calendar
from faq.meetings_file import parse
from tests.support.channel import MemoryChannel
from tests.support.content import texts

REMINDER = "Herinnering: CoP"
"""The title of a reminder of `SERIES`."""
TIMEZONE = 'timezone = "Europe/Amsterdam"\n'
SERIES = """\
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


def meetings_toml(
    *changes,
    starts="2026-12-08T10:00:00",
    rrule="FREQ=MONTHLY;BYDAY=2TU",
    reminders='["7d", "1d", "1h"]',
):
    """A `meetings.toml` of one series with these changes."""
    text = TIMEZONE + SERIES.format(starts=starts, rrule=rrule, reminders=reminders)
    return text + "".join(
        f'[[series.change]]\nreason.nl = "zomaar"\n{change}\n' for change in changes
    )


def one_meeting(starts, lead="1h"):
    """A `meetings.toml` of one meeting, whose only reminder is due so long before it."""
    local = Calendar(()).local(starts).replace(microsecond=0)
    return meetings_toml(
        starts=local.isoformat(), rrule="FREQ=DAILY;COUNT=1", reminders=f'["{lead}"]'
    )


def subscribe_all(path, service_url, names):
    """A database of conversations that have wanted reminders since yesterday."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    database = open_database(path)
    # Else it waits for the disk twice for each of them.
    database.execute("pragma synchronous = off")
    conversations = Conversations(database)
    for name in names:
        where = address(name, service_url=service_url)
        conversations.state(where, yesterday)
        conversations.apply(where, (Subscribe(),), yesterday)
    database.close()


def moved(day, to):
    return f"date = {day}\nmoved_to = {to}"


def cancelled(day):
    return f"date = {day}\ncancelled = true"


def calendar(*changes, **more):
    parsed, problems = parse(meetings_toml(*changes, **more).encode())
    assert [str(p) for p in problems if not p.warning] == []
    return parsed


def context_of(known: Calendar) -> Context:
    return Context(knowledge=Knowledge({}), search=None, calendar=known, texts=texts())


def address(name, **more):
    values = {"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": name}
    values |= {"user_id": f"29:{name}", "bot_id": "28:bot", "tenant_id": "t"}
    return Address(**(values | more))


class ReminderProcess:
    """One process: store, plans, delivery; `beat` does what the scheduler does and waits for the end of it."""

    def __init__(
        self,
        path,
        clock,
        known,
        *,
        worker_id="one",
        channel=None,
        living=frozenset(),
        per_second=50,
    ):
        self.path, self.clock, self.calendar = path, clock, known
        self.worker_id = worker_id
        self.database = open_database(path)
        self.reminders = connect(path)
        self.conversations = Conversations(self.database)
        self.plans, self.outbox = Plans(self.reminders), Outbox(self.reminders, worker_id)
        self.unanswered = Unanswered(self.database)
        self.report = Report(self.database)
        self.channel = channel or MemoryChannel()
        self.results = []
        self.limiter = RateLimiter(per_second, lambda: self.clock().timestamp(), self._sleep)
        self.delivery = Delivery(
            outbox=self.outbox,
            edits=Edits(self.reminders),
            channel=self.channel,
            limiter=self.limiter,
            context=lambda: context_of(self.calendar),
            clock=clock,
            in_thread=self._in_thread,
            is_dead=lambda who: who not in {worker_id, *living},
            worker_id=worker_id,
            rng=random.Random(1),  # noqa: S311 - jitter
            on_result=self.results.append,
        )

    async def _in_thread(self, work):
        return work()

    async def _sleep(self, seconds):
        # A little more: a float that is rounded down would never come to its end.
        self.clock.move(seconds=seconds + 1e-5)

    def close(self):
        self.database.close()
        self.reminders.close()

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
        """Of every row these columns; `lead` is its kind, number and moment in short."""
        columns = columns or ("conversation", "lead", "state")
        rows = self.database.query("select * from outbox order by id")
        labelled = [
            row | {"lead": label(row["kind"], row["number"], row["moment"])} for row in rows
        ]
        return [tuple(row[column] for column in columns) for row in labelled]

    def states(self):
        return {
            (who, lead): (state, reason, detail)
            for who, lead, state, reason, detail in self.rows(
                "conversation", "lead", "state", "reason", "detail"
            )
        }


def second_process(process, **more):
    """A second process on the same database."""
    values = {"worker_id": "two", "channel": process.channel, "living": {"one"}} | more
    return ReminderProcess(process.path, process.clock, process.calendar, **values)


def at(text):
    """A moment in Amsterdam, as UTC: 2026-12-01 10:00."""
    return Calendar(()).utc(datetime.fromisoformat(text)).astimezone(UTC)
