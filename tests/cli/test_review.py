"""An organiser checks answers one by one; what was decided is in the file, whatever happens next."""

import dataclasses
import os
import shutil
import subprocess
import sys
import tomllib
from datetime import date

import pytest

from bot.cli.context import without_search
from bot.cli.review import Review, Terminal
from bot.content.reading import parse, read_files
from faq.entry_dates import due
from tests.support import ROOT
from tests.support.content import ENTRY, THREE

TODAY = date(2027, 1, 20)
HEAD = 'theme.nl = "Thema"\ntheme.en = "Theme"\n# Een opmerking.\n'
FIELDS = {
    # Checked long ago, and due; checked, and not due; never checked, and soon; never, and late.
    "oud": ("2027-02-01", 'checked = 2026-12-02\nchecked_by = "CoP"\n'),
    "goed": ("2027-05-01", 'checked = 2026-12-01\nchecked_by = "CoP"\n'),
    "straks": ("2027-02-01", ""),
    "nooit": ("2027-09-01", 'gaps = [{ unknown = "Hoe vaak.", closes = ["Norm, § 2"] }]\n'),
}


def entry(id_, review_by, fields):
    asked, english, answer = THREE["geldigheid"]
    asked = [f"{question} {id_}" for question in asked]
    text = ENTRY.format(id=id_, questions=asked, english=f"{english} {id_}", answer=answer)
    return text.replace("2027-05-01", review_by) + fields


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "faq").mkdir()
    shutil.copy(ROOT / "faq" / "content" / "meetings.toml", tmp_path)
    text = HEAD + "".join(entry(id_, *fields) for id_, fields in FIELDS.items())
    (tmp_path / "faq" / "thema.toml").write_text(text, "utf-8")
    return tmp_path


class Organiser:
    """Answers from a list; then she is gone."""

    def __init__(self, *answers, edit=None):
        self.answers, self.shown = list(answers), []
        self.edit = edit or (lambda *_: False)

    def ask(self, prompt):
        self.shown.append(prompt)
        answer = self.answers.pop(0) if self.answers else EOFError()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def text(self):
        return "\n".join(self.shown)


def review(folder, settings, organiser, role="organisatie CoP"):
    content, _ = parse(read_files(folder)[0])
    terminal = Terminal(tell=organiser.shown.append, ask=organiser.ask, edit=organiser.edit)
    Review(folder, without_search(content, ROOT, settings), terminal, TODAY, role).walk()


def entries(folder):
    text = (folder / "faq" / "thema.toml").read_text("utf-8")
    assert text.startswith(HEAD)
    return {entry["id"]: entry for entry in tomllib.loads(text)["entry"]}


def test_what_was_never_checked_comes_first_then_what_may_soon_be_wrong(folder):
    content, _ = parse(read_files(folder)[0])

    assert [entry.id for entry in due(content.knowledge, TODAY)] == ["straks", "nooit", "oud"]


def test_what_is_over_need_not_be_checked(folder):
    content, _ = parse(read_files(folder)[0])
    knowledge = content.knowledge
    over = {id_: dataclasses.replace(e, until=TODAY) for id_, e in knowledge.entries.items()}

    assert due(dataclasses.replace(knowledge, entries=over), TODAY) == []


def test_question_answer_sources_and_open_points_are_shown(folder, settings):
    organiser = Organiser("l", "s")
    review(folder, settings, organiser)

    assert "Antwoord 1 van 3" in organiser.text
    assert f"{folder}/faq/thema.toml:35  straks, nog nooit nagekeken" in organiser.text
    assert "| Hoe lang is een certificaat geldig? straks" in organiser.text
    assert "| Een certificaat is drie jaar geldig." in organiser.text
    assert "| - Bron: https://example.nl/straks" in organiser.text
    assert "Open: Hoe vaak. (Norm, § 2)" in organiser.text


def test_what_the_answer_becomes_is_shown_too(folder, settings):
    path = folder / "faq" / "thema.toml"
    later = "[[entry.later]]\nfrom = 2027-02-01\nanswer.nl = '**Vier** jaar.'\n"
    path.write_text(f"{path.read_text('utf-8')}{later}", "utf-8")
    organiser = Organiser("l", "s")
    review(folder, settings, organiser)

    assert "Vanaf 01-02-2027:" in organiser.text
    assert "| Vier jaar." in organiser.text


def test_klopt_writes_the_day_and_the_role_and_nothing_else(folder, settings):
    before = entries(folder)
    review(folder, settings, Organiser("l", "klopt", "s"))
    after = entries(folder)

    checked = {"checked": TODAY, "checked_by": "organisatie CoP"}
    assert after.pop("nooit") == before.pop("nooit") | checked
    assert after == before


