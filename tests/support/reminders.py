"""The reminders without HTTP: a real SQLite file, a clock that is moved, and a channel in memory."""

import dataclasses
import random
from datetime import UTC, datetime, timedelta

from bot.channel import Address
from bot.rate_limit import RateLimiter
from bot.reminders.open_store import ReminderStore
from bot.reminders.service import assemble, make_delivery
from bot.settings import read
from bot.silence import Silence
from bot.store.confirmed import Confirmed
from bot.store.conversations import Conversations
from bot.store.database import connect, health, open_database
from bot.store.edits import Edits
from bot.store.erasure import empty_log
from bot.store.lease import Lease
from bot.store.occurrences import Occurrences
from bot.store.outbox import Outbox
from bot.store.outbox_query import value_list
from bot.store.pace import Pace
from bot.store.plans import Plans
from bot.store.report import Report
from bot.store.stillness import Stillness
from bot.store.tally import Tally
from bot.store.unanswered import Unanswered
from bot.store.undo import UndoLog
from bot.store.values import NEXT_STATES, label
from dialogs.changes import Pause, Subscribe, Undo, Unsubscribe
from dialogs.context import Context
from faq.entries import Knowledge
from faq.meetings import Calendar
from faq.meetings_file import parse
from tests.support import ROOT
from tests.support.channel import MemoryChannel
from tests.support.content import texts

SETTINGS = read({}, {}, ROOT)

PATIENCE = 100.0
"""Seconds after which a process that does not beat lost its right to send to another."""
REMINDER = "CoP"
"""The title of a reminder of `SERIES`, as `MemoryChannel.titles` tells it."""
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


def hold_to_next_states(database):
    """Whatever this connection writes: no row goes where `NEXT_STATES` does not let it go."""
    allowed = " or ".join(
        f"(old.state = '{state}' and new.state in {value_list(*following)})"
        for state, following in NEXT_STATES.items()
    )
    database.execute(
        "create temp trigger next_states before update of state on main.outbox"
        f" when old.state <> new.state and not ({allowed})"
        " begin select raise(abort, 'no such step between states'); end"
    )


class Neighbours:
    """The processes on the database, of which these live; all of them read the same calendar."""

    def __init__(self, worker_id, living):
        self.id, self._living = worker_id, living

    def is_dead(self, process):
        return process != self.id and process not in self._living

    def beat(self):
        """It lives, as said above."""

    def adopt_calendar(self, calendar, now):  # noqa: ARG002 - as `Processes` has it
        return True


class ReminderProcess:
    """One process: the service as `reminder_service` puts it together, with nothing in a thread.

    `beat` does what the scheduler does, and waits for the end of it.
    """

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
        self.worker_id, self.texts = worker_id, texts()
        self.database = open_database(path)
        self.reminders = connect(path)
        for connection in (self.database, self.reminders):
            hold_to_next_states(connection)
        self.conversations = Conversations(self.database)
        neighbours = Neighbours(worker_id, living)
        self.lease = Lease(
            self.reminders,
            worker_id,
            is_dead=neighbours.is_dead,
            stillness=Stillness(lambda: self.clock().timestamp(), PATIENCE),
        )
        self.plans, self.outbox = Plans(self.reminders), Outbox(self.reminders, self.lease)
        self.unanswered = Unanswered(self.database)
        self.undo_log = UndoLog(self.database)
        self.report = Report(self.database)
        self.channel = channel or MemoryChannel()
        self.results, self.silence = [], Silence()
        self.limiter = RateLimiter(per_second, lambda: self.clock().timestamp(), self._sleep)
        self.service = self._assemble(neighbours)

    def _assemble(self, processes):
        store = ReminderStore(
            in_thread=self._in_thread,
            processes=processes,
            lease=self.lease,
            outbox=self.outbox,
            edits=Edits(self.reminders, self.lease),
            pace=Pace(self.reminders),
            plans=self.plans,
            confirmed=Confirmed(self.reminders),
            occurrences=Occurrences(self.reminders),
            unanswered=Unanswered(self.reminders),
            undo=UndoLog(self.reminders),
            health=lambda: health(self.reminders),
            clean_backups=lambda: None,
            look_after=lambda _: empty_log(self.reminders),
            tally=Tally(self.reminders),
        )
        self.delivery = make_delivery(
            store,
            channel=self.channel,
            limiter=self.limiter,
            silence=self.silence,
            context=self._context,
            clock=self.clock,
            time=lambda: self.clock().timestamp(),
            rng=random.Random(1),  # noqa: S311 - jitter
            on_result=self.results.append,
        )
        return assemble(
            SETTINGS,
            store,
            self.delivery,
            limiter=self.limiter,
            context=self._context,
            clock=self.clock,
        )

    def _context(self):
        context = context_of(self.calendar)
        return dataclasses.replace(context, texts=self.texts)

    async def _in_thread(self, work):
        return work()

    async def _sleep(self, seconds):
        # A little more: a float that is rounded down would never come to its end.
        self.clock.move(seconds=seconds + 1e-5)

    def close(self):
        self.database.close()
        self.reminders.close()

    async def beat(self):
        await self.service.beat()
        await self.delivery.finished()

    async def beat_at(self, text):
        self.clock.now = at(text)
        await self.beat()

    def subscribe(self, name, *leads, **more):
        where = address(name, **more)
        self.conversations.state(where, self.clock())
        chosen = tuple(timedelta(minutes=minutes) for minutes in leads) or None
        self.conversations.apply(where, (Subscribe(chosen),), self.clock())

    def stop(self, name):
        self.conversations.apply(address(name), (Unsubscribe(),), self.clock())

    def pause(self, name, until, begins=None):
        pause = Pause(at(until), at(begins) if begins else None)
        self.conversations.apply(address(name), (pause,), self.clock())

    def undo(self, name):
        """Undo the last change, where there is one of less than a day ago."""
        undoable = self.conversations.state(address(name), self.clock()).undoable
        changes = (Undo(undoable.at),) if undoable else ()
        self.conversations.apply(address(name), changes, self.clock())

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
