"""All content files together: what they must hold, and the values they become."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from faq import entries_file, examples, meetings, meetings_file, synonyms
from faq.entries import Knowledge
from faq.errors import Problem, counted
from faq.examples import Example
from faq.meetings import Calendar
from faq.synonyms import Synonyms

ENTRIES, QUESTIONS = "faq", "questions"
FOLDERS = {ENTRIES: "*.toml", QUESTIONS: "*.tsv"}
"""Folder → which of its files are read."""
FILES = (synonyms.FILE, meetings.FILE)


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


def parse(
    raw: Mapping[str, bytes],
    commands: Collection[str],
    shipped: Iterable[Example] = (),
    *,
    whole: bool = True,
) -> tuple[Content, list[Problem]]:
    """Read all files; every problem of every file, not only the first.

    Where a file cannot be read, what only follows from that is no problem: one missing quote is one.

    Args:
        raw: file name → content.
        commands: the ids that an example question may lead to besides an entry, without their @.
        shipped: examples that every content has; the organiser's own say otherwise where they wish.
        whole: whether these are all files.
    """
    knowledge, problems = entries_file.parse(_inside(raw, ENTRIES), whole=whole)
    known: Collection[str] | None = knowledge.entries.keys() | entries_file.named(problems)
    if not whole or any(map(entries_file.is_of_a_whole_file, problems)):
        known = None
    questions, wrong = examples.parse(_inside(raw, QUESTIONS), known, commands)
    groups, wrong_groups = synonyms.parse(raw.get(synonyms.FILE, b""))
    calendar, wrong_dates = meetings_file.parse(raw.get(meetings.FILE, b""))
    problems += [*wrong, *wrong_groups, *wrong_dates]
    asked = [phrasing for e in knowledge.entries.values() for phrasing, _ in e.phrasings]
    together = tuple(examples.with_shipped(questions, asked, shipped))
    return Content(knowledge, together, groups, calendar), counted(problems)


def _inside(raw: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name: content for name, content in raw.items() if name.startswith(f"{folder}/")}


def summary(problems: Iterable[Problem]) -> str:
    """One sentence: how many errors and warnings."""
    warnings = [problem.warning for problem in problems]
    wrong, doubtful = warnings.count(False), warnings.count(True)
    return f"{wrong} fout{'en' * (wrong != 1)}, {doubtful} waarschuwing{'en' * (doubtful != 1)}"
