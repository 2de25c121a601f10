"""Why a file cannot be read is told in Dutch, with the mend of what an organiser most likely did."""

import pytest

from faq.reader import toml

CASES = [
    ("title = \u201cCoP\u201d", "krullende aanhalingstekens"),
    ("title =\u00a0'CoP'", "vaste spatie"),
    ("read = 29-11-2026", "andersom geschreven"),
    ("starts = 2026-12-08T10:00", "seconden"),
    (r'location = "G:\Users\x"', "losse \\"),
    (r'location = "G:\Beleid\Users"', "losse \\"),
    ("read = 2026-02-30", "deze dag bestaat niet"),
    ("read = 2026-13-01", "deze dag bestaat niet"),
    ("read = 2026-06-31", "deze dag bestaat niet"),
    ('x = [{ title = "SKAO" url = "https://skao.nl" }]', "ontbreekt een komma"),
    ('x = ["een" "twee"]', "ontbreekt een komma"),
    ('title = "CoP', "ontbreekt een aanhalingsteken"),
    ("title", "geen geldige TOML."),
    ("x = [1 2]", "geen geldige TOML."),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize(("line", "told"), CASES)
def test_what_is_wrong_is_told_on_its_line(line, told, end):
    problems = []
    toml("een.toml", f"a = 1{end or chr(10)}{line}{end}".encode(), problems)

    (problem,) = problems
    assert told in problem.what
    assert problem.line == 2
    assert problem.mend


@pytest.mark.parametrize(
    ("raw", "told", "line"),
    [
        (b'x = [\n  "een"\n  "twee",\n]\n', "regel hierboven ontbreekt een komma", 3),
        (b"[entry]\nid = 1\n\n[[entry]]\nid = 2\n", "enkele haken", 4),
        (b'x = """\nHet antwoord\n\n', "midden in een tekst of lijst", 2),
        (b'x = [\n  "een",\n', "midden in een tekst of lijst", 2),
        ('id = "een"\n'.encode("utf-16"), "UTF-16", 0),
        (b'id = "een"\ntitel = "caf\xe9"\n', "geen UTF-8", 2),
    ],
)
def test_what_is_wrong_with_more_lines_is_told_where_to_look(raw, told, line):
    problems = []
    toml("een.toml", raw, problems)

    (problem,) = problems
    assert told in problem.what
    assert problem.line == line


@pytest.mark.parametrize(
    "raw", [b"", b"\xef\xbb\xbfx", b"x", b"x = [\n\n", b'x = """\n\n', b"[a\n[b"]
)
def test_whatever_the_bytes_there_is_at_most_one_problem(raw):
    problems = []
    toml("een.toml", raw, problems)

    assert len(problems) == bool(raw)
