"""Example questions as an editor or a spreadsheet saves them are read alike."""

import pytest

from faq import examples

HEADER = "question\texpected\tlang\tstyle\n"
ASKED = 'Mag één "CoP", van ons; twee dingen?'


def parsed(raw):
    read, problems = examples.parse({"questions/a.tsv": raw}, {"geldigheid"}, {"help"})
    return [example.question for example in read], problems


def quoted(delimiter):
    """As a spreadsheet writes it: quotes round a cell that holds a quote or the delimiter."""
    cell = '"' + ASKED.replace('"', '""') + '"'
    return HEADER.replace("\t", delimiter) + delimiter.join([cell, "geldigheid", "nl", "plain\n"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_a_spreadsheet_makes_of_it_the_question_is_the_same(encoding, delimiter, end):
    raw = quoted(delimiter).replace("\n", end).encode(encoding)

    assert parsed(raw) == ([ASKED], [])


def test_empty_rows_and_columns_of_a_spreadsheet_are_none():
    raw = b"question;expected;lang;style;;\nHoe lang?;geldigheid;nl;plain;;\n;;;;;\n"

    assert parsed(raw) == (["Hoe lang?"], [])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('"CoP" wat is dat', '"CoP" wat is dat'),
        ('wat is een "CoP"', 'wat is een "CoP"'),
        ('"wat" is een "CoP"', '"wat" is een "CoP"'),
        ('"', '"'),
        ("wat; kost, dat", "wat; kost, dat"),
        ('"wat is een ""CoP""?"', 'wat is een "CoP"?'),
    ],
)
def test_a_quote_that_somebody_typed_between_tabs_stays(typed, read):
    assert parsed(f"{HEADER}{typed}\tgeldigheid\tnl\tplain\n".encode()) == ([read], [])


def test_another_encoding_is_told_with_the_entry_of_the_menu():
    asked, (problem,) = parsed(f"{HEADER}x\t-\tnl\tplain\n{ASKED}\t-\tnl\tplain\n".encode("cp1252"))

    assert asked == []
    assert problem.line == 3
    assert "'CSV UTF-8'" in problem.mend


def test_a_wrong_cell_has_its_line_in_every_form():
    _, (problem,) = parsed(
        "question;expected;lang;style\nHoe?;geldigheid;nl;boos\n".encode("utf-16")
    )

    assert (problem.line, "stijl" in problem.what) == (2, True)
