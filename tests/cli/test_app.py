"""The command line: commands as an operator or an organiser types them, in a process of their own."""

import json
import os
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.channel import Address
from bot.store.conversations import Conversations
from bot.store.database import open_database
from dialogs import commands
from dialogs.changes import KeepUnanswered
from tests.support import ROOT
from tests.support.content import write_content, write_entry
from tests.support.process import run_app

SHIPPED = ROOT / "faq" / "content"


@pytest.fixture
def content(tmp_path):
    """A small content folder, so that nothing has to be learned for long."""
    return write_content(tmp_path / "content", learned=tmp_path / "learned")


@pytest.fixture
def run(tmp_path, content):
    def run(*arguments, stdin="", **environment):
        environment = {
            "PORT": "0",
            "CONTENT_DIR": str(content),
            "DATABASE_PATH": str(tmp_path / "bot.sqlite3"),
            **environment,
        }
        return run_app(*arguments, stdin=stdin, **environment)

    return run


def test_every_line_of_input_is_answered_and_the_end_of_input_is_status_0(run):
    done = run("chat", stdin="Hoe lang is een certificaat geldig?\n\nstop\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n> ") + done.stdout.startswith("> ") == 3
    assert "Drie jaar." in done.stdout
    assert "herinneringen aan" in done.stdout


def test_a_command_without_a_text_stops_the_start_in_one_sentence(tmp_path, run):
    """A missing key would be an error in every question, so it is told before the first."""
    for name in ("bot", "faq"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "app.py", tmp_path)
    shutil.copytree(ROOT / "dialogs", tmp_path / "dialogs")
    english = tmp_path / "dialogs" / "texts" / "en.toml"
    text = english.read_text("utf-8")
    english.write_text(text.replace("\nthanks = [", "\nthanked = ["), "utf-8")

    done = run("chat", folder=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "ladderbot: texts of commands are missing in dialogs/texts: en exact.thanks; "
        "`Command` in dialogs/command.py says what each is for.\n"
    )


def test_ask_prints_one_object_for_every_line_in_order(run):
    questions = ["Hoe lang is een certificaat geldig?", "help", "", "How long is it valid?", "🙂"]
    done = run("ask", "--json", stdin="\n".join(questions) + "\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [row["question"] for row in rows] == questions
    keys = ["question", "outcome", "id", "score", "suggestions", "command", "language"]
    assert all(list(row) == keys for row in rows)
    assert rows[0]["outcome"] == "answer"
    assert (rows[0]["id"], rows[0]["language"]) == ("geldigheid", "nl")
    assert (rows[1]["outcome"], rows[1]["command"]) == ("command", "help")
    assert rows[3]["language"] == "en"
    for row in rows:
        assert row["outcome"] in ("answer", "suggest", "unknown", "command")
        assert (row["id"] is None) == (row["outcome"] != "answer")
        assert row["command"] in (None, *commands.ids())
        assert 0 <= row["score"] <= 1


def test_ask_takes_questions_as_arguments_and_draws_the_card(run):
    done = run("ask", "Hoe lang is een certificaat geldig?", "help")

    assert done.returncode == 0
    assert done.stdout.count("> ") >= 2
    assert "| Drie jaar." in done.stdout


def test_ask_says_that_the_files_are_refused(run, content):
    (content / "faq" / "een.toml").write_text("theme = [", "utf-8")
    done = run("ask", "help")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{content}: 1 fout, 0 waarschuwingen; see: python app.py check" in done.stderr


def test_check_is_content_with_the_shipped_files(run):
    done = run("check", CONTENT_DIR=str(SHIPPED))

    assert done.returncode == 0
    assert "0 fouten" in done.stdout


def test_check_names_every_mistake_with_its_mend_and_ends_with_2(run, content):
    write_entry(content, "Drie jaar.", 'kleur = "rood"\nrelated = ["bestaat-niet"]')
    done = run("check")

    assert done.returncode == 2
    lines = (content / "faq" / "een.toml").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "kleur" in line)
    for part in (f"een.toml:{at}, geldigheid, kleur", "'bestaat-niet' bestaat niet"):
        assert part in done.stdout
    assert done.stdout.count("Herstel: ") >= 2


