"""The organiser's files in their last good state, also across a restart.

A file that cannot be read, or is wrong, changes nothing: what was in use stays in use (DESIGN 4.3).
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
"""Told of a content before it comes into use."""


def read_files(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every content file below `folder`; a problem for each that cannot be read."""
    problems: list[Problem] = []
    paths = [
        path for sub, pattern in FOLDERS.items() for path in sorted((folder / sub).glob(pattern))
    ]
    paths += [path for name in FILES if (path := folder / name).exists()]
    found: dict[str, bytes] = {}
    if not folder.is_dir():
        what, mend = "deze map bestaat niet.", "zet CONTENT_DIR op de map met de inhoud."
        problems.append(Problem(file=str(folder), what=what, mend=mend))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            what = f"dit bestand kan niet worden gelezen ({error.strerror})."
            problems.append(
                Problem(file=name, what=what, mend="kijk naar de rechten van het bestand.")
            )
    return found, problems


def parse(raw: Raw) -> tuple[Content, list[Problem]]:
    """Read the files, with the commands that this bot has; every problem of every file."""
    return files.parse(raw, commands.ids())


def fingerprint(raw: Raw) -> str:
    """Changes when a file changes, comes or goes."""
    digest = hashlib.sha256()
    for name, content in sorted(raw.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class State:
    """What is in use, since when, and what is wrong with the files as they are now."""

    content: Content
    loaded_at: datetime
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    stale: bool = False
    """The files as they are now cannot be used; `content` is the last good state."""


class ContentFiles:
    """Holds the content in use and looks at the files when asked.

    A copy of the last good files is kept in `keep`, so that a restart with a broken file changes
    nothing either.
    """

    def __init__(self, folder: Path, keep: Path) -> None:
        """Read from `folder`; keep the last good files in `keep`. Nothing is read yet."""
        self._folder, self._keep = folder, keep
        self._seen = ""
        self._stats: tuple[tuple[str, int, int], ...] = ()
        self.state: State | None = None

    def load(self, now: datetime, build: Build) -> State:
        """Read the files for the first time; fall back on the kept copy, else on nothing at all.

        `build` gets the content with its examples; what is held after that is without.
        """
        self._stats = self._stat()
        raw, problems = read_files(self._folder)
        self._seen = fingerprint(raw)
        content, found = parse(raw)
        problems += found
        if not errors(problems):
            build(content)
            self._remember(raw)
            self.state = State(content.without_examples(), now, self._seen, tuple(problems))
            return self.state
        kept, kept_problems = read_files(self._keep) if self._keep.is_dir() else ({}, [])
        old, old_problems = parse(kept)
        usable = bool(kept) and not errors(kept_problems + old_problems)
        log.error(
            "content refused, %d problems; %s",
            len(errors(problems)),
            "the kept copy is used" if usable else "there is no kept copy",
        )
        content = old if usable else Content.empty()
        build(content)
        self.state = State(
            content.without_examples(),
            now,
            fingerprint(kept) if usable else "",
            tuple(problems),
            stale=True,
        )
        return self.state

    def changed(self) -> bool:
        """Whether a file was written since the last look; cheap."""
        return self._stat() != self._stats

    def reload(self, now: datetime, build: Build) -> State:
        """Read the files again; when they are good and new, `build` is called and they come into use.

        May be called in another thread: what is in use is swapped in one assignment, at the end.
        """
        state = self.state or self.load(now, build)
        self._stats = self._stat()
        raw, problems = read_files(self._folder)
        seen = fingerprint(raw)
        if seen == self._seen:
            return state
        self._seen = seen
        content, found = parse(raw)
        problems += found
        if errors(problems):
            log.error(
                "content refused, %d problems; the last good state stays in use",
                len(errors(problems)),
            )
            self.state = State(
                state.content, state.loaded_at, state.fingerprint, tuple(problems), stale=True
            )
        else:
            try:
                build(content)
            except BaseException:
                # Not in use, so not seen: the next look tries again.
                self._seen, self._stats = state.fingerprint, ()
                raise
            self._remember(raw)
            self.state = State(content.without_examples(), now, seen, tuple(problems))
            log.info("content reloaded: %d entries", len(content.knowledge.entries))
        return self.state

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

    def _stat(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for sub in ("", *FOLDERS):
            try:
                entries = list(os.scandir(self._folder / sub))
            except OSError:
                continue
            for entry in entries:
                if entry.name.endswith((".toml", ".tsv")):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))

    def _remember(self, raw: Raw) -> None:
        """Keep a copy; written beside the old one and swapped, so that a crash leaves one of both."""
        if self._keep.is_dir() and fingerprint(read_files(self._keep)[0]) == fingerprint(raw):
            return
        new, old = (
            self._keep.with_name(self._keep.name + ".new"),
            self._keep.with_name(self._keep.name + ".old"),
        )
        try:
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
            for name, content in raw.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if self._keep.exists():
                self._keep.rename(old)
            new.rename(self._keep)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            # Without a copy the bot still works; only a restart with broken files would be poorer.
            log.warning("no copy of the content could be kept: %s", error.strerror)
