"""Words that mean the same here: what `synonyms.toml` must look like, and how a text is widened."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from faq.errors import Problem
from faq.reader import toml
from faq.tokens import tokenize

FILE = "synonyms.toml"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words; the first of each stands for all."""

    groups: tuple[tuple[str, ...], ...]
    _head: Mapping[str, str] = field(init=False, compare=False)
    _pattern: re.Pattern[str] | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare one pattern for all words, the longest first."""
        head = {word: group[0] for group in self.groups for word in group[1:]}
        words = sorted(head, key=len, reverse=True)
        pattern = (
            re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, words))})(?!\S)") if words else None
        )
        object.__setattr__(self, "_head", head)
        object.__setattr__(self, "_pattern", pattern)

    def unify(self, text: str) -> str:
        """The text, in plain lower-case words, with every word replaced by the first of its group."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._head[match[0]], text)


def parse(raw: bytes) -> tuple[Synonyms, list[Problem]]:
    """Read `synonyms.toml`: `groups = [["rijkswaterstaat", "rws"], …]`; clashes are problems."""
    problems: list[Problem] = []
    table = toml(FILE, raw, problems)
    for key in sorted(set(table) - {"groups"}):
        what, mend = "dit veld kennen we niet.", "gebruik alleen groups."
        problems.append(Problem(file=FILE, field=key, what=what, mend=mend))
    groups = tuple(_groups(table.get("groups", []), problems))
    problems += _clashes(groups)
    return Synonyms(groups), problems


def _groups(value: object, problems: list[Problem]) -> Iterator[tuple[str, ...]]:
    """The groups that are lists of words."""
    if not isinstance(value, list):
        what, mend = "dit is geen lijst.", 'schrijf: groups = [["rws", "rijkswaterstaat"]]'
        problems.append(Problem(file=FILE, field="groups", what=what, mend=mend))
        return
    for number, group in enumerate(value, start=1):
        if (
            isinstance(group, list)
            and len(group) > 1
            and all(isinstance(word, str) and tokenize(word) for word in group)
        ):
            yield tuple(" ".join(tokenize(word)) for word in group)
        else:
            what = f"groep {number} is geen lijst van twee of meer woorden."
            mend = 'schrijf: ["rijkswaterstaat", "rws"]'
            problems.append(Problem(file=FILE, field="groups", what=what, mend=mend))


def _clashes(groups: Sequence[tuple[str, ...]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, group in enumerate(groups, start=1):
        for word in group:
            other = seen.setdefault(word, number)
            if other != number or group.count(word) > 1:
                yield Problem(
                    file=FILE,
                    field="groups",
                    what=f"{word!r} staat in groep {other} en in groep {number}."
                    if other != number
                    else f"{word!r} staat twee keer in groep {number}.",
                    mend="laat elk woord op één plek staan.",
                )
