"""What nobody can answer and how commands are typed is taught by the bot itself, whatever the content."""

import pytest

from bot.content.encoder import load_encoder
from bot.content.load import VECTORS
from bot.content.reading import parse
from bot.content.shipped import EXAMPLES, shipped_examples
from dialogs import commands
from faq.examples import with_shipped
from tests.support.content import CONTENT, live_content, shipped_content, write_content

HEADER = "question\texpected\tlang\tstyle\n"


def expected(content, question):
    return [e.expected for e in content.examples if e.question == question]


def of_small_content(folder, lines=""):
    write_content(folder)
    raw = {"faq/een.toml": (folder / "faq" / "een.toml").read_bytes()}
    return parse({**raw, "questions/eigen.tsv": (HEADER + lines).encode()})[0]


def test_every_content_has_examples_of_nobody_and_of_commands(tmp_path):
    learned = {example.expected for example in of_small_content(tmp_path / "x").examples}

    assert {"-", "@subscribe", "@unsubscribe", "@pause", "@meetings", "@human"} <= learned
    assert learned <= {"-", *(f"@{command}" for command in commands.ids())}


def test_the_organisers_files_hold_no_example_that_every_community_needs():
    lines = [
        line.split("\t")
        for file in (CONTENT / "questions").glob("*.tsv")
        for line in file.read_text("utf-8").splitlines()[1:]
    ]

    assert [cells for cells in lines if cells[1].startswith(("-", "@"))] == []
    assert sum(1 for _ in EXAMPLES.glob("*.tsv")) > 0


def test_what_the_organiser_says_of_a_question_holds(tmp_path):
    nobody = next(e.question for e in shipped_examples() if e.expected == "-")

    own = of_small_content(tmp_path / "x", f"{nobody}\tgeldigheid\tnl\tplain\n")

    assert expected(own, nobody) == ["geldigheid"]
    assert expected(of_small_content(tmp_path / "y"), nobody) == ["-"]


def test_what_has_an_answer_here_is_not_taught_as_what_nobody_can_answer():
    nobody = next(e for e in shipped_examples() if e.expected == "-")

    assert with_shipped([], [nobody.question], [nobody]) == []
    assert with_shipped([], ["Iets anders?"], [nobody]) == [nobody]


def test_the_shipped_content_is_taught_all_of_it():
    assert set(shipped_examples()) <= set(shipped_content().examples)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    live = live_content(folder / "learned", load_encoder(folder / "learned", VECTORS))
    live.build(of_small_content(folder / "content"))
    return live.context().search


@pytest.mark.parametrize(
    "question",
    [
        "Wat is de hoofdstad van Peru?",
        "de printer op de gang doet het weer niet",
        "The tea is cold.",
    ],
)
def test_one_answer_is_not_the_answer_to_everything(small, question):
    assert small.search(question).zone != "answer"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("geef me twee dagen ervoor een seintje", "subscribe"),
        ("hou maar op met die berichtjes", "unsubscribe"),
    ],
)
def test_a_command_is_understood_whatever_the_content(small, typed, command):
    assert small.search(typed).matches[0].id == f"@{command}"
