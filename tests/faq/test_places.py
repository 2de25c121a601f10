"""A mistake is told once, with the line of its field; what only follows from it is counted."""

import pytest

from bot.content.reading import parse
from faq.errors import Problem, errors
from faq.places import placed
from tests.support.content import entry as written
from tests.support.reminders import cancelled, meetings_toml

THEME = 'theme.nl = "Thema"\ntheme.en = "Theme"\n'
HEADER = "question\texpected\tlang\tstyle\n"


def entry(id_, **fields):
    text = written(id_)
    for field, value in fields.items():
        text = text.replace(f"{field} = ", f"{value} # ", 1)
    return text


def files(*entries, questions=""):
    return {
        "faq/een.toml": (THEME + "".join(entries)).encode(),
        "questions/a.tsv": (HEADER + questions).encode(),
    }


LINES = "".join(f"vraag {number}\tkosten\tnl\tplain\n" for number in range(40))
RELATED = 'related = ["kosten"]'


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (files(entry("geldigheid", related=RELATED), entry("scopes"), questions=LINES), 1),
        (
            files(
                entry("geldigheid"),
                entry("kosten", related=RELATED).replace('id = "kosten"', 'id = "geldigheid"'),
                questions=LINES,
            ),
            2,
        ),
    ],
    ids=["gone", "a double id took its place"],
)
def test_an_id_that_is_gone_is_one_error_that_counts_its_places(raw, number):
    wrong = errors(parse(raw)[1])
    (missing,) = (problem for problem in wrong if problem.missing)

    assert len(wrong) == number
    assert "op 41 plaatsen in 2 bestanden" in missing.what
    assert "app.py rename kosten" in missing.mend
    assert "app.py retire kosten" in missing.mend


def test_a_double_id_says_where_the_other_is():
    raw = files(entry("geldigheid"), entry("kosten").replace('"kosten"', '"geldigheid"'))
    (double,) = errors(parse(raw)[1])

    assert "faq/een.toml:4" in double.what


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda text: text.replace("question.nl", "Question.nl"),
        lambda text: text.replace("answer.nl", "antwoord.nl"),
        lambda text: text.replace("question.nl = [", "question.nl = ["[:-1] + '"x" # ['),
    ],
    ids=["a capital", "another name", "no list"],
)
def test_an_entry_that_cannot_be_read_is_there(spoiled):
    raw = files(entry("geldigheid", related=RELATED), spoiled(entry("kosten")), questions=LINES)
    wrong = errors(parse(raw)[1])

    assert wrong
    assert [str(problem) for problem in wrong if "bestaat niet" in problem.what] == []


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("read = 2026-11-23", "read = 5"),
        ("owner = ", "kleur = "),
        ("sources = [{ title", "sources = [{ naam"),
        ("related = []", 'related = ["weg"]'),
    ],
)
def test_a_field_of_an_entry_has_its_line(field, line):
    raw = files(entry("geldigheid"), entry("kosten").replace(field, line), entry("scopes"))
    problems = placed(errors(parse(raw)[1]), raw)
    text = raw["faq/een.toml"].decode().splitlines()

    assert problems
    for problem in problems:
        if problem.what != "dit veld ontbreekt.":
            assert text[problem.line - 1].startswith(line), str(problem)


def test_a_field_of_a_meeting_or_a_change_has_its_line():
    toml = meetings_toml(cancelled("2026-12-09"), reminders='["1w"]')
    raw = {"meetings.toml": toml.encode()}
    problems = placed(errors(parse(files(entry("geldigheid")) | raw)[1]), raw)
    lines = toml.splitlines()

    assert {lines[problem.line - 1] for problem in problems} == {
        'reminders = ["1w"]',
        "date = 2026-12-09",
    }


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"[[entry]]\n", b'id = "x"'])
def test_where_nothing_can_be_found_the_problem_stays_as_it_is(raw):
    problem = Problem(file="faq/een.toml", entry="kosten", field="a[1].b", what="x.", mend="y.")

    assert placed([problem], {"faq/een.toml": raw}) == [problem]
