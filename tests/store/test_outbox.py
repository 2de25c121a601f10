"""The outbox under any order of beats, crashes, stops, pauses and edits: none lost, none twice, none after stop."""

import asyncio
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel import InDoubt, Later, Refused, Sent
from bot.reminders.planning import announcement, still_due
from bot.retry import DOUBTS_MAX
from bot.store.database import open_database
from faq.meetings import lead_of
from tests.support.channel import MemoryChannel
from tests.support.clock import Clock
from tests.support.reminders import ReminderProcess, address, at, calendar, cancelled, moved

BEGIN, END = at("2026-11-30 09:00"), at("2027-01-13 00:00")
NAMES = ("anna", "bram", "carla")
CALENDARS = [
    calendar(),
    calendar(moved("2026-12-08", "2026-12-10T15:00:00")),
    calendar(moved("2026-12-08", "2026-12-04T09:00:00")),
    calendar(cancelled("2026-12-08")),
    calendar(moved("2026-12-08", "2027-01-05T10:00:00")),
    calendar(reminders='["2d", "30m"]'),
]
SENT, LATER, LOST, ARRIVED, SETUP = "sent", "later", "lost", "arrived", "setup"

names = st.sampled_from(NAMES)
steps = st.one_of(
    st.tuples(st.just("move"), st.integers(1, 60 * 40)),
    st.tuples(
        st.just("beat"),
        st.integers(0, 1),
        st.lists(st.sampled_from([SENT, LATER, LOST, ARRIVED, SETUP]), max_size=4),
    ),
    st.tuples(st.just("both"), st.lists(st.sampled_from([SENT, LATER]), max_size=3)),
    st.tuples(st.just("crash"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("subscribe"), names, st.sampled_from([(), (1440,), (3 * 1440, 15)])),
    st.tuples(st.just("stop"), names),
    st.tuples(st.just("pause"), names, st.sampled_from([-1, 1, 30, 200]), st.integers(1, 200)),
    st.tuples(st.just("undo"), names),
    st.tuples(st.just("edit"), st.integers(0, len(CALENDARS) - 1)),
)


def paused(row, moment):
    """Whether a row of the subscriptions has a pause at a moment, both as the store writes them."""
    return (row["paused_from"] or "") <= moment < (row["paused_until"] or "")


class Scenario:
    """Two processes on one database, and somebody who writes down what arrives where."""

    def __init__(self, path):
        self.clock, self.channel, self.living = Clock(BEGIN), MemoryChannel(), {"p0", "p1"}
        self.path, self.numbers, self.script = path, 2, []
        self.calendar = CALENDARS[0]
        self.arrived = Counter()
        self.times = {}
        self.doubts = Counter()
        self.log = []
        self.channel.before, self.channel.answer = self.look, self.answer
        self.processes = [self.process(f"p{n}") for n in (0, 1)]

    def process(self, name):
        return ReminderProcess(
            self.path,
            self.clock,
            self.calendar,
            worker_id=name,
            channel=self.channel,
            living=self.living,
        )

    async def look(self, where, _):
        """Whatever is sent, is sent to somebody who wants it now."""
        name = where.conversation_id
        self.key = self.sending(name)
        self.check_wanted(name, self.key[1])
        await asyncio.sleep(0)

    def check_wanted(self, name, kind):
        database = self.processes[0].database
        row = next(database.query("select * from subscriptions where conversation = ?", [name]))
        assert row["active"], f"{name} said stop"
        if kind == "reminder":
            assert not paused(row, self.clock().isoformat()), f"{name} has a pause"

    def sending(self, name):
        rows = self.processes[0].database.query(
            "select occurrence, kind, number, moment, conversation from outbox"
            " where state = 'sending' and conversation = ?",
            [name],
        )
        return tuple(next(iter(rows)).values())

    def answer(self, where, _):
        key = self.sending(where.conversation_id)
        how = self.script.pop(0) if self.script else SENT
        if how in (SENT, ARRIVED):
            self.count(key)
        if how in (LOST, ARRIVED):
            self.doubts[key] += 1
            return InDoubt("cut off")
        return {LATER: Later("503"), SETUP: Refused("401", setup=True), SENT: Sent("a")}[how]

    def count(self, key):
        self.arrived[key] += 1
        self.times.setdefault(key, self.clock())
        meeting = self.calendar.find(key[0])
        if key[1] == "reminder":
            assert self.clock() < meeting.starts, "never after the start"
        assert self.arrived[key] <= 1 + self.doubts[key], f"{key} twice"
        assert self.arrived[key] <= DOUBTS_MAX, f"{key} more than it may"

    async def take(self, step):
        self.log.append(step)
        match step:
            case ("move", minutes):
                self.clock.move(minutes=minutes)
            case ("beat", number, script):
                self.script = list(script)
                await self.processes[number].beat()
                self.script = []
            case ("both", script):
                self.script = list(script)
                await asyncio.gather(*(process.beat() for process in self.processes))
                self.script = []
            case ("crash", number, arrives):
                self.crash(number, arrives=arrives)
            case ("subscribe", name, leads):
                self.processes[0].subscribe(name, *leads)
            case ("stop", name):
                if self.active(name):
                    self.processes[1].stop(name)
            case ("pause", name, begins, hours):
                if self.active(name):
                    begins_at = self.clock() + timedelta(hours=begins)
                    until = begins_at + timedelta(hours=hours + 1)
                    minutes = "%Y-%m-%d %H:%M"
                    self.processes[0].pause(
                        name, until.strftime(minutes), begins_at.strftime(minutes)
                    )
            case ("undo", name):
                self.processes[1].undo(name)
            case ("edit", number):
                self.calendar = CALENDARS[number]
                for process in self.processes:
                    process.calendar = self.calendar

    def crash(self, number, *, arrives):
        """Killed between the claim and the record; the request may have left, or not."""
        process, now = self.processes[number], self.clock()
        process.lease.hold()
        known, self.calendar = self.calendar, process.calendar
        row = process.outbox.claim(now, lambda each: still_due(known, each, now), due_by=now)
        if row is not None:
            key = (row.occurrence, row.kind, row.number, row.moment, row.conversation)
            self.check_wanted(row.conversation, row.kind)
            if arrives:
                self.count(key)
            self.doubts[key] += 1
        self.living.discard(process.worker_id)
        process.close()
        self.living.add(f"p{self.numbers}")
        self.processes[number] = self.process(f"p{self.numbers}")
        self.numbers += 1

    def active(self, name):
        rows = self.processes[0].database.query(
            "select active from subscriptions where conversation = ?", [name]
        )
        return any(row["active"] for row in rows)

    async def beat(self):
        for process in self.processes:
            await process.beat()

    async def quiet(self):
        """Nothing happens any more but beats; what is due from now on must arrive, once."""
        self.script, began = [], self.clock()
        await self.beat()
        leads = [lead_of(text) for text in ("7d", "3d", "2d", "1d", "1h", "30m", "15m")]
        moments = {
            self.calendar.due(meeting, lead)
            for meeting in self.calendar.meetings(began, END)
            for lead in leads
        } | {began + timedelta(minutes=20 * number) for number in range(1, 40)}
        pauses = self.processes[0].database.query(
            "select paused_until from subscriptions where paused_until > ''"
        )
        moments |= {datetime.fromisoformat(row["paused_until"]) for row in pauses}
        for moment in sorted(
            {moment + timedelta(minutes=later) for moment in moments for later in (0, 1, 30)}
        ):
            if began < moment < END:
                self.clock.now = max(self.clock.now, moment)
                await self.beat()
        self.clock.now = END
        await self.beat()
        return began

    def check_end(self, began):
        process = self.processes[0]
        states = {row[0] for row in process.rows("state")}
        assert not states & {"planned", "sending"}, "everything has come to an end"
        for name in NAMES:
            subscription = process.conversations.state(address(name), began).subscription
            if subscription is None or not subscription.active:
                continue
            for meeting in self.calendar.meetings(began, END):
                self.check_heard(name, meeting, began)
                for lead in subscription.leads or meeting.series.leads:
                    due = self.calendar.due(meeting, lead)
                    if meeting.cancelled or not began < due or subscription.paused_at(due):
                        continue
                    sent = [
                        key
                        for key, when in self.times.items()
                        if key[-1] == name
                        and key[0] == meeting.key
                        and due <= when < due + timedelta(hours=2)
                    ]
                    # A correction at that very moment tells the same.
                    assert sent, f"{name} did not hear of {meeting.key} {lead} before"

    def check_heard(self, name, meeting, began):
        """Whoever heard something of a meeting to come, heard last what is so."""
        rows = self.processes[0].database.query(
            "select announced_start from outbox where conversation = ? and occurrence = ?"
            " and announced = 1 and (state = 'sent' or doubts > 0)"
            " order by coalesce(sent_at, claimed_at) desc, id desc limit 1",
            [name, meeting.key],
        )
        for heard in [row["announced_start"] for row in rows]:
            if meeting.starts > began + timedelta(hours=2):
                assert heard == announcement(meeting).column, f"{name} heard {heard} last"

    def close(self):
        for process in self.processes:
            process.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "bot.sqlite3"
    open_database(path).close()
    return path


def live(template, taken):
    async def run():
        with TemporaryDirectory() as folder:
            path = Path(folder) / "bot.sqlite3"
            shutil.copy(template, path)
            scenario = Scenario(path)
            try:
                for name in NAMES[:2]:
                    await scenario.take(("subscribe", name, ()))
                for step in taken:
                    await scenario.take(step)
                scenario.check_end(await scenario.quiet())
            finally:
                scenario.close()

    asyncio.run(run())


MANY = st.lists(steps, min_size=3, max_size=25)
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@given(MANY)
@settings(max_examples=25, **QUIET)
def test_any_order_of_events(template, taken):
    live(template, taken)


@pytest.mark.slow
@given(MANY)
@settings(max_examples=250, **QUIET)
def test_any_order_of_events_many_times(template, taken):
    live(template, taken)
