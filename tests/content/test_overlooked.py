"""A file that is gone, emptied or renamed is missed, not taken for "there is nothing any more"."""

import logging
from datetime import UTC, datetime

import pytest

from bot.content.files import ContentFiles
from bot.content.overlooked import overlooked, with_overlooked
from bot.content.reading import read_files
from faq.errors import Problem, errors
from tests.support.content import write_content

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HEADER = "question\texpected\tlang\tstyle\n"


@pytest.fixture
def folder(tmp_path):
    folder = write_content(tmp_path / "content")
    (folder / "synonyms.toml").write_text('groups = [["rijkswaterstaat", "rws"]]\n', "utf-8")
    (folder / "questions").mkdir()
    (folder / "questions" / "a.tsv").write_text(HEADER + "Hoe lang?\tgeldigheid\tnl\tplain\n")
    return folder


def after(folder, tmp_path, change):
    """The files after a change, in a bot that runs, and after its restart."""
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    change()
    files.reload(NOW, lambda _: None)
    again = ContentFiles(folder, tmp_path / "keep")
    again.load(NOW, lambda _: None)
    return files.state, again.state


GONE = ["meetings.toml", "synonyms.toml", "questions/a.tsv"]


@pytest.mark.parametrize("ending", [".txt", ".bak", ".TXT"])
@pytest.mark.parametrize("name", [*GONE, "faq/een.toml"])
def test_a_file_that_was_renamed_changes_nothing_and_is_named(folder, tmp_path, name, ending):
    file = folder / name
    states = after(folder, tmp_path, lambda: file.rename(f"{file}{ending}"))

    for state in states:
        assert state.stale
        assert state.content.calendar.series
        assert any(f"{name}{ending}" in str(problem) for problem in state.problems)


@pytest.mark.parametrize("name", GONE)
def test_a_file_that_is_gone_changes_nothing(folder, tmp_path, name):
    for state in after(folder, tmp_path, (folder / name).unlink):
        assert state.stale
        assert state.content.calendar.series
        assert len(errors(state.problems)) == 1


@pytest.mark.parametrize("name", ["meetings.toml", "synonyms.toml"])
@pytest.mark.parametrize("text", ["", "\n\n", "# later\n"])
def test_a_file_that_is_empty_changes_nothing(folder, tmp_path, name, text):
    for state in after(folder, tmp_path, lambda: (folder / name).write_text(text)):
        assert state.stale
        assert [problem.file for problem in errors(state.problems)] == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("meetings.toml", 'timezone = "Europe/Amsterdam"\nseries = []\n'),
        ("synonyms.toml", "groups = []\n"),
        ("questions/a.tsv", HEADER),
    ],
)
def test_who_says_that_there_is_nothing_is_believed(folder, tmp_path, name, text):
    for state in after(folder, tmp_path, lambda: (folder / name).write_text(text)):
        assert not state.stale


def test_another_community_misses_nothing_of_the_one_before(folder, tmp_path):
    kept, _ = read_files(folder)
    other = tmp_path / "other"
    (other / "faq").mkdir(parents=True)
    (other / "faq" / "thema.toml").write_bytes(kept["faq/een.toml"])

    assert overlooked(other, read_files(other)[0], kept) == []


@pytest.mark.parametrize(
    "name",
    [
        "Meetings.toml",
        "meetings.toml.old",
        "faq/nieuw.toml.txt",
        "faq/NIEUW.TOML",
        "questions/b.tsv.txt",
    ],
)
def test_a_file_that_is_not_read_for_its_name_is_a_warning(folder, name):
    (folder / name).write_text("x")

    problems = overlooked(folder, read_files(folder)[0], {})

    assert [(problem.file, problem.warning) for problem in problems] == [(name, True)]


@pytest.mark.parametrize(
    "name", ["faq/een.toml~", "faq/.een.toml.swp", "LEESMIJ.txt", "notities.toml"]
)
def test_an_editors_own_file_and_any_other_is_none(folder, name):
    (folder / name).write_text("x")

    assert overlooked(folder, read_files(folder)[0], {}) == []


def test_the_log_says_what_is_wrong(folder, tmp_path, caplog):
    with caplog.at_level(logging.ERROR):
        after(folder, tmp_path, (folder / "meetings.toml").unlink)

    assert "fout: meetings.toml: dit is weg of leeg" in caplog.text


@pytest.mark.parametrize("keep", [True, False], ids=["with a kept copy", "at a first start"])
def test_a_theme_that_is_not_read_for_its_name_is_told_and_not_what_it_holds(folder, keep):
    kept = read_files(folder)[0] if keep else {}
    (folder / "faq" / "een.toml").rename(folder / "faq" / "een.toml.txt")
    raw, _ = read_files(folder)
    missing = [
        Problem(file="questions/a.tsv", line=n, what="x.", mend="y.", missing=f"id-{n}")
        for n in range(9)
    ]

    problems = with_overlooked(folder, raw, kept, missing)

    assert errors(problems)
    assert {problem.file.removesuffix(".txt") for problem in problems} == {"faq/een.toml"}


@pytest.mark.parametrize("name", ["vragen.csv", "Vragen.XLSX", "vragen.ods"])
def test_a_spreadsheet_beside_the_questions_is_named_with_how_to_save_it(folder, name):
    (folder / "questions" / name).write_text("x")

    (problem,) = overlooked(folder, read_files(folder)[0], {})

    assert (problem.file, problem.warning) == (f"questions/{name}", True)
    assert "CSV UTF-8" in problem.mend


def test_who_only_looks_leaves_the_kept_copy_as_it_is(folder, tmp_path):
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    kept = (tmp_path / "keep.zip").read_bytes()
    file = folder / "faq" / "een.toml"
    file.write_text(file.read_text("utf-8") + "# een voorstel\n", "utf-8")

    state = ContentFiles(folder, tmp_path / "keep", keep=False).load(NOW, lambda _: None)

    assert not state.stale
    assert (tmp_path / "keep.zip").read_bytes() == kept