def test_klopt_moves_the_next_check_when_it_was_near(folder, settings):
    review(folder, settings, Organiser("k", "l", "k"))
    after = entries(folder)

    # 70 days lay between reading and check, 61 between the two checks.
    assert after["straks"]["review_by"] == date(2027, 3, 31)
    assert after["oud"]["review_by"] == date(2027, 3, 22)
    assert after["oud"]["checked"] == TODAY


def test_later_changes_nothing(folder, settings):
    before = (folder / "faq" / "thema.toml").read_bytes()
    organiser = Organiser("later", "wat?", "", "l", "l")
    review(folder, settings, organiser)

    assert (folder / "faq" / "thema.toml").read_bytes() == before
    assert organiser.shown[-1] == "0 nagekeken, 0 vervallen, 3 nog te doen."


def test_vervalt_makes_today_the_last_day(folder, settings):
    organiser = Organiser("v", "s")
    review(folder, settings, organiser)

    assert entries(folder)["straks"]["until"] == TODAY
    assert organiser.shown[-1] == "0 nagekeken, 1 vervallen, 2 nog te doen."


def test_pas_aan_opens_the_editor_at_the_line_and_shows_the_answer_anew(folder, settings):
    opened = []

    def edit(path, line):
        opened.append((path, path.read_text("utf-8").splitlines()[line - 1]))
        text = path.read_text("utf-8").replace("drie jaar", "vijf jaar")
        path.write_text(text, "utf-8")
        return True

    organiser = Organiser("p", "k", "s", edit=edit)
    review(folder, settings, organiser)

    assert opened == [(folder / "faq" / "thema.toml", "[[entry]]")]
    assert organiser.text.index("drie jaar geldig") < organiser.text.index("vijf jaar geldig")
    assert entries(folder)["straks"]["checked"] == TODAY


def test_without_an_editor_it_says_where_to_look_and_waits(folder, settings):
    organiser = Organiser("p", "", "s")
    review(folder, settings, organiser)

    assert f"Pas het aan in {folder}/faq/thema.toml:35 en druk op Enter. " in organiser.shown


def test_a_mistake_made_while_editing_is_named_until_it_is_mended(folder, settings):
    path = folder / "faq" / "thema.toml"
    good = path.read_text("utf-8")

    class Mending(Organiser):
        def ask(self, prompt):
            if prompt.startswith("Herstel"):
                path.write_text(good, "utf-8")
            return super().ask(prompt)

    organiser = Mending("p", "", "k", "s", edit=lambda p, _: p.write_text("theme = [", "utf-8"))
    review(folder, settings, organiser)

    assert "geen geldige TOML" in organiser.text
    assert entries(folder)["straks"]["checked"] == TODAY


def test_the_role_is_asked_for_once_when_it_is_needed(folder, settings):
    organiser = Organiser("k", "", "secretariaat", "k", "s")
    review(folder, settings, organiser, role="")

    assert [prompt[:8] for prompt in organiser.shown].count("Wie kijk") == 2
    roles = [entry.get("checked_by") for entry in entries(folder).values()]
    assert roles == ["CoP", "CoP", "secretariaat", "secretariaat"]


def test_ctrl_c_loses_nothing(folder, settings):
    organiser = Organiser("k", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        review(folder, settings, organiser)

    assert entries(folder)["straks"]["checked"] == TODAY
    assert organiser.shown[-1] == "1 nagekeken, 0 vervallen, 2 nog te doen."


def test_what_cannot_be_written_is_said_and_not_counted(folder, settings):
    # So long that there is no room for the name of a new file beside it.
    (folder / "faq" / "thema.toml").rename(folder / "faq" / f"{'x' * 245}.toml")
    organiser = Organiser("k", "s")
    review(folder, settings, organiser)

    assert "Niet opgeslagen: " in organiser.text
    assert organiser.shown[-1] == "0 nagekeken, 0 vervallen, 3 nog te doen."


def run(folder, typed, **environment):
    return subprocess.run(
        [sys.executable, "app.py", "review", "--by", "organisatie CoP"],
        cwd=ROOT,
        env={"CONTENT_DIR": str(folder), "PATH": os.environ["PATH"], **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_reads_a_terminal_and_opens_the_editor_it_names(folder, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "$@" > "$0.log"\n')
    editor.chmod(0o755)

    done = run(folder, "p\nk\n", EDITOR=str(editor))

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "editor.log").read_text() == f"+35 {folder}/faq/thema.toml\n"
    assert [e["checked_by"] for e in entries(folder).values() if "checked_by" in e] == [
        "CoP",
        "CoP",
        "organisatie CoP",
    ]
    assert "1 nagekeken, 0 vervallen" in done.stdout


def test_the_command_refuses_files_that_cannot_be_used(folder):
    (folder / "faq" / "thema.toml").write_text("theme = [")

    done = run(folder, "k\n")

    assert done.returncode == 2
    assert "python app.py check" in done.stderr
