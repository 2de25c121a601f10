"""The organiser's files in their last good state, also across a restart.

A file that cannot be read, or is wrong, changes nothing: what was in use stays in use.
"""

import hashlib
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.health import Health
from dialogs import commands
from faq import files
from faq.errors import Problem, errors
from faq.files import FILES, FOLDERS, Content

log = logging.getLogger(__name__)

Raw = Mapping[str, bytes]
"""File name, relative to the content folder → what is in it."""

Build = Callable[[Content], object]
"""Builds what is in use from a content; where it raises, the content is not accepted."""


def read_files(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every content file below `folder`; a problem for each that cannot be read."""
    problems: list[Problem] = []
    paths = [
        path
        for sub, pattern in FOLDERS.items()
        for path in sorted((folder / sub).glob(pattern))
        # Hidden files are an editor's locks and a system's own notes, never an organiser's.
        if not path.name.startswith(".")
    ]
    paths += [path for name in FILES if (path := folder / name).exists()]
    raw: dict[str, bytes] = {}
    if not folder.is_dir():
        what, mend = "deze map bestaat niet.", "zet CONTENT_DIR op de map met de inhoud."
        problems.append(Problem(file=str(folder), what=what, mend=mend))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            raw[name] = path.read_bytes()
        except OSError as error:
            what = f"dit bestand kan niet worden gelezen ({error.strerror})."
            problems.append(
                Problem(file=name, what=what, mend="kijk naar de rechten van het bestand.")
            )
    return raw, problems


def parse(raw: Raw) -> tuple[Content, list[Problem]]:
    """Read the files, with the commands that this bot has; every problem of every file."""
    return files.parse(raw, commands.ids())


def content_digest(raw: Raw) -> str:
    """Changes when a file changes, comes or goes."""
    digest = hashlib.sha256()
    for name, content in sorted(raw.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A folder as it was when it was read."""

    raw: Raw
    content: Content
    problems: tuple[Problem, ...]
    digest: str

    @property
    def usable(self) -> bool:
        return bool(self.raw) and not errors(self.problems)


def _read(folder: Path) -> _Reading:
    raw, problems = read_files(folder)
    content, more = parse(raw)
    return _Reading(raw, content, (*problems, *more), content_digest(raw))


@dataclass(frozen=True, slots=True)
class State:
    """The last good files: what they hold, since when, and what is wrong with them as they are now."""

    content: Content
    """Without the examples; what is in use was built from it."""
    loaded_at: datetime
    digest: str
    problems: tuple[Problem, ...] = ()
    stale: bool = False
    """The files as they are now cannot be used."""


class ContentFiles:
    """Says which files are good, and hands them to who builds what is in use (`LiveContent`).

    A copy of the last good files is kept, so that a restart with a broken file changes nothing
    either.
    """

    def __init__(self, folder: Path, copy: Path) -> None:
        """Read from `folder`; keep the last good files in `copy`. Nothing is read yet."""
        self._folder, self._copy = folder, copy
        self._seen = ""
        self._stats: tuple[tuple[str, int, int, int], ...] = ()
        self.state: State | None = None

    def load(self, now: datetime, build: Build) -> State:
        """Read the files for the first time; fall back on the copy, else on nothing at all.

        `build` gets the content with its examples; what is held after that is without.
        """
        reading = self._look()
        if reading.usable:
            return self._accept(reading, now, build)
        copy = _read(self._copy)
        self._refuse(reading, "the copy is used" if copy.usable else "there is no copy to use")
        content, digest = (copy.content, copy.digest) if copy.usable else (Content.empty(), "")
        build(content)
        self.state = State(content.without_examples(), now, digest, reading.problems, stale=True)
        return self.state

    def changed(self) -> bool:
        """Whether a file was written since the last look; cheap."""
        return self._stat() != self._stats

    def reload(self, now: datetime, build: Build) -> State:
        """Read the files again; when they are good and new, `build` is called with them.

        May be called in another thread: the state is swapped in one assignment, at the end.
        """
        state, seen = self.state or self.load(now, build), self._seen
        reading = self._look()
        if reading.digest == seen:
            return state
        if reading.usable:
            state = self._accept(reading, now, build)
            log.info("content reloaded: %d entries", len(state.content.knowledge.entries))
            return state
        self._refuse(reading, "the last good state stays in use")
        self.state = replace(state, problems=reading.problems, stale=True)
        return self.state

    def _look(self) -> _Reading:
        self._stats = self._stat()
        reading = _read(self._folder)
        self._seen = reading.digest
        return reading

    def _accept(self, reading: _Reading, now: datetime, build: Build) -> State:
        try:
            build(reading.content)
        except BaseException:
            # Not in use, so not seen: the next look tries again.
            self._seen, self._stats = self.state.digest if self.state else "", ()
            raise
        self._keep(reading.raw)
        content = reading.content.without_examples()
        self.state = State(content, now, reading.digest, reading.problems)
        return self.state

    @staticmethod
    def _refuse(reading: _Reading, instead: str) -> None:
        log.error("content refused, %d problems; %s", len(errors(reading.problems)), instead)

    def age(self, clock: Callable[[], datetime]) -> Callable[[], float]:
        """Says how many seconds ago what is in use was loaded."""
        return lambda: (clock() - self.state.loaded_at).total_seconds() if self.state else 0.0

    def health(self) -> Health:
        """What is in use, and whether the files as they are now are refused."""
        state = self.state
        if state is None or not state.content.knowledge.entries:
            return Health(ok=False, detail="no usable content")
        if state.stale:
            refused = f"the files are refused ({len(errors(state.problems))} problems)"
            return Health(ok=False, detail=f"{refused}; the last good state is in use")
        return Health(ok=True, detail=f"{len(state.content.knowledge.entries)} entries")

    def _stat(self) -> tuple[tuple[str, int, int, int], ...]:
        """What changes when a file does: its content, or who may read it (`st_ctime_ns`)."""
        stats = []
        for sub in ("", *FOLDERS):
            folder = self._folder / sub
            for path in [*folder.glob("*.toml"), *folder.glob("*.tsv")]:
                try:
                    stat = path.stat()
                except OSError:
                    # It went while we looked, or leads nowhere: reading it says so.
                    stats.append((str(path), 0, 0, 0))
                else:
                    stats.append((str(path), stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
        return tuple(sorted(stats))

    def _keep(self, raw: Raw) -> None:
        """Keep a copy; written beside the old one and swapped, so that a crash leaves one of both."""
        if self._copy.is_dir() and content_digest(read_files(self._copy)[0]) == content_digest(raw):
            return
        new = self._copy.with_name(self._copy.name + ".new")
        old = self._copy.with_name(self._copy.name + ".old")
        try:
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
            for name, content in raw.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if self._copy.exists():
                self._copy.rename(old)
            new.rename(self._copy)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            # Without a copy the bot still works; only a restart with broken files would be poorer.
            log.warning("no copy of the content could be kept: %s", error.strerror)
