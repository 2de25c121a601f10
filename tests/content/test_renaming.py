"""An entry gets another id, or goes, in every file that names it; nothing else changes."""

import argparse
from dataclasses import replace

import pytest

from bot.cli.command import Exit, Runtime
from bot.cli.commands import rename, retire
from bot.content.editing import UneditableError
from bot.content.reading import parse, read_files
from bot.content.renaming import renamed, retired
from faq.errors import errors
from tests.support import ROOT
from tests.support.content import entry

OLD, NEW, OTHER = "geldigheid", "hoe-lang", "kosten"
HEADER = "question\texpected\tlang\tstyle\n"


@pytest.fixture
def folder(tmp_path):
    """Three entries in two files, that name each other, and example questions of each in two files."""
    folder = tmp_path / "content"
    for name in ("faq", "questions"):
        (folder / name).mkdir(parents=True)
    theme = 'theme.nl = "Thema"\ntheme.en = "Theme"\n'
    for file, ids in {"een": (OLD, "scopes"), "twee": (OTHER,)}.items():
        entries = "".join(entry(id_).replace("related = []", RELATED[id_]) for id_ in ids)
        (folder / "faq" / f"{file}.toml").write_text(theme + entries, "utf-8")
    for author in ("anna", "bram"):
        lines = "".join(f"{author} vraagt naar {id_}\t{id_}\tnl\tplain\n" for id_ in RELATED)
        (folder / "questions" / f"{author}.tsv").write_text(HEADER + lines, "utf-8")
    return folder


RELATED = {
    OLD: 'related = ["scopes"]',
    "scopes": f'related = ["{OLD}", "{OTHER}"]',
    OTHER: f'related = ["scopes", "{OLD}"] # blijft',
}


@pytest.fixture
def run(folder, settings, clock, capsys):
    here = replace(settings, content_dir=folder)
    runtime = Runtime(root=ROOT, settings=lambda: here, clock=clock, host=None)

    def run(what, **arguments):
        status = what(argparse.Namespace(**arguments), runtime)
        return status, capsys.readouterr()

    return run


def text(folder):
    return {name: raw.decode() for name, raw in read_files(folder)[0].items()}


def names_it(content):
    return f'"{OLD}"' in content or f"\t{OLD}\t" in content


def led_to(folder, id_):
    content, problems = parse(read_files(folder)[0])
    assert errors(problems) == []
    return {example.question for example in content.examples if example.expected == id_}


def test_a_rename_changes_the_id_everywhere_and_nothing_else(folder, run):
    before, asked = text(folder), led_to(folder, OLD)
    status, output = run(rename.run, old=OLD, new=NEW)
    after = text(folder)

    assert status == Exit.OK
    assert "faq/een.toml: 2 regels\n" in output.out
    assert after == {name: _expected(old) for name, old in before.items()}
    assert led_to(folder, NEW) == asked


def _expected(before):
    """The id as a value has changed, and not the same word in a question or an address."""
    return before.replace(f'"{OLD}"', f'"{NEW}"').replace(f"\t{OLD}\t", f"\t{NEW}\t")


def test_who_changed_the_id_by_hand_has_the_rest_done(folder, run):
    file = folder / "faq" / "een.toml"
    file.write_text(file.read_text("utf-8").replace(f'id = "{OLD}"', f'id = "{NEW}"'), "utf-8")

    assert run(rename.run, old=OLD, new=NEW)[0] == Exit.OK
    assert led_to(folder, NEW)
    assert not any(names_it(content) for content in text(folder).values())


def test_an_entry_that_is_retired_takes_its_questions_and_buttons_along(folder, run):
    before = text(folder)
    status, _ = run(retire.run, id=OLD, instead="")
    content, problems = parse(read_files(folder)[0])

    assert (status, errors(problems)) == (Exit.OK, [])
    assert OLD not in content.knowledge.entries
    assert not any(names_it(content) for content in text(folder).values())
    for name, after in text(folder).items():
        lines = set(before[name].splitlines())
        assert [
            line for line in after.splitlines() if line not in lines and "related" not in line
        ] == []


def test_its_questions_may_lead_to_another(folder, run):
    asked = led_to(folder, OLD) | led_to(folder, OTHER)

    assert run(retire.run, id=OLD, instead=OTHER)[0] == Exit.OK
    assert led_to(folder, OTHER) == asked


@pytest.mark.parametrize(
    ("what", "arguments", "says"),
    [
        (rename.run, {"old": "nergens", "new": "ergens"}, "no file names this id"),
        (rename.run, {"old": OLD, "new": OTHER}, "the id of another entry"),
        (rename.run, {"old": OLD, "new": "Hoe lang"}, "is no id"),
        (retire.run, {"id": "nergens", "instead": ""}, "no file names this id"),
        (retire.run, {"id": OLD, "instead": "nergens"}, "no such other entry"),
        (retire.run, {"id": OLD, "instead": OLD}, "no such other entry"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(folder, run, what, arguments, says):
    before = text(folder)
    status, output = run(what, **arguments)

    assert (status, output.out) == (Exit.REFUSED, "")
    assert says in output.err
    assert text(folder) == before


ENTRY = b"""# boven
[[entry]]
id = 'een' # blijft
related = [ "twee", # eerst
  "drie" ]

# over twee
[[entry]]
id = "twee"
related = ["drie","een"]
[[entry]]
id = "drie"
related = ['twee']
"""


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_quotes_comments_and_line_ends_stay(end):
    raw = {"faq/a.toml": ENTRY.replace(b"\n", end)}
    after = retired(raw, "twee")["faq/a.toml"].replace(end, b"\n")

    assert after == (
        b"# boven\n[[entry]]\nid = 'een' # blijft\nrelated = [ # eerst\n  \"drie\" ]\n"
        b'[[entry]]\nid = "drie"\nrelated = []\n'
    )
    assert b'id = "vier" # blijft' in renamed(raw, "een", "vier")["faq/a.toml"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", "\t"), ("utf-8-sig", ";"), ("utf-16", ","), ("utf-16", "\t")],
)
def test_example_questions_keep_their_form(encoding, delimiter):
    rows = [
        ("question", "expected", "lang", "style"),
        ("één plain vraag", "plain", "nl", "plain"),
        ("wat is plain", "ander", "nl", "plain"),
    ]
    file = "".join(delimiter.join(row) + "\r\n" for row in rows)
    after = renamed({"questions/a.tsv": file.encode(encoding)}, "plain", "gewoon")

    expected = file.replace(f"{delimiter}plain{delimiter}nl", f"{delimiter}gewoon{delimiter}nl")
    assert after["questions/a.tsv"].decode(encoding) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b'[[entry]]\nid = "een"\nrelated = ["twee]", "een"]\n',
        b'[[entry]]\n"id" = "een"\n',
        b'entry = [{ id = "een" }]\n',
    ],
)
def test_what_is_written_in_a_way_of_its_own_is_left_alone(raw):
    with pytest.raises(UneditableError, match=r"faq/a\.toml"):
        renamed({"faq/a.toml": raw}, "een", "vier")
