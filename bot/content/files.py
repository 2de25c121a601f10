"""The organiser's files in their last good state, also across a restart.

A file that cannot be read, or is wrong, changes nothing: what was in use stays in use.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.content.kept import KeptCopy
from bot.content.overlooked import with_overlooked
from bot.content.reading import (
    Reading,
    Stats,
    ends_a_line,
    file_stats,
    read,
    reading_of,
)
from bot.health import Health
from faq.errors import Problem, errors
from faq.files import Content
from faq.meetings import FILE as MEETINGS

log = logging.getLogger(__name__)

QUIET = 2.0
"""Seconds for which changed files must have stayed the same before they are read."""
QUIET_UNENDED = 60.0
"""And the meetings, where they do not end where a line does: as a file that is cut off, and few others."""
LOOKS = 3
"""Times that the files are read to find them the same before and after."""

LOGGED = 3
"""Problems of a refusal that the log names: the organiser's own words, never a member's."""

Build = Callable[[Content], object]
"""Builds what is in use from a content; where it raises, the content is not accepted."""


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

    def __init__(
        self,
        folder: Path,
        copy: Path,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        keep: bool = True,
    ) -> None:
        """Read from `folder`; keep the last good files at `copy`. Nothing is read yet.

        Without `keep` the copy stays as it is: whoever only looks may look at a proposal.
        """
        self._keep = keep
        self._folder, self._copy, self._monotonic = folder, KeptCopy(copy), monotonic
        self._seen = ""
        self._stats: Stats = ()
        self._torn = False
        """It was written while it was read."""
        self._written: tuple[Stats, float] = ((), 0.0)
        """The files as the last look saw them, and when they were seen like that first."""
        self.state: State | None = None

    def load(self, now: datetime, build: Build) -> State:
        """Read the files for the first time; fall back on the copy, else on nothing at all.

        `build` gets the content with its examples; what is held after that is without.
        """
        reading = self._look()
        if reading.usable and not self._just_written(now):
            return self._accept(reading, now, build)
        copy = reading_of(self._copy.read(), [])
        if reading.usable:
            if copy.usable:
                # The files are perhaps half written: a later look takes them, when they are complete.
                self._seen, self._stats, reading = "", (), copy
            return self._accept(reading, now, build)
        self._refuse(reading, "the copy is used" if copy.usable else "there is no copy to use")
        content, digest = (copy.content, copy.digest) if copy.usable else (Content.empty(), "")
        build(content)
        self.state = State(content.without_examples(), now, digest, reading.problems, stale=True)
        return self.state

    def changed(self) -> bool:
        """Whether a file was written since the last look; cheap."""
        return file_stats(self._folder) != self._stats

    def settled(self) -> bool:
        """Whether what changed is complete, as far as can be seen: it was the same for a while.

        A file that is written in pieces is at times whole, and says something untrue.
        """
        stats, now = file_stats(self._folder), self._monotonic()
        if stats != self._written[0]:
            self._written = (stats, now)
        changed = [Path(path) for path, *_ in set(stats) - set(self._stats)]
        # Of the meetings people are told at once, so of half of them, too.
        unended = any(path.name == MEETINGS and not ends_a_line(path) for path in changed)
        quiet = QUIET_UNENDED if unended else QUIET
        return now - self._written[1] >= quiet

    def _just_written(self, now: datetime) -> bool:
        """Whether a file was written in the last moments before the start, or while it was read."""
        newest = max((written for _, written, _, _ in self._stats), default=0) / 1e9
        return self._torn or abs(now.timestamp() - newest) < QUIET

    def reload(self, now: datetime, build: Build) -> State:
        """Read the files again; when they are good and new, `build` is called with them.

        May be called in another thread: the state is swapped in one assignment, at the end.
        """
        state, seen = self.state or self.load(now, build), self._seen
        reading = self._look()
        if self._torn:
            # It is being written: what was read may be of two moments, so it is looked at again.
            self._seen = seen
            return state
        if reading.digest == seen:
            return state
        if reading.usable:
            state = self._accept(reading, now, build)
            log.info("content reloaded: %d entries", len(state.content.knowledge.entries))
            return state
        self._refuse(reading, "the last good state stays in use")
        self.state = replace(state, problems=reading.problems, stale=True)
        return self.state

    def _look(self) -> Reading:
        for _ in range(LOOKS):
            self._stats = file_stats(self._folder)
            reading = read(self._folder)
            self._torn = file_stats(self._folder) != self._stats
            if not self._torn:
                break
        else:
            self._stats = ()
        self._seen = reading.digest
        problems = with_overlooked(self._folder, reading.raw, self._copy.read(), reading.problems)
        return replace(reading, problems=tuple(problems))

    def _accept(self, reading: Reading, now: datetime, build: Build) -> State:
        try:
            build(reading.content)
        except BaseException:
            # Not in use, so not seen: the next look tries again.
            self._seen, self._stats = self.state.digest if self.state else "", ()
            raise
        if self._keep:
            self._copy.keep(reading.raw)
        content = reading.content.without_examples()
        self.state = State(content, now, reading.digest, reading.problems)
        return self.state

    @staticmethod
    def _refuse(reading: Reading, instead: str) -> None:
        wrong = errors(reading.problems)
        first = " ".join(map(str, wrong[:LOGGED]))
        log.error("content refused, %d problems; %s. %s", len(wrong), instead, first)

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
