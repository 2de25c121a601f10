"""The entries: the answers, and how people ask for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from faq.errors import Problem
from faq.language import DEFAULT, Language, Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from; without `url` where there is no public page."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """That a person held an answer against its live sources."""

    on: date
    by: str
    """A role, such as "organisatie CoP"; never a name."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What an answer leaves open because nobody here knows it."""

    unknown: str
    closes: tuple[str, ...]
    """The texts or people that would tell: before the first comma which, after it where in it."""


@dataclass(frozen=True, slots=True)
class Later:
    """What an answer becomes, from a day on."""

    starts: date
    answer: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer and how people ask for it."""

    id: str
    theme: Text
    handbook: tuple[str, ...]
    questions: Mapping[Language, tuple[str, ...]]
    """How people ask for it; Dutch is always there, and the first of each language is its title."""
    answer: Text
    sources: tuple[Source, ...]
    read: date
    """When the sources were read, by whoever wrote the answer."""
    check: Check | None
    """None until a person held it against its live sources."""
    review_by: date
    owner: str
    gaps: tuple[Gap, ...]
    related: tuple[str, ...]
    starts: date
    """The first day on which it is offered; `date.min` where that is not said."""
    until: date
    """The last day on which it is offered; `date.max` where that is not said."""
    later: tuple[Later, ...]
    """What the answer becomes, the earliest first."""
    file: str
    line: int
    """Where it begins in the file; 0 where that is not known."""

    def problem(self, field: str, what: str, mend: str, *, warning: bool = False) -> Problem:
        """A problem with a field of this entry."""
        return Problem(
            file=self.file,
            line=self.line,
            entry=self.id,
            field=field,
            what=what,
            mend=mend,
            warning=warning,
        )

    def holds(self, day: date) -> bool:
        """Whether it is offered on a day."""
        return self.starts <= day <= self.until

    def on(self, day: date) -> "Entry":
        """The entry with its answer of a day."""
        begun = [later.answer for later in self.later if later.starts <= day]
        return replace(self, answer=begun[-1]) if begun else self

    def title(self, language: Language) -> str:
        """The first phrasing, in this language where there is one."""
        return (self.questions.get(language) or self.questions[DEFAULT])[0]

    @property
    def phrasings(self) -> tuple[tuple[str, Language], ...]:
        """Every phrasing with its language."""
        return tuple(
            (question, language)
            for language, questions in self.questions.items()
            for question in questions
        )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All entries, by id, in the order of the files."""

    entries: Mapping[str, Entry]

    def themes(self) -> dict[Text, list[Entry]]:
        """The entries of each theme, in order."""
        themes: dict[Text, list[Entry]] = {}
        for entry in self.entries.values():
            themes.setdefault(entry.theme, []).append(entry)
        return themes

    def on(self, day: date) -> "Knowledge":
        """The entries that are offered on a day, each with its answer of that day."""
        # Asked at every message, and few entries change.
        entries = {e.id: e.on(day) if e.later else e for e in self.entries.values() if e.holds(day)}
        return Knowledge(entries)


def normalized(text: str) -> str:
    """A question without case, punctuation and double spaces: when two are the same."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("₂", "2")))
