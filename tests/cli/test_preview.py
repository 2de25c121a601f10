"""What an organiser sees beforehand: every send, to how many, and nothing that is sent by looking."""

from argparse import Namespace
from datetime import date

import pytest

from bot.channel import Gone, GoneReason, Later, Refused, Sent
from bot.cli import preview
from bot.cli.command import Runtime
from bot.cli.commands import check
from bot.cli.commands import preview as command
from bot.cli.text import card_text
from bot.reminders.planning import plan
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.process import run_app
from tests.support.reminders import ReminderProcess, at, calendar, cancelled, context_of, moved


@pytest.fixture
def process(tmp_path):
    one = ReminderProcess(tmp_path / "bot.sqlite3", Clock(at("2026-11-25 12:00")), calendar())
    yield one
    one.close()


def seen(process, until=None):
    text = "\n".join(
        preview.ahead(context_of(process.calendar), process.report, until, process.clock())
    )
    return [line for line in text.splitlines() if line and not line.startswith("|")], text


def test_every_send_is_listed_with_its_number(process):
    process.subscribe("anna")
    process.subscribe("bram", 1440)
    process.subscribe("carla", 30)
    process.subscribe("dirk")
    process.pause("dirk", "2026-12-05 00:00")
    process.subscribe("eva")
    process.stop("eva")

    lines, text = seen(process)

    assert lines[:4] == [
        "dinsdag 1 december 2026 om 10.00 uur: CoP, een week vooraf, aan 1 gesprek",
        "maandag 7 december 2026 om 10.00 uur: CoP, een dag vooraf, aan 3 gesprekken",
        "dinsdag 8 december 2026 om 09.00 uur: CoP, een uur vooraf, aan 2 gesprekken",
        "dinsdag 8 december 2026 om 09.30 uur: CoP, 30 minuten vooraf, aan 1 gesprek",
    ]
    assert "https://teams.microsoft.com" not in text


async def test_what_is_foretold_is_what_is_sent(process):
    for name, leads in (("anna", ()), ("bram", (1440, 15)), ("carla", (3 * 1440,))):
        process.subscribe(name, *leads)
    lines, _ = seen(process, date(2027, 1, 20))
    numbers = [
        int(line.rpartition("aan ")[2].split()[0]) for line in lines if "vooraf, aan" in line
    ]
    process.clock.now = at("2026-11-30 00:00")
    sent = []
    for _ in range(4 * 24 * 52):
        before = len(process.channel.sent)
        await process.beat()
        sent += [len(process.channel.sent) - before] if len(process.channel.sent) > before else []
        process.clock.now = process.clock.now.replace(microsecond=0, second=0)
        process.clock.move(minutes=15)

    assert numbers == sent


def test_cancelled_meetings_and_other_days_are_left_out(process):
    process.calendar = calendar(cancelled("2026-12-08"))

    lines, _ = seen(process, date(2026, 12, 31))

    assert lines == ["Tot en met 31-12-2026 gaat er niets uit."]


async def test_what_waits_and_how_it_ended_is_said_in_words(process):
    process.subscribe("anna")
    process.subscribe("bram")
    process.channel.answer = lambda where, _: (
        Gone(GoneReason.BLOCKED) if where.conversation_id == "bram" else Later("503")
    )
    for minute in (0, 2):
        await process.beat_at(f"2026-12-01 10:0{minute}")
    lines, _ = seen(process)
    assert "Staat klaar: de herinnering 7d van cop/2026-12-08, aan 1 gesprek." in lines
    assert "- 1 mislukt (de ontvanger heeft de bot geblokkeerd)" in lines

    process.channel.answer = None
    await process.beat_at("2026-12-01 12:00")
    process.calendar = calendar(moved("2026-12-08", "2026-12-15T10:00:00"))
    lines, text = seen(process)
    assert "Gaat zo uit: een wijziging van cop/2026-12-08, aan 1 gesprek." in lines
    assert "| Verplaatst: CoP" in text

    plan(process.calendar, process.plans, process.clock())
    lines, _ = seen(process)
    assert "Staat klaar: een wijziging van cop/2026-12-08, aan 1 gesprek." in lines


def shown(card):
    """A card as the preview shows it: without the addresses behind its links."""
    lines = card_text(card).splitlines()
    return "\n".join(line for line in lines if not line.startswith("|   http"))


async def sent_now(process):
    """The cards that one beat sends, by who gets them."""
    cards = {}

    async def look(where, card):
        cards[where.conversation_id] = card

    process.channel.before = look
    await process.beat()
    process.channel.before = None
    return cards


MOVED = moved("2026-12-08", "2026-12-15T10:00:00")
OFF = cancelled("2026-12-08")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([calendar(MOVED)], "Was: **dinsdag 8 december 2026 om 10.00 uur**"),
        ([calendar(OFF)], "**De bijeenkomst van dinsdag 8 december 2026 om 10.00 uur gaat niet"),
        ([calendar(OFF), calendar()], "**De bijeenkomst gaat toch door: dinsdag"),
        ([calendar(MOVED), calendar()], "Was: **dinsdag 15 december 2026 om 10.00 uur**"),
        (
            [calendar(starts="2027-01-12T10:00:00")],
            "**De bijeenkomst van dinsdag 8 december 2026 om 10.00 uur staat niet meer in de agenda.**",
        ),
    ],
    ids=["moved", "cancelled", "held after all", "moved back", "gone"],
)
async def test_the_correction_that_is_shown_is_the_one_that_is_sent(process, changes, says):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    for known in changes:
        process.calendar = known
        _, text = seen(process)
        cards = await sent_now(process)

    assert shown(cards["anna"]) in text
    assert says in cards["anna"].text


