"""Why a file cannot be read is told in Dutch, with the mend of what an organiser most likely did."""

import pytest

from faq.reader import toml

CASES = [
    ("title = \u201cCoP\u201d", "krullende aanhalingstekens"),
    ("title =\u00a0'CoP'", "vaste spatie"),
    ("read = 29-11-2026", "andersom geschreven"),
    ("starts = 2026-12-08T10:00", "seconden"),
    (r'location = "G:\Users\x"', "losse \\"),
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
    "raw", [b"", b"\xef\xbb\xbfx", b"x", b"x = [\n\n", b'x = """\n\n', b"[a\n[b"]
)
def test_whatever_the_bytes_there_is_at_most_one_problem(raw):
    problems = []
    toml("een.toml", raw, problems)

    assert len(problems) == bool(raw)
