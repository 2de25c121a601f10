"""`unanswered`: what is alike stands together, and goes into the content with a draft."""

import argparse
import io
import tomllib
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import sqlite_utils

from bot.cli.command import Exit, Runtime
from bot.cli.commands import unanswered as command
from bot.cli.progress import working
from bot.cli.unanswered import groups, harmless
from bot.content.grouping import alike
from bot.store.database import open_database
from bot.store.file import UnusableDatabaseError
from bot.store.unanswered import Unanswered
from dialogs import commands
from faq import entries_file, examples
from faq.language import LANGUAGES
from tests.support import ROOT

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BIKES = [
    "Mag ik mijn elektrische fiets op kantoor opladen?",
    "mag ik mijn elektrische fiets opladen op kantoor",
    "Kan ik op kantoor mijn e-bike opladen?",
]
PARKING = "Is er een parkeerplaats voor bezoekers?"
ENGLISH = "Can I charge my electric bike at the office?"


@pytest.fixture
def ask(settings):
    """Keeps questions as a running bot does, each a day later than the one before."""

    def ask(*questions):
        database = open_database(settings.database_path)
        for number, question in enumerate(questions):
            Unanswered(database).add(question, MONDAY + timedelta(days=number))
        database.close()

    return ask


@pytest.fixture
def unanswered(settings, clock, capsys):
    def run(draft=None, expected=None, since=None, strike=None):
        runtime = Runtime(root=ROOT, settings=lambda: settings, clock=clock, host=None)
        arguments = argparse.Namespace(draft=draft, expected=expected, since=since, strike=strike)
        status = command.run(arguments, runtime)
        output = capsys.readouterr()
        return status, output.out, output.err

    return run


def test_what_is_alike_stands_together_with_how_often_the_last_day_and_the_nearest(ask, unanswered):
    ask(BIKES[0], PARKING, *BIKES)
    status, out, _ = unanswered()
    first, also, nearest, draft, *others = out.splitlines()

    assert status == Exit.OK
    assert first == f"   4 x  2026-11-27  {BIKES[0]}"
    assert also.strip() == f"ook: {BIKES[2]} · {BIKES[1]}"
    assert nearest.strip().startswith("dichtstbij: ")
    assert draft.strip() == "concept: --draft 1"
    assert others[0] == f"   1 x  2026-11-24  {PARKING}"


def test_nothing_asked_is_nothing_printed(ask, unanswered):
    ask()
    assert unanswered() == (Exit.OK, "", "")


NASTY = "wis\x1b[2J mijn\tscherm\r\n\u202eretsbo\x07 en kopieer \\ \"dit\" '''"


def test_what_a_terminal_might_obey_is_written_as_its_code(ask, unanswered):
    ask(NASTY)
    _, out, _ = unanswered()

    assert "wis\\x1b[2J mijn scherm \\u202eretsbo\\x07 en" in out
    assert all(c.isprintable() or c == "\n" for c in out)
    assert harmless("é 日本 🙂") == "é 日本 🙂"


@pytest.mark.parametrize("questions", [[*BIKES, ENGLISH], [NASTY], ["???"]])
def test_a_draft_of_an_entry_can_be_pasted_and_check_asks_for_the_answer(
    ask, unanswered, questions
):
    ask(*questions)
    _, draft, _ = unanswered(draft=1)
    text = f'theme.nl = "Kantoor"\ntheme.en = "Office"\n\n{draft}'
    (entry,) = tomllib.loads(text)["entry"]
    _, problems = entries_file.parse({"faq/nieuw.toml": text.encode()})

    drafted = [
        question for language in LANGUAGES for question in entry["question"].get(language, [])
    ]
    assert harmless(questions[0]) in drafted
    fields = {problem.field for problem in problems}
    assert {"answer.nl", "sources"} <= fields, fields
    assert not any("kennen we niet" in problem.what for problem in problems)


