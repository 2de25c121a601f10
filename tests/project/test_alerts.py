"""Each alert of deploy/alerts.example.yaml fires when what it watches for happens, and none when all is well."""

import pytest
import yaml

from bot.channel import Gone, GoneReason, InDoubt, Later, Sent
from bot.figures import Figure
from bot.health import Health
from bot.metrics import Metrics
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.prometheus import AFTER, BEFORE, fires, promtool, series
from tests.support.reminders import ReminderProcess, at, calendar, cancelled

RULES = ROOT / "deploy" / "alerts.example.yaml"
ALERTS = [
    rule["alert"]
    for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
MINUTES = [BEFORE + 2, BEFORE + 12, BEFORE + 35, BEFORE + AFTER - 5]


class Watched:
    """What is counted of a bot: its reminders on a real database, and what else a test says."""

    def __init__(self, process):
        self.process, self.metrics = process, Metrics()
        self.up, self.pulse, self.free = 1, 3.0, 50e9
        self.parts = {name: Health(ok=True) for name in ("content", "store", "sending", "token")}
        self.metrics.measure(content_age=lambda: 60.0, scheduler_age=lambda: self.pulse)
        self.metrics.watch((process.service.figures, self._disk), self._parts)
        self.metrics.turn("answered", "answer", 0.01)
        self.metrics.turn("answered", "failed", 0.01)
        self.metrics.turn("refused", "401", 0.0)
        self.metrics.send("refused")
        for number in range(30):
            process.subscribe(f"m{number:02}")

    def _disk(self):
        return [Figure.of("ladderbot_disk_free_bytes", "Free.", self.free)]

    async def _parts(self):
        return self.parts

    async def page(self):
        return (await self.metrics.page()).body.decode()

    async def beats(self, *moments):
        for moment in moments:
            await self.process.beat_at(moment)


@pytest.fixture
def watched(tmp_path):
    process = ReminderProcess(tmp_path / "bot.sqlite3", Clock(at("2026-11-25 12:00")), calendar())
    yield Watched(process)
    process.close()


async def down(bot):
    bot.up = 0


async def pulse_stops(bot):
    bot.pulse = 400.0


async def turns_break(bot):
    for _ in range(5):
        bot.metrics.turn("answered", "failed", 0.1)


async def all_is_refused(bot):
    for _ in range(40):
        bot.metrics.turn("refused", "401", 0.0)


async def it_is_slow(bot):
    for _ in range(50):
        bot.metrics.turn("answered", "answer", 4.0)


async def teams_refuses(bot):
    for _ in range(9):
        bot.metrics.send("refused")


async def a_part_fails(bot):
    bot.parts["token"] = Health(ok=False, detail="no token")


async def content_is_refused(bot):
    bot.parts["content"] = Health(ok=False, detail="2 problems")


async def reminders_wait(bot):
    bot.process.channel.answer = lambda *_: Later("503")
    await bot.beats("2026-12-01 10:00", "2026-12-01 10:11")


async def reminders_expire(bot):
    bot.process.channel.answer = lambda *_: Later("503")
    await bot.beats("2026-12-08 09:00", "2026-12-08 10:00")


async def reminders_are_given_up(bot):
    bot.process.channel.answer = lambda where, _: (
        InDoubt("504") if where.conversation_id == "m07" else Sent("x")
    )
    await bot.beats(*(f"2026-12-01 {hour}:00" for hour in range(10, 14)))


async def members_are_gone(bot):
    gone = {f"m{number:02}" for number in range(0, 28, 4)}
    bot.process.channel.answer = lambda where, _: (
        Gone(GoneReason.BLOCKED) if where.conversation_id in gone else Sent("x")
    )
    await bot.beats("2026-12-01 10:00", "2026-12-01 10:05", "2026-12-01 10:10")


async def no_meeting_is_ahead(bot):
    bot.process.calendar = calendar(cancelled("2026-12-08"), rrule="FREQ=DAILY;COUNT=1")


async def everybody_is_lost(bot):
    bot.process.database.execute("delete from subscriptions")
    bot.process.database.conn.commit()


async def the_disk_fills(bot):
    bot.free = 300e6


async def the_clock_jumps(bot):
    bot.metrics.clock_jumped()


HAPPENS = {
    "LadderbotDown": down,
    "LadderbotPulseStopped": pulse_stops,
    "LadderbotTurnsBreak": turns_break,
    "LadderbotRefusesAll": all_is_refused,
    "LadderbotSlow": it_is_slow,
    "LadderbotRemindersFail": teams_refuses,
    "LadderbotPartFails": a_part_fails,
    "LadderbotContentRefused": content_is_refused,
    "LadderbotRemindersLate": reminders_wait,
    "LadderbotRemindersExpired": reminders_expire,
    "LadderbotRemindersGivenUp": reminders_are_given_up,
    "LadderbotRecipientsGone": members_are_gone,
    "LadderbotNoMeetingAhead": no_meeting_is_ahead,
    "LadderbotNobodySubscribed": everybody_is_lost,
    "LadderbotDiskFills": the_disk_fills,
    "LadderbotClockJumped": the_clock_jumps,
}


def test_every_alert_has_something_that_makes_it_fire():
    assert sorted(HAPPENS) == sorted(ALERTS)


@pytest.fixture
def seen(tmp_path):
    """Whether an alert, or any, is seen to fire between two pages of metrics."""
    tool = promtool()
    if not tool:
        pytest.skip("promtool is not installed (Debian: prometheus)")

    def between(before, after, up, **alert):
        samples = series(before, after, **{'up{job="ladderbot"}': (1, up)})
        return fires(tool, RULES, samples, folder=tmp_path, minutes=MINUTES, **alert)

    return between


@pytest.mark.parametrize("alert", ALERTS)
async def test_it_fires_when_that_happens(watched, seen, alert):
    before = await watched.page()
    await HAPPENS[alert](watched)

    assert seen(before, await watched.page(), watched.up, alert=alert)


async def test_none_fires_while_all_is_well(watched, seen):
    before = await watched.page()
    await watched.beats("2026-12-01 10:00", "2026-12-01 10:20")
    watched.metrics.turn("answered", "answer", 0.02)

    assert not seen(before, await watched.page(), watched.up)


@pytest.mark.parametrize(
    ("happens", "figure"),
    [
        (reminders_wait, "ladderbot_outbox_late_rows 30.0"),
        (
            reminders_expire,
            'ladderbot_outbox_ended_rows{reason="meeting_started",state="expired"} 30.0',
        ),
        (
            reminders_are_given_up,
            'ladderbot_outbox_ended_rows{reason="gave_up",state="failed"} 1.0',
        ),
        (members_are_gone, 'ladderbot_outbox_ended_rows{reason="blocked",state="failed"} 7.0'),
        (no_meeting_is_ahead, "ladderbot_meetings_ahead 0.0"),
        (everybody_is_lost, "ladderbot_subscribed_conversations 0.0"),
        (content_is_refused, 'ladderbot_part_ok{part="content"} 0.0'),
    ],
)
async def test_what_does_not_happen_is_counted(watched, happens, figure):
    assert figure not in (await watched.page()).splitlines()
    await happens(watched)

    assert figure in (await watched.page()).splitlines()
