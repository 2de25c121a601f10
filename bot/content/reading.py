"""Reads the organiser's files: whatever lies there, and at whatever moment, it is bytes or a problem."""

import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.shipped import shipped_examples
from bot.disk import read_regular
from dialogs import commands
from faq import files
from faq.errors import Problem, errors
from faq.files import FILES, FOLDERS, Content

log = logging.getLogger(__name__)

FILE_MAX = 2 * 2**20
"""Bytes of one file; the largest that ships has 200,000."""
FILES_MAX = 500
"""Files that are read."""

Raw = Mapping[str, bytes]
"""File name, relative to the content folder → what is in it."""
Stats = tuple[tuple[str, int, int, int], ...]
"""Of each file its path, and what changes when it is written or its rights change."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder as it was when it was read."""

    raw: Raw
    content: Content
    problems: tuple[Problem, ...]
    digest: str

    @property
    def usable(self) -> bool:
        """Whether it holds something, and no error."""
        return bool(self.raw) and not errors(self.problems)


def read(folder: Path) -> Reading:
    """Read a folder and what its files say; never raises."""
    return reading_of(*read_files(folder))


def reading_of(raw: Raw, problems: list[Problem]) -> Reading:
    """What these files say, beside the problems of reading them; never raises."""
    try:
        content, more = parse(raw, whole=not problems)
    except Exception as error:
        # Whatever it is that no reader foresaw: one problem, and what is in use stays.
        log.exception("the content could not be read")
        what = f"deze bestanden kunnen niet worden gelezen ({type(error).__name__})."
        mend = "zet de laatste wijziging terug en meld dit aan de beheerder."
        content, more = Content.empty(), [Problem(file="", what=what, mend=mend)]
    return Reading(raw, content, (*problems, *more), content_digest(raw))


def parse(raw: Raw, *, whole: bool = True) -> tuple[Content, list[Problem]]:
    """Read the files, with the commands and the examples that this bot has; every problem of every file.

    Args:
        raw: file name → content.
        whole: whether these are all files.
    """
    return files.parse(raw, commands.ids(), shipped_examples(), whole=whole)


def read_files(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every content file below `folder`; a problem for each that cannot be read."""
    problems: list[Problem] = []
    raw: dict[str, bytes] = {}
    if not os.path.isdir(folder):  # noqa: PTH112 - a folder that may not be looked into is none
        what, mend = "deze map bestaat niet.", "zet CONTENT_DIR op de map met de inhoud."
        problems.append(Problem(file=str(folder), what=what, mend=mend))
    paths = list(content_paths(folder))
    if len(paths) > FILES_MAX:
        what = f"er staan {len(paths)} bestanden; {FILES_MAX} worden gelezen."
        problems.append(Problem(file=str(folder), what=what, mend="voeg bestanden samen."))
    for path in paths[:FILES_MAX]:
        name = shown(path.relative_to(folder))
        try:
            raw[name] = read_regular(path, FILE_MAX)
        except OSError as error:
            what = f"dit bestand kan niet worden gelezen ({error.strerror})."
            mend = (
                f"maak er een gewoon bestand van, hooguit {FILE_MAX // 2**20} MB, met leesrechten."
            )
            problems.append(Problem(file=name, what=what, mend=mend))
    return raw, problems


def shown(path: Path) -> str:
    """A path with slashes, and what is no text in it as its code."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def content_paths(folder: Path) -> Iterator[Path]:
    """Where the content files are, in the order in which they are read."""
    for sub, pattern in FOLDERS.items():
        for path in sorted((folder / sub).glob(pattern)):
            # Hidden files are an editor's locks and a system's own notes, never an organiser's.
            if not path.name.startswith("."):
                yield path
    for name in FILES:
        # Also where it is a link that leads nowhere, or may not be looked at: then reading it says so.
        if os.path.lexists(folder / name):
            yield folder / name


def content_digest(raw: Raw) -> str:
    """Changes when a file changes, comes or goes."""
    digest = hashlib.sha256()
    for name, content in sorted(raw.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def file_stats(folder: Path) -> Stats:
    """What changes when a file does: its content, or who may read it (`st_ctime_ns`)."""
    stats = []
    for path in content_paths(folder):
        try:
            stat = path.stat()
        except OSError:
            # It went while we looked, or leads nowhere: reading it says so.
            stats.append((str(path), 0, 0, 0))
        else:
            stats.append((str(path), stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
    return tuple(sorted(stats))


def ends_a_line(path: Path) -> bool:
    """Whether a file ends where a line does; one that is still being written seldom does."""
    try:
        raw = read_regular(path, FILE_MAX)
    except OSError:
        return True
    return not raw or raw.endswith((b"\n", b"\r"))
