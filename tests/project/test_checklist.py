"""docs/checklist.md is true: all 69 statements, and every test that it names exists and is collected."""

import re
import subprocess
import sys

import pytest

from bot.teams import plain
from tests.support import ROOT
from tests.support.cards import every_card

TEXT = (ROOT / "docs" / "checklist.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| (\[[SGO]\] .+?) \| (.+) \|$", TEXT, re.MULTILINE)
NAMED = {name for _, _, shown in ROWS for name in re.findall(r"`([\w/]+\.py::\w+)`", shown)}


@pytest.fixture(scope="module")
def collected():
    """The tests that pytest finds in the files that are named, of every mark."""
    files = sorted({f"tests/{name.partition('::')[0]}" for name in NAMED})
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    names = re.findall(r"^tests/([\w/]+\.py::\w+)", done.stdout, re.MULTILINE)
    assert names, done.stdout[-500:]
    return set(names)


def test_all_statements_are_there_once():
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 70))


def test_every_statement_names_what_shows_it_or_says_that_it_was_not_done():
    silent = [number for number, _, shown in ROWS if not re.search(r"`.+`|not done", shown)]

    assert silent == []


def test_every_test_that_is_named_exists_and_is_collected(collected):
    assert NAMED - collected == set()


def test_a_name_that_is_no_test_would_be_seen(collected):
    assert any(name.startswith("teams/test_cards.py::") for name in collected)
    assert "teams/test_cards.py::test_that_nobody_wrote" not in collected


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`make (\w+)`", TEXT))))
def test_every_command_that_is_named_exists(command):
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert re.search(rf"(?m)^{command}:", makefile)


HUMAN = {"Iemand spreken", "Talk to someone"}
HELP = {"Help"}


def test_a_human_is_within_two_steps_of_every_card():
    """The card names who to ask, or has a button to a person or to help, which has one."""
    alone = []
    for name, card in every_card().items():
        if name.endswith("-outdated"):
            continue  # One line that points to the newer card, which has it.
        says = {choice.text for choice in card.choices}
        text = plain.plain_text(card)
        named = "Sanne" in text or "mailto:" in text
        if not (named or says & (HUMAN | HELP)):
            alone.append(name)

    assert alone == []