@pytest.mark.parametrize(
    ("known", "waits"),
    [
        (calendar(OFF), "Gaat uit als het bestand een minuut hetzelfde is"),
        (calendar(starts="2027-01-12T10:00:00"), "Wacht op een ja (python app.py confirm)"),
    ],
    ids=["many", "looks like a mistake"],
)
async def test_what_is_held_back_is_shown_with_what_it_waits_for(process, known, waits):
    for name in ("anna", "bram", "carla", "dirk"):
        process.subscribe(name)
    await process.beat_at("2026-12-01 10:00")
    process.calendar = known

    lines, _ = seen(process)

    (line,) = (line for line in lines if "een wijziging van" in line)
    assert line.startswith(waits)
    assert line.endswith("aan 4 gesprekken.")


async def test_who_heard_different_starts_is_shown_apart(process):
    for name in ("anna", "bram", "carla"):
        process.subscribe(name)
    await process.beat_at("2026-12-01 10:00")
    process.calendar = calendar(MOVED)
    process.channel.answer = lambda where, _: (
        Sent("a") if where.conversation_id == "anna" else Refused("400 BadArgument")
    )
    await process.beat()
    process.database.execute(
        "update outbox set state = 'failed', reason = 'gave_up' where kind = 'correction' and state = 'planned'"
    )
    process.channel.answer = None
    process.calendar = calendar(moved("2026-12-08", "2026-12-16T10:00:00"))

    lines, text = seen(process)
    cards = await sent_now(process)

    assert [line for line in lines if line.startswith("Gaat zo uit")] == [
        "Gaat zo uit: een wijziging van cop/2026-12-08, aan 2 gesprekken.",
        "Gaat zo uit: een wijziging van cop/2026-12-08, aan 1 gesprek.",
    ]
    assert len({card.text for card in cards.values()}) == 2
    assert [who for who, card in cards.items() if shown(card) not in text] == []


async def test_a_refusal_is_shown_with_what_the_connector_said(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Refused("400 BadArgument")
    await process.beat_at("2026-12-08 09:00")
    await process.beat_at("2026-12-08 10:00")

    lines, _ = seen(process)

    assert "- 1 vervallen (de bijeenkomst was al begonnen: 400 BadArgument)" in lines


def test_a_moment_shows_what_is_sent_then_in_both_languages(process):
    context = context_of(process.calendar)

    text = "\n".join(
        preview.at(context, at("2027-01-11 10:00").replace(tzinfo=None, hour=10), process.clock())
    )

    assert "maandag 11 januari 2027 om 10.00 uur: CoP, een dag vooraf" in text
    assert "Morgen om 10.00 uur: CoP" in text
    assert "Tomorrow at 10:00: CoP in English" in text


def test_a_moment_at_which_nothing_goes_names_the_next(process):
    lines = list(
        preview.at(
            context_of(process.calendar),
            at("2027-01-10 10:00").replace(tzinfo=None),
            process.clock(),
        )
    )

    assert lines == [
        "Op zondag 10 januari 2027 om 09.00 uur gaat er niets uit.",
        "De eerstvolgende is op maandag 11 januari 2027 om 10.00 uur: CoP.",
    ]


def test_the_command_needs_no_database_and_makes_none(tmp_path):
    database = tmp_path / "data" / "bot.sqlite3"
    done = run_app("preview", "--until", "2027-12-31", DATABASE_PATH=str(database))

    assert (done.returncode, done.stderr) == (0, "")
    assert "CoP Implementatie CO2-Prestatieladder, een week vooraf, aan 0 gesprekken" in done.stdout
    assert not database.exists()


def test_a_wrong_date_is_a_usage_error():
    done = run_app("preview", "--until", "morgen")

    assert done.returncode == 2
    assert "invalid day value: 'morgen'" in done.stderr


@pytest.fixture
def runtime(settings):
    now = Clock(at("2026-11-29 12:00"))
    return Runtime(root=ROOT, settings=lambda: settings, clock=now, host=None)


FIRST = "15-01-2027: overgangstermijn-certificaathouders krijgt een ander antwoord."
SECOND = "15-01-2028: overgangstermijn-certificaathouders krijgt een ander antwoord."


def test_check_names_the_next_twelve_meetings_and_what_changes_by_itself(capsys, runtime):
    assert check.run(None, runtime) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line for line in lines if line.startswith("- ")]

    assert len(listed) == 12
    assert listed[0].startswith("- dinsdag 8 december 2026, van 10.00 tot 11.30 uur: ")
    assert "Vervalt: " in listed[8]
    assert "(zomerreces)" in listed[8]
    assert "Wat vanzelf verandert in de antwoorden:" in lines
    assert lines.index(FIRST) < lines.index(SECOND)


def test_preview_shows_how_an_answer_changes(capsys, runtime):
    command.run(Namespace(at=None, until=date(2027, 1, 15)), runtime)
    shown = capsys.readouterr().out

    assert f"{FIRST}\n| Wanneer moeten wij met ons certificaat over op 4.0?" in shown
    assert "| - Audit vanaf februari 2027? Die doe je op 4.0" in shown
    assert SECOND not in shown
