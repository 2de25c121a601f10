"""On which line of a file a problem stands; the TOML reader of the standard library does not say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from faq.errors import Problem

_BEGINS = re.compile(r"^[ \t]*\[\[\s*(?:entry|series)\s*\]\]")
_DAY = re.compile(r" \d{4}-\d\d-\d\d$")
"""Behind the id of a series: the day of the change that is meant."""


def placed(problems: Iterable[Problem], raw: Mapping[str, bytes]) -> list[Problem]:
    """The problems, each with the line of its field where that can be found; `raw` is file name → content."""
    return [_placed(problem, raw.get(problem.file, b"")) for problem in problems]


def _placed(problem: Problem, raw: bytes) -> Problem:
    if problem.column or not (problem.entry and raw):
        return problem
    lines = raw.decode("utf-8", "replace").splitlines()
    first = problem.line or _line_of(rf'id\s*=\s*"{_series(problem.entry)}"', lines, 1)
    if not first:
        return problem
    first = _header(lines, first)
    last = next((n for n in range(first + 1, len(lines) + 1) if _BEGINS.match(lines[n - 1])), None)
    part = lines[: last - 1] if last else lines
    if day := _DAY.search(problem.entry):
        first = _line_of(rf"date\s*=\s*{day[0].strip()}", part, first) or first
    root = re.split(r"[.\[]", problem.field)[0]
    whole = re.sub(r"\[\d+\]", "", problem.field)
    line = _line_of(rf"{re.escape(whole)}\s*[.=]", part, first) if problem.field else 0
    line = line or (_line_of(rf"{re.escape(root)}\s*[.=]", part, first) if root else 0)
    return replace(problem, line=line or first)


def _series(entry: str) -> str:
    """The id in what a problem calls its entry: `id`, `id 2027-05-11` or `id/2027-05-11`."""
    return re.escape(_DAY.sub("", entry).partition("/")[0])


def _header(lines: list[str], line: int) -> int:
    """The line on which the table begins that holds a line."""
    return next((n for n in range(line, 0, -1) if _BEGINS.match(lines[n - 1])), line)


def _line_of(pattern: str, lines: list[str], first: int) -> int:
    """The first line from `first` on that begins like this; 0 where there is none."""
    begins = re.compile(rf"\s*(?:{pattern})")
    numbers = (n for n in range(first, len(lines) + 1) if begins.match(lines[n - 1]))
    return next(numbers, 0)
