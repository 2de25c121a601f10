"""One field of a file changes, and not a character beside it."""

import tomllib
from datetime import date

import pytest

from bot.content.editing import UneditableError, changed, write
from tests.support import ROOT

FILES = sorted((ROOT / "faq" / "content" / "faq").glob("*.toml"))
FIELDS = {"checked": date(2027, 1, 20), "checked_by": 'organisatie "CoP"'}
FILE = """\
# Boven.
theme.nl = "Thema"  # de naam

[[entry]]
id = "een"
answer.nl = \"\"\"
Drie jaar.   \"\"\"
review_by  =  2027-02-01   # kort: dit verandert snel
related = [
  "twee",  # de buur
]

# Tussen.
[[entry.later]]
from = 2027-01-15
answer.nl = 'Vier "jaar".'

[[entry]]
id = "twee"
related = []"""


def difference(old, new):
    """The lines that are gone, and those that came."""
    old, new = old.splitlines(), new.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_new_field_comes_after_the_other_fields_of_its_entry():
    new = changed(FILE.encode(), "een", FIELDS).decode()

    came = ["checked = 2027-01-20", 'checked_by = "organisatie \\"CoP\\""']
    assert difference(FILE, new) == ([], came)
    assert tomllib.loads(new)["entry"][0] | FIELDS == tomllib.loads(new)["entry"][0]
    assert [line for line in new.splitlines() if line not in came] == FILE.splitlines()


def test_a_field_that_is_there_changes_where_it_stands():
    new = changed(FILE.encode(), "een", {"review_by": date(2027, 5, 1)}).decode()

    assert new.splitlines() == FILE.replace("2027-02-01", "2027-05-01").splitlines()


def test_the_last_entry_of_a_file_without_a_last_newline_can_be_changed():
    new = changed(FILE.encode(), "twee", {"until": date(2027, 5, 1)}).decode()

    assert new == f"{FILE}\nuntil = 2027-05-01\n"


def test_a_file_of_windows_keeps_its_line_ends_and_its_mark():
    windows = "\ufeff" + FILE.replace("\n", "\r\n") + "\r\n"
    new = changed(windows.encode(), "een", FIELDS).decode()

    assert new.startswith("\ufeff# Boven.")
    assert new.count("\n") == new.count("\r\n") == windows.count("\n") + 2


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_what_is_shipped_can_be_checked_and_nothing_else_moves(file):
    text = file.read_text("utf-8")
    entries = tomllib.loads(text)["entry"]
    # The first, the last, and those that end in a table of their own.
    for entry in (entries[0], entries[-1], *(e for e in entries if "later" in e)):
        new = changed(text.encode(), entry["id"], FIELDS).decode()
        lines = new.splitlines()
        assert [line for line in lines if not line.startswith("checked")] == text.splitlines()


@pytest.mark.parametrize(
    "text",
    ["entry = 3", 'entry = [{ id = "ander" }]', 'x = "', "[[entry]]\nid = 'a'"],
)
def test_what_cannot_be_changed_without_harm_is_left_alone(text):
    with pytest.raises(UneditableError, match="met de hand"):
        changed(text.encode(), "een", FIELDS)


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "een.toml"
    path.write_text("oud")
    path.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(path)

    write(link, b"nieuw")

    assert (path.read_text(), path.stat().st_mode & 0o777) == ("nieuw", 0o640)
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["een.toml", "link.toml"]


def test_a_write_that_fails_leaves_everything_as_it_was(tmp_path):
    path = tmp_path / "een.toml"
    path.mkdir()

    with pytest.raises(OSError):
        write(path, b"nieuw")

    assert [p.name for p in tmp_path.iterdir()] == ["een.toml"]


def test_a_file_of_somebody_else_beside_it_stays(tmp_path):
    path, other = tmp_path / "een.toml", tmp_path / "een.toml.new"
    for file in (path, other):
        file.write_text("oud")

    write(path, b"nieuw")

    assert (path.read_text(), other.read_text()) == ("nieuw", "oud")