def test_check_names_a_file_that_cannot_be_read_and_blames_no_other_for_what_it_holds(run, content):
    write_entry(content, "Drie jaar.", 'related = ["in-twee"]')
    (content / "faq" / "twee.toml").write_text("theme = [", "utf-8")
    done = run("check")

    assert done.returncode == 2
    assert "twee.toml:" in done.stdout
    assert "bestaat niet" not in done.stdout


@pytest.mark.parametrize("arguments", [[], ["dansen"], ["check", "--nee"], ["ask", "--jsn"]])
def test_a_usage_error_is_one_sentence_and_status_2(run, arguments):
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stderr.startswith("ladderbot: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("moment", ["2027-01-11T10:00+05:00", "2027-01-11 10:00Z"])
def test_a_moment_with_an_offset_is_refused_and_not_taken_for_local_time(run, moment):
    done = run("preview", "--at", moment)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"'{moment}' has an offset, and local time is meant" in done.stderr
    assert "write it without, for instance '2027-01-11 10:00'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "example"), [("--at", "'2027-01-11 10:00'"), ("--until", "2027-06-30")]
)
def test_a_moment_or_a_day_that_is_none_is_one_sentence_with_an_example(run, option, example):
    done = run("preview", option, "morgen")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ladderbot: argument {option}: invalid ")
    assert f"'morgen'; write it as {example}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_busy_port_is_one_sentence(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", PORT=str(port))

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"ladderbot: port {port} is in use")


def test_wrong_settings_are_told_together_and_nothing_starts(run, tmp_path):
    done = run("serve", HOST="0.0.0.0", BEAT_SECONDS="x")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "only loopback" in done.stderr
    assert not (tmp_path / "bot.sqlite3").exists()


def test_a_database_that_is_none_is_left_alone(run, tmp_path):
    file = tmp_path / "bot.sqlite3"
    file.write_bytes(b"this is no database, but somebody's thesis")
    done = run("serve")

    assert done.returncode == 2
    assert "is not a SQLite database; it was left as it is" in done.stderr
    assert file.read_bytes() == b"this is no database, but somebody's thesis"


def test_what_nobody_could_answer_is_listed_without_who_asked(run, tmp_path):
    database = open_database(tmp_path / "bot.sqlite3")
    asked = ("Blauwe zwaan?", "zwarte\npiste", "blauwe zwaan?")
    anna = Address(service_url="http://127.0.0.1", conversation_id="a:anna", user_id="29:anna")
    for question in asked:
        now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        Conversations(database).apply(anna, [KeepUnanswered(question)], now)
    database.close()
    done = run("unanswered")

    assert done.returncode == 0
    rows = [line.split(None, 3) for line in done.stdout.splitlines() if " x  " in line]
    assert [(row[0], row[2], row[3].casefold()) for row in rows] == [
        ("2", "2026-11-24", "blauwe zwaan?"),
        ("1", "2026-11-24", "zwarte piste"),
    ]
    assert "anna" not in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(content, tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "CONTENT_DIR": str(content),
        "DATABASE_PATH": str(tmp_path / "bot.sqlite3"),
    }
    command = f"yes help | head -500 | {sys.executable} app.py ask | head -1"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("> help\n", "")


def test_the_first_chat_learns_before_it_answers(content, tmp_path):
    """Who pipes questions in gets answers, also the very first time and in other words than a phrasing."""
    asked = "zeg, hoe lang blijft zo'n certificaat van ons nog geldig dan\n"
    done = run_app(
        "chat",
        stdin=asked,
        PORT="0",
        CONTENT_DIR=content,
        DATABASE_PATH=tmp_path / "data" / "bot.sqlite3",
    )

    assert done.returncode == 0, done.stderr
    assert "net gestart" not in done.stdout
    assert "Drie jaar." in done.stdout
