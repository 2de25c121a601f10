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
from bot.content.load import VECTORS
from bot.content.reading import read_files
from dialogs import conversation
from dialogs.values import ConversationState, Message
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.content import live_content

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
def ask(folder, tmp_path_factory):
    learned = tmp_path_factory.mktemp("learned")
    live = live_content(learned, load_encoder(learned, VECTORS))
    live.build(check(read_files(folder)[0], Clock()())[0])

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


def test_what_is_none_of_its_answers_is_not_answered(ask):
    asked = lines("off_topic.txt")
    told = [(text, ask(text).id) for text in asked if ask(text).kind == "answer"]

    assert len(asked) >= 150
    assert len(told) <= 0.02 * len(asked), told


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
