"""Files that an organiser meant and the bot does not see: renamed by an editor, emptied, or gone."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bot.content.reading import Raw, shown
from faq import meetings, synonyms
from faq.errors import Problem
from faq.files import ENTRIES, FILES, FOLDERS, QUESTIONS
from faq.reader import toml
from faq.table import SAVE_AS

_EMPTY = {
    meetings.FILE: ("series", 'timezone = "Europe/Amsterdam", en eronder series = []'),
    synonyms.FILE: ("groups", "groups = []"),
}
"""What a file holds where it holds something, and how it says that there is nothing."""


_SPREADSHEETS = {".csv", ".xlsx", ".xls", ".ods"}


def overlooked(folder: Path, raw: Raw, kept: Raw) -> list[Problem]:
    """A warning for each file that is named almost as one that is read, an error where one is missed.

    Args:
        folder: where the files are.
        raw: what was read there, by name.
        kept: the last good files; nothing where there are none.
    """
    almost = {meant: name for name, meant in _almost(folder)}
    problems = [_warning(name, f"noem het {meant}") for meant, name in almost.items()]
    problems += [_warning(name, SAVE_AS) for name in _spreadsheets(folder)]
    if not _same_community({*raw, *almost}, kept):
        return problems
    gone = {meant: f"geef {name} zijn naam terug." for meant, name in almost.items()}
    gone = {name: mend for name, mend in gone.items() if name in kept and name not in raw}
    return [
        *problems,
        *(_error(*pair) for pair in (dict(_emptied(folder, raw, kept)) | gone).items()),
    ]


def with_overlooked(
    folder: Path, raw: Raw, kept: Raw, problems: Iterable[Problem]
) -> list[Problem]:
    """These problems and those of `overlooked`; ids that are missing with a file are no problem of their own."""
    others = overlooked(folder, raw, kept)
    unread = [p for p in others if p.file.startswith(f"{ENTRIES}/")]
    missing = [p for p in problems if p.missing]
    if not (unread and missing):
        return [*problems, *others]
    # What is told of the file is told once, as the error that it is.
    told = {p.file: replace(p, warning=False) for p in reversed(unread)}
    rest = [p for p in problems if not p.missing]
    return [*rest, *told.values(), *(p for p in others if p not in unread)]


def _same_community(names: set[str], kept: Raw) -> bool:
    """Whether the kept files are of these, and not of another folder that was used before."""
    return any(name.startswith(f"{ENTRIES}/") and name in kept for name in names)


def _almost(folder: Path) -> Iterator[tuple[str, str]]:
    """(file, the name that it should have), such as `meetings.toml.txt` and `meetings.toml`."""
    for sub, pattern in (*FOLDERS.items(), *(("", name) for name in FILES)):
        ending = pattern.removeprefix("*")
        for path in sorted((folder / sub).glob("*")):
            name, at = path.name, path.name.casefold().rfind(ending)
            meant = name[: max(at, 0)] + ending
            # Hidden files and those that end in ~ are an editor's own.
            if at < 0 or name == meant or name.startswith(".") or name.endswith("~"):
                continue
            if sub or at == 0:
                yield shown(Path(sub, name)), shown(Path(sub, meant))


def _spreadsheets(folder: Path) -> Iterator[str]:
    """What a spreadsheet wrote beside the example questions, under a name of its own."""
    for path in sorted((folder / QUESTIONS).glob("*")):
        if path.suffix.casefold() in _SPREADSHEETS and not path.name.startswith((".", "~")):
            yield shown(Path(QUESTIONS, path.name))


def _emptied(folder: Path, raw: Raw, kept: Raw) -> Iterator[tuple[str, str]]:
    """(file, mend) of what held something and now holds nothing at all."""
    for name, (key, nothing) in _EMPTY.items():
        if _holds(name, kept, key) and _nothing(folder, name, raw):
            yield name, f"zet het terug; moet het leeg zijn, schrijf er dan in: {nothing}"
    if _questions(kept) and not _questions(raw):
        mend = (
            "zet ze terug; wil je er geen, laat dan één bestand staan met alleen de eerste regel."
        )
        yield f"{QUESTIONS}/", mend


def _holds(name: str, raw: Mapping[str, bytes], key: str) -> bool:
    return bool(toml(name, raw.get(name, b""), []).get(key))


def _nothing(folder: Path, name: str, raw: Raw) -> bool:
    """Whether a file is not there, or can be read and says nothing."""
    problems: list[Problem] = []
    if name in raw:
        return not toml(name, raw[name], problems) and not problems
    return not os.path.lexists(folder / name)


def _questions(raw: Raw) -> bool:
    return any(name.startswith(f"{QUESTIONS}/") for name in raw)


def _warning(name: str, mend: str) -> Problem:
    what = "dit bestand wordt niet gelezen, want zo heet geen bestand van de bot."
    return Problem(file=name, what=what, mend=f"{mend}, of haal het weg.", warning=True)


def _error(name: str, mend: str) -> Problem:
    return Problem(
        file=name, what="dit is weg of leeg, en in de laatste goede versie was het er.", mend=mend
    )
