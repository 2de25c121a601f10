"""The organiser's files while the bot runs: what is good comes into use, what is wrong changes nothing."""

import asyncio
import dataclasses
import shutil
from datetime import UTC, datetime

import pytest

from bot.content.files import QUIET, QUIET_UNENDED, ContentFiles
from faq.errors import errors
from tests.support import ROOT
from tests.support.bot import bot_over_http
from tests.support.content import read_content, write_content, write_entry

SHIPPED = ROOT / "faq" / "content"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return write_content(tmp_path / "content")


def answer_in(files):
    return files.state.content.knowledge.entries["geldigheid"].answer.nl


def never(_content):
    raise AssertionError("nothing should have been built")


def test_a_changed_file_comes_into_use(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    assert not files.changed()

    write_entry(folder, "Vier jaar.")
    built = []
    assert files.changed()
    files.reload(NOW, built.append)

    assert answer_in(files) == "Vier jaar."
    assert [content.without_examples() for content in built] == [files.state.content]
    assert str(files.health()) == "ok, 1 entries"
    assert not files.changed()


def test_what_could_not_be_built_is_tried_again(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.")
    with pytest.raises(AssertionError):
        files.reload(NOW, never)

    assert answer_in(files) == "Drie jaar."
    assert files.changed()
    files.reload(NOW, lambda _: None)
    assert answer_in(files) == "Vier jaar."


@pytest.mark.parametrize("extra", ['kleur = "rood"', "owner = ", 'related = ["bestaat-niet"]'])
def test_a_wrong_file_changes_nothing_and_is_reported(folder, tmp_path, extra):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.", extra)
    files.reload(NOW, never)

    assert answer_in(files) == "Drie jaar."
    assert files.state.stale
    assert errors(files.state.problems)
    assert str(files.health()).startswith("the files are refused (")


def test_the_last_good_state_survives_a_restart_with_a_wrong_file(folder, tmp_path):
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    again = ContentFiles(folder, tmp_path / "keep")
    again.load(NOW, lambda _: None)

    assert answer_in(again) == "Drie jaar."
    assert again.state.stale


def test_a_file_that_cannot_be_read_changes_nothing(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    (folder / "faq" / "een.toml").unlink()
    (folder / "faq" / "een.toml").mkdir()
    files.reload(NOW, never)

    assert answer_in(files) == "Drie jaar."
    assert any("kan niet worden gelezen" in p.what for p in files.state.problems)


@pytest.mark.parametrize(
    "name", [".#een.toml", "._een.toml"], ids=["an editor's lock", "a system's note"]
)
def test_a_hidden_file_is_not_looked_at(folder, tmp_path, name):
    (folder / "faq" / name).symlink_to(tmp_path / "nowhere")
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)

    assert answer_in(files) == "Drie jaar."
    assert not files.state.stale
    assert not files.changed()


def test_a_link_that_leads_nowhere_is_a_problem_and_not_a_crash(folder, tmp_path):
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    (folder / "faq" / "twee.toml").symlink_to(tmp_path / "nowhere")
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)

    assert answer_in(files) == "Drie jaar."
    assert any(p.file == "faq/twee.toml" for p in files.state.problems)


def test_a_file_whose_rights_change_is_read_again(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    (folder / "faq" / "een.toml").chmod(0o600)

    assert files.changed()


def test_a_missing_folder_is_a_problem_and_not_a_crash(tmp_path):
    files = ContentFiles(tmp_path / "nowhere", tmp_path / "keep")
    files.load(NOW, lambda _: None)

    assert any("bestaat niet" in p.what for p in files.state.problems)
    assert str(files.health()) == "no usable content"


def test_mending_the_file_ends_the_warning(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    files.reload(NOW, never)
    write_entry(folder, "Vijf jaar.")
    files.reload(NOW, lambda _: None)

    assert (answer_in(files), files.state.stale) == ("Vijf jaar.", False)


def test_going_back_to_the_good_file_ends_the_warning(folder, tmp_path):
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    files.reload(NOW, never)
    write_entry(folder, "Drie jaar.")
    files.reload(NOW, lambda _: None)

    assert (answer_in(files), files.state.stale) == ("Drie jaar.", False)


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[: len(raw) // 2], lambda raw: raw[:0], bytes.upper]
)
def test_a_kept_copy_that_is_damaged_is_not_used(folder, tmp_path, damage):
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    kept = tmp_path / "keep.zip"
    kept.write_bytes(damage(kept.read_bytes()))
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    again = ContentFiles(folder, tmp_path / "keep")
    again.load(NOW, lambda _: None)

    assert not again.state.content.knowledge.entries
    assert str(again.health()) == "no usable content"


def test_the_copy_of_an_earlier_version_is_used_until_there_is_a_new_one(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "keep")
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    again = ContentFiles(folder, tmp_path / "keep")
    again.load(NOW, lambda _: None)
    assert (answer_in(again), again.state.stale) == ("Drie jaar.", True)

    write_entry(folder, "Vijf jaar.")
    again.reload(NOW, lambda _: None)
    assert not (tmp_path / "keep").exists()
    write_entry(folder, "Vier jaar.", 'kleur = "rood"')
    last = ContentFiles(folder, tmp_path / "keep")
    last.load(NOW, lambda _: None)
    assert answer_in(last) == "Vijf jaar."


# While it is written.


class Ticks:
    """Monotonic seconds, moved by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def looked(files, ticks, seconds):
    ticks.now += seconds
    return files.changed() and files.settled()


def test_a_file_is_taken_when_it_was_the_same_for_a_while(folder, tmp_path):
    ticks = Ticks()
    files = ContentFiles(folder, tmp_path / "keep", ticks)
    files.load(NOW, lambda _: None)
    assert not looked(files, ticks, 60)

    for answer in ("Vier jaar.", "Vijf jaar, zeggen ze.", "Zes jaren."):
        write_entry(folder, answer)
        assert not looked(files, ticks, 60)
    assert not looked(files, ticks, QUIET / 2)
    assert looked(files, ticks, QUIET)


def test_a_file_that_does_not_end_where_a_line_does_is_waited_for_longer(folder, tmp_path):
    ticks = Ticks()
    files = ContentFiles(folder, tmp_path / "keep", ticks)
    files.load(NOW, lambda _: None)
    file = folder / "meetings.toml"
    file.write_bytes(file.read_bytes().rstrip() + b" # half a wo")

    assert not looked(files, ticks, 1)
    assert not looked(files, ticks, 2 * QUIET)
    assert looked(files, ticks, QUIET_UNENDED)


def test_meetings_that_are_written_in_pieces_are_never_seen_in_pieces(folder, tmp_path):
    """Fourteen of the beginnings of such a file are valid, and say something untrue."""
    ticks = Ticks()
    whole = (SHIPPED / "meetings.toml").read_bytes()
    file = folder / "meetings.toml"
    file.write_bytes(whole)
    files = ContentFiles(folder, tmp_path / "keep", ticks)
    files.load(NOW, lambda _: None)
    seen = []

    for size in range(0, len(whole), 7):
        file.write_bytes(whole[:size])
        if looked(files, ticks, 0.01):
            files.reload(NOW, seen.append)
    file.write_bytes(whole)
    assert seen == []
    assert not looked(files, ticks, 0.01)
    looked(files, ticks, QUIET)
    files.reload(NOW, seen.append)
    assert files.state.content.calendar == read_content(folder).calendar


def test_at_a_start_what_was_written_that_moment_waits_for_the_next_look(folder, tmp_path):
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)
    write_entry(folder, "Vier jaar.")
    written = datetime.fromtimestamp((folder / "faq" / "een.toml").stat().st_mtime, UTC)
    files = ContentFiles(folder, tmp_path / "keep")
    files.load(written, lambda _: None)

    assert answer_in(files) == "Drie jaar."
    assert files.changed()
    files.reload(NOW, lambda _: None)
    assert answer_in(files) == "Vier jaar."


async def test_a_member_gets_the_new_answer_without_a_restart(settings, clock, microsoft, folder):
    quick = dataclasses.replace(settings, content_dir=folder, beat_seconds=0.1)
    question = "Hoe lang is een certificaat geldig?"
    async with bot_over_http(quick, clock, microsoft) as client:
        assert "Drie jaar." in (await client.say(question))["fallbackText"]

        write_entry(folder, "Vier jaar.")
        async with asyncio.timeout(40):
            while "Vier jaar." not in (await client.say(question))["fallbackText"]:
                pass

        write_entry(folder, "Zes jaar.", 'kleur = "rood"')
        async with asyncio.timeout(20):
            while (await client.get("/readyz"))[0] == 200:
                pass
        assert "refused" in (await client.get("/readyz"))[1]["parts"]["content"]
        assert "Vier jaar." in (await client.say(question))["fallbackText"]
