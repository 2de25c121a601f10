"""All content files together: what they must hold, and the values they become."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from faq import entries_file, examples, meetings_file, synonyms
from faq.entries import Knowledge
from faq.errors import Problem
from faq.examples import Example
from faq.meetings import Calendar
from faq.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Content:
    """What the organiser wrote, read."""

    knowledge: Knowledge
    examples: tuple[Example, ...]
    synonyms: Synonyms
    calendar: Calendar

    @classmethod
    def empty(cls) -> "Content":
        """No content at all: what a bot with broken files and no kept copy starts with."""
        return cls(Knowledge({}), (), Synonyms(()), Calendar.empty())

    def without_examples(self) -> "Content":
        """What is needed after learning: thousands of lines less."""
        return replace(self, examples=())


def parse(raw: Mapping[str, bytes], commands: Collection[str]) -> tuple[Content, list[Problem]]:
    """Read all files; every problem of every file, not only the first.

    Args:
        raw: file name → content.
        commands: the ids that an example question may lead to besides an entry, without their @.
    """
    known, problems = entries_file.parse(_below(raw, "faq/"))
    lines, found = examples.parse(_below(raw, "questions/"), known.entries.keys(), commands)
    problems += found
    words, found = synonyms.parse(raw.get("synonyms.toml", b""))
    problems += found
    calendar, found = meetings_file.parse(raw.get("meetings.toml", b""))
    problems += found
    return Content(known, tuple(lines), words, calendar), problems


def _below(raw: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name: content for name, content in raw.items() if name.startswith(folder)}


def summary(problems: Iterable[Problem]) -> str:
    """One sentence: how many errors and warnings."""
    found = list(problems)
    wrong = sum(not p.warning for p in found)
    return f"{wrong} fout{'en' * (wrong != 1)}, {len(found) - wrong} waarschuwing{'en' * (len(found) - wrong != 1)}"