def test_a_draft_of_lines_is_read_by_the_file_of_example_questions(ask, unanswered):
    ask(*BIKES, NASTY)
    lines = [unanswered(draft=number, expected="geldigheid")[1] for number in (1, 2)]
    file = "\t".join(examples.HEADER) + "\n" + "".join(lines)
    learned, problems = examples.parse(
        {"questions/nieuw.tsv": file.encode()}, ["geldigheid"], commands.ids()
    )

    assert problems == []
    assert {example.question for example in learned} == {*BIKES, harmless(NASTY)}
    assert {example.expected for example in learned} == {"geldigheid"}


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_group_that_does_not_exist_is_one_sentence(ask, unanswered, number):
    ask(PARKING)
    status, out, err = unanswered(draft=number)

    assert (status, out) == (Exit.REFUSED, "")
    assert err == f"ladderbot: there is no group {number}; there are 1.\n"


def test_only_what_was_asked_since_a_day_is_shown(ask, unanswered):
    ask(PARKING, *BIKES)
    _, out, _ = unanswered(since=date(2026, 11, 25))

    assert out.startswith("   2 x  2026-11-26  ")
    assert PARKING not in out
    assert BIKES[0] not in out


def test_a_group_that_is_dealt_with_goes_from_the_list_and_from_the_database(
    ask, unanswered, settings
):
    ask(*BIKES, BIKES[0], BIKES[0].lower(), PARKING)
    status, out, _ = unanswered(strike=[1])

    assert status == Exit.OK
    assert out.startswith("Van de lijst: 5 x  ")
    database = open_database(settings.database_path)
    assert [question for question, *_ in Unanswered(database).most_asked()] == [PARKING]
    database.close()


def test_a_group_that_is_not_there_strikes_none(ask, unanswered):
    ask(PARKING)

    assert unanswered(strike=[1, 2])[0] == Exit.REFUSED
    assert PARKING in unanswered()[1]


def test_how_to_reach_somebody_is_shown_nowhere(ask, unanswered):
    ask("Bel mij op 06 1234 5678 of mail jan.jansen@rws.nl over de ladder")
    texts = [unanswered()[1], unanswered(draft=1)[1], unanswered(draft=1, expected="-")[1]]

    for text in texts:
        assert "Bel mij op [telefoonnummer] of mail [e-mailadres] over de ladder" in text
        assert "5678" not in text


def test_lines_without_a_group_are_refused_in_one_sentence(unanswered):
    assert unanswered(expected="geldigheid")[0] == Exit.REFUSED


def test_without_an_encoder_every_question_stands_by_itself(shipped_context):
    rows = [(question, 1, "2026-11-24") for question in BIKES]

    assert [len(group.asked) for group in groups(rows, shipped_context, lambda _: None)] == [
        1,
        1,
        1,
    ]


def test_without_content_there_is_no_nearest(context_without_content):
    (group,) = groups([(PARKING, 2, "2026-11-24")], context_without_content, lambda _: None)

    assert (group.nearest, group.times) == (None, 2)


def test_a_row_joins_the_nearest_group():
    vectors = np.array([[1, 0], [0, 1], [0.9, 0.1], [0.2, 0.9], [-1, 0], [0, 0]], np.float32)

    assert alike(vectors) == [[0, 2], [1, 3], [4], [5]]


def test_nothing_that_a_member_typed_is_kept_in_a_file(ask, unanswered, settings):
    ask(*BIKES)
    unanswered()

    names = {path.name for path in settings.model_dir.iterdir()}
    assert "vectors.npz" not in names


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_what_takes_long_says_so_on_a_terminal_and_wipes_it_away():
    screen = Terminal()
    with working("Even geduld", screen, 0.01):
        while "Even geduld" not in screen.getvalue():
            pass

    assert "Even geduld … " in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_file_gets_no_progress():
    screen = io.StringIO()
    with working("Even geduld", screen, 0.01):
        pass

    assert not screen.getvalue()


def test_a_database_that_is_not_there_is_told_and_not_made(settings, unanswered):
    with pytest.raises(UnusableDatabaseError, match="does not exist"):
        unanswered()

    assert not settings.database_path.exists()


def test_a_database_of_an_older_version_is_left_as_it_is(settings, unanswered):
    settings.database_path.parent.mkdir(parents=True, exist_ok=True)
    sqlite_utils.Database(settings.database_path).execute("create table old (id text)")
    before = settings.database_path.read_bytes()

    with pytest.raises(UnusableDatabaseError, match="older version"):
        unanswered()

    assert settings.database_path.read_bytes() == before
