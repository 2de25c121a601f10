"""`new`: another community has a bot that answers its own questions, and nothing else."""

import argparse
import tomllib
from datetime import date, datetime, timedelta

import pytest

from bot.cli.command import Exit, Runtime
from bot.cli.commands import new
from bot.cli.starter import first_meeting
from bot.content.checks import check
from bot.content.encoder import load_encoder
from bot.content.live import read_texts
from bot.content.load import VECTORS
from bot.content.reading import read_files
from bot.settings import read
from dialogs import conversation, introduction
from dialogs.values import ConversationState, Message, Place
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.content import live_content, read_content

HERE = ROOT / "tests" / "cli"


def lines(name):
    return (HERE / name).read_text("utf-8").splitlines()


def made(folder):
    runtime = Runtime(root=ROOT, settings=None, clock=Clock(), host=None)
    return new.run(argparse.Namespace(folder=folder), runtime)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "community"
    assert made(folder) == Exit.OK
    return folder


@pytest.fixture(scope="module")
def live(folder, tmp_path_factory):
    learned = tmp_path_factory.mktemp("learned")
    live = live_content(learned, load_encoder(learned, VECTORS))
    live.build(read_content(folder))
    return live


@pytest.fixture(scope="module")
def ask(live):
    def ask(text):
        message = Message(text=text, at=Clock()())
        return conversation.respond(live.context(), message, ConversationState()).outcome

    return ask


def test_what_is_written_has_no_fault_and_meets_after_today(folder):
    content, problems = check(read_files(folder)[0], Clock()())
    starts = tomllib.loads((folder / "meetings.toml").read_text("utf-8"))["series"][0]["starts"]

    assert [str(problem) for problem in problems] == []
    assert len(content.knowledge.entries) == 3
    assert starts > datetime.combine(Clock()().date() + timedelta(days=13), datetime.min.time())


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("waar is deze groep eigenlijk voor?", "wat-is-deze-community"),
        ("kan mijn collega ook meedoen met deze community", "wie-mag-meedoen"),
        ("waar staan de presentaties van de vorige bijeenkomst", "waar-staan-de-presentaties"),
    ],
)
def test_its_own_questions_are_answered(ask, asked, entry):
    assert ask(asked).id == entry


@pytest.mark.parametrize(
    ("file", "number", "most"),
    [
        ("off_topic.txt", 150, 0.02),
        ("off_topic_daily.txt", 150, 0.03),
        ("words_elsewhere.txt", 160, 0.05),
    ],
)
def test_what_is_none_of_its_answers_is_neither_told_nor_carried_out(ask, file, number, most):
    asked = lines(file)
    outcomes = [(text, ask(text)) for text in asked]
    told = [(text, o.id or o.command) for text, o in outcomes if o.kind in ("answer", "command")]

    assert len(asked) >= number
    assert len(told) <= most * len(asked), told


def test_the_first_questions_that_it_offers_are_its_own(live, ask):
    card = introduction.welcome(live.context(), Place.PERSONAL)
    offered = [choice.text for choice in card.choices if choice.row]

    assert len(offered) == 3
    assert [ask(text).kind for text in offered] == ["answer", "answer", "command"]


def test_what_it_is_about_is_said_as_the_settings_say_it():
    own = read_texts(ROOT, read({"SUBJECT": 'werk "op \\maat" / work'}, {}, ROOT))

    assert 'vraag over werk "op \\maat"' in own.get("nl", "greeting.text")
    assert "about work" in own.get("en", "manifest.short")


def test_commands_are_understood_as_people_type_them(ask):
    typed = [line.split("\t") for line in lines("commands_typed.tsv")]
    other = [(text, ask(text)) for text, command in typed if ask(text).command != command]

    assert len(typed) >= 30
    assert other == []


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("x")

    assert made(tmp_path) == Exit.REFUSED
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "name a new folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("day", "meets"),
    [(date(2026, 12, 8), date(2026, 12, 8)), (date(2026, 12, 9), date(2027, 1, 12))],
)
def test_the_first_meeting_is_a_second_tuesday(day, meets):
    assert first_meeting(day) == meets
