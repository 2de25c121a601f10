"""The entries' files: what `faq/content/faq/*.toml` must look like, and every mistake in them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from faq.entries import Entry, Knowledge, normalized
from faq.entry_fields import read_entry
from faq.errors import Problem
from faq.reader import Reader, toml

_HEADER = re.compile(rb"^[ \t]*\[\[\s*entry\s*\]\]", re.MULTILINE)


def is_of_a_whole_file(problem: Problem) -> bool:
    """Whether nothing of a file could be read, so that its entries are not known."""
    return not (problem.warning or problem.entry or problem.field)


def named(problems: Iterable[Problem]) -> set[str]:
    """The ids of entries that are there, and perhaps cannot be read."""
    return {problem.entry for problem in problems if problem.entry}


def parse(files: Mapping[str, bytes], *, whole: bool = True) -> tuple[Knowledge, list[Problem]]:
    """Read the theme files, given as name → content; `whole`: whether these are all.

    Returns:
        The entries that can be used, and every problem of every file. Where a problem is not a
        warning, the whole must not be used.
    """
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    for file, raw in sorted(files.items()):
        for entry in _theme(file, raw, problems):
            if entry.id in entries:
                other = entries[entry.id]
                what = f"dit id bestaat al, in {other.file}:{other.line}."
                problems.append(entry.problem("id", what, "geef elk antwoord een eigen id."))
            entries[entry.id] = entry
    whole = whole and not any(map(is_of_a_whole_file, problems))
    if not entries and whole:
        what = "er is geen enkel antwoord gevonden."
        mend = "zet minstens één [[entry]] in faq/*.toml."
        problems.append(Problem(file="faq/", what=what, mend=mend))
    problems += _across(entries, named(problems) if whole else None)
    return Knowledge(entries), problems


def _theme(file: str, raw: bytes, problems: list[Problem]) -> Iterator[Entry]:
    """The entries of one file."""
    table = toml(file, raw, problems)
    if not table:
        return
    top = Reader(table, file, "", problems)
    theme = top.text("theme")
    tables = top.take("entry", list, "[[entry]] …") or []
    for number, (inner, line) in enumerate(zip(tables, _lines(raw, len(tables)), strict=True), 1):
        if not isinstance(inner, dict):
            what, mend = f"antwoord {number} is geen tabel.", "begin elk antwoord met [[entry]]."
            problems.append(Problem(file=file, line=line, what=what, mend=mend))
            continue
        name = inner.get("id") if isinstance(inner.get("id"), str) else ""
        read = Reader(inner, file, str(name or f"antwoord {number}"), problems, line)
        entry = read_entry(read, theme)
        if entry is not None:
            yield entry
    top.done()


def _lines(raw: bytes, count: int) -> list[int]:
    """The line on which each of `count` entries begins; tomllib does not say."""
    lines = [raw.count(b"\n", 0, match.start()) + 1 for match in _HEADER.finditer(raw)]
    # An [[entry]] inside a text of several lines would shift them all.
    return lines if len(lines) == count else [0] * count


def _across(entries: Mapping[str, Entry], unread: set[str] | None) -> Iterator[Problem]:
    """What only shows when all entries are seen together.

    Args:
        entries: those that can be read.
        unread: the ids of others that are there; None where these are not known.
    """
    first: dict[str, str] = {}
    for entry in entries.values():
        yield from _related(entry, entries, unread)
        for phrasing, language in entry.phrasings:
            owner = first.setdefault(normalized(phrasing), entry.id)
            if owner != entry.id:
                what = f"de vraag {phrasing!r} staat ook bij {owner}."
                mend = "laat haar bij één van de twee staan."
                yield entry.problem(f"question.{language}", what, mend)


def _related(
    entry: Entry, entries: Mapping[str, Entry], unread: set[str] | None
) -> Iterator[Problem]:
    mend = "verbeter of schrap het id."
    for other in entry.related:
        if other == entry.id:
            yield entry.problem("related", "een antwoord verwijst naar zichzelf.", mend)
        elif unread is not None and other not in entries and other not in unread:
            problem = entry.problem("related", f"{other!r} bestaat niet.", mend)
            yield replace(problem, missing=other)
