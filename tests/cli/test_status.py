"""What an organiser sees afterwards: who is subscribed, and who was told of each meeting, in numbers."""

from argparse import Namespace
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import Gone, GoneReason, Later
from bot.cli import status
from bot.cli.command import Runtime
from bot.cli.commands import status as command
from bot.store.delivered import delivered, subscribers
from bot.store.file import UnusableDatabaseError
from dialogs.values import Place
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.process import run_app
from tests.support.reminders import ReminderProcess, at, calendar, cancelled, context_of, moved


@pytest.fixture
def process(tmp_path):
    one = ReminderProcess(tmp_path / "bot.sqlite3", Clock(at("2026-11-25 12:00")), calendar())
    yield one
    one.close()


def seen(process, back=60):
    context, now = context_of(process.calendar), process.clock()
    since = now - timedelta(days=back)
    rows = delivered(process.database, since)
    return [
        *status.subscribed(context, subscribers(process.database, now)),
        *status.told(context, process.report, rows, since, now),
    ]


def test_subscribers_are_counted_by_place_with_pauses_and_why_others_ended(process):
    process.subscribe("anna")
    process.subscribe("bram")
    process.pause("bram", "2026-12-24 00:00")
    process.subscribe("kanaal", place=Place.CHANNEL.value)
    process.subscribe("groep", place=Place.GROUP.value)
    process.subscribe("dirk")
    process.stop("dirk")
    process.database.execute("update conversations set address = '' where id = 'groep'")

    assert seen(process)[:6] == [
        "Aangemeld: 4 gesprekken.",
        "- persoonlijk: 2, waarvan 1 met pauze",
        "- kanalen: 1",
        "- groepschats: 1, waarvan 1 onbereikbaar",
        "Afgemeld of weg: 1.",
        "- 1: de ontvanger zei stop",
    ]


async def test_of_each_meeting_and_lead_it_says_what_was_sent_what_failed_and_what_comes(process):
    for name in ("anna", "bram", "carla"):
        process.subscribe(name)
    ends = {"bram": Gone(GoneReason.BLOCKED), "carla": Later("503")}
    process.channel.answer = lambda where, _: ends.get(where.conversation_id)
    for minute in (0, 2):
        await process.beat_at(f"2026-12-01 10:0{minute}")

    lines = seen(process)
    first = lines.index("CoP, dinsdag 8 december 2026, van 10.00 tot 11.30 uur")

    assert lines[first + 1].startswith("- een week vooraf: ")
    for part in (
        "1 verzonden",
        "1 mislukt (de ontvanger heeft de bot geblokkeerd)",
        "1 staat klaar",
    ):
        assert part in lines[first + 1]
    assert lines[first + 2] == (
        "- een dag vooraf: komt op maandag 7 december 2026 om 10.00 uur, aan 2 gesprekken"
    )


async def test_corrections_have_a_line_of_their_own(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(moved("2026-12-08", "2026-12-15T10:00:00"))
    await process.beat()

    lines = seen(process)

    assert "- een week vooraf: 1 verzonden" in lines
    assert "- wijziging: 1 verzonden" in lines


async def test_a_meeting_of_which_nobody_heard_is_named(process):
    process.clock.now = at("2026-12-09 12:00")
    process.subscribe("anna")
    lines = seen(process)
    first = lines.index("CoP, dinsdag 8 december 2026, van 10.00 tot 11.30 uur")

    assert lines[first + 1] == status.NOTHING


async def test_a_meeting_that_left_the_calendar_or_is_off_still_says_who_was_told(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")

    process.calendar = calendar(starts="2027-01-12T10:00:00")
    assert "cop/2026-12-08 (staat niet meer in de agenda)" in seen(process)
    process.calendar = calendar(cancelled("2026-12-08"))
    assert any(line.endswith("(vervalt)") for line in seen(process))


async def test_what_is_longer_ago_than_asked_is_left_out(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    process.clock.now = at("2027-01-20 10:00")

    assert "- een week vooraf: 1 verzonden" in seen(process, back=60)
    assert "- een week vooraf: 1 verzonden" not in seen(process, back=30)


def test_the_command_prints_it_and_writes_nothing(process, settings, capsys, tmp_path):
    process.subscribe("anna")
    here = replace(settings, database_path=process.path)
    runtime = Runtime(root=ROOT, settings=lambda: here, clock=process.clock, host=None)
    before = sorted(path.name for path in tmp_path.iterdir())
    command.run(Namespace(back=60), runtime)

    assert capsys.readouterr().out.startswith("Aangemeld: 1 gesprek.\n- persoonlijk: 1\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_without_a_database_it_says_so(settings, clock):
    runtime = Runtime(root=ROOT, settings=lambda: settings, clock=clock, host=None)

    with pytest.raises(UnusableDatabaseError, match="ladderbotctl status"):
        command.run(Namespace(back=60), runtime)


def test_days_that_make_no_sense_are_a_usage_error():
    assert run_app("status", "--back", "0").returncode == 2
