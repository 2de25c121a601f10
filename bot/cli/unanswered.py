"""What nobody could answer, in groups of what is alike, and drafts of what an organiser adds to the content."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.content.grouping import Meanings, alike, exact
from dialogs.context import Context
from faq.entries import Entry
from faq.entry_fields import PHRASINGS_MAX
from faq.language import DEFAULT, Language
from faq.masking import masked

MOST = 2_000
"""Different questions that are grouped, the most asked; a bot that knows so little needs no list."""
ALSO = 4
"""Other wordings of a group that are shown."""
KEYWORDS = 3
"""Words up to which a question is a few keywords and no sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how often it was asked, and the last day; members' text, made harmless, without how to reach them."""

    question: str
    times: int
    last_day: str
    kept: str
    """The question as it is kept."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike, the most asked first."""

    asked: tuple[Asked, ...]
    nearest: Entry | None
    """The entry that comes nearest to what is asked; None where none does."""
    languages: tuple[Language, ...]
    """Of each question."""

    @property
    def times(self) -> int:
        """How often all of them were asked."""
        return sum(asked.times for asked in self.asked)

    @property
    def last_day(self) -> str:
        """The last day on which one of them was asked."""
        return max(asked.last_day for asked in self.asked)


def harmless(text: str) -> str:
    """On one line, and what a terminal might obey or hide written as its code."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def groups(
    rows: Iterable[tuple[str, int, str]], context: Context, meanings: Meanings
) -> list[Group]:
    """The questions, as the store gives them, in groups; the most asked first."""
    asked = [
        Asked(masked(harmless(question)), times, day, question) for question, times, day in rows
    ][:MOST]
    together = [
        _group([asked[row] for row in members], context) for members in _members(asked, meanings)
    ]
    return sorted(together, key=lambda group: (-group.times, group.asked[0].question))


def _members(asked: Sequence[Asked], meanings: Meanings) -> list[list[int]]:
    texts = [each.question for each in asked]
    vectors = meanings(texts) if texts else None
    return exact(texts) if vectors is None else alike(vectors)


def _group(asked: Sequence[Asked], context: Context) -> Group:
    if context.search is None:
        return Group(tuple(asked), None, (DEFAULT,) * len(asked))
    results = [context.search.search(each.question) for each in asked]
    entries = context.knowledge.entries
    ids = [match.id for match in results[0].matches if match.id in entries]
    nearest = entries[ids[0]] if ids else None
    return Group(tuple(asked), nearest, tuple(result.language for result in results))


def shown(number: int, group: Group) -> Iterator[str]:
    """The lines that show a group; the first is of its most asked question."""
    first, *others = group.asked
    yield f"{group.times:4} x  {group.last_day}  {first.question}"
    if others:
        rest = f" (en nog {len(others) - ALSO})" if len(others) > ALSO else ""
        yield f"        ook: {' · '.join(each.question for each in others[:ALSO])}{rest}"
    if group.nearest is not None:
        yield f"        dichtstbij: {group.nearest.id} ({group.nearest.title(DEFAULT)})"
    yield f"        concept: --draft {number}"


def entry_draft(group: Group) -> str:
    """A new `[[entry]]` that asks for its answer; `check` names what is still to be filled in."""
    file = f" (bijvoorbeeld {group.nearest.file})" if group.nearest else ""
    lines = [
        f"# Plak dit onder aan een bestand in faq/{file} en vul het aan;",
        "# 'python app.py check' zegt wat er nog ontbreekt.",
        "[[entry]]",
        f"id = {_toml(_slug(group.asked[0].question))}",
        "handbook = []",
    ]
    for language in sorted({DEFAULT, *group.languages}, reverse=True):
        pairs = zip(group.asked, group.languages, strict=True)
        own = [each.question for each, spoken in pairs if spoken == language][:PHRASINGS_MAX]
        lines += [f"question.{language} = [", *(f"    {_toml(text)}," for text in own), "]"]
    return "\n".join([*lines, 'answer.nl = """"""', 'answer.en = """"""', "sources = []"])


def example_lines(group: Group, expected: str) -> str:
    """A line of `questions/*.tsv` for each question; they lead to `expected`."""
    return "\n".join(
        "\t".join([each.question, expected, language, _style(each.question)])
        for each, language in zip(group.asked, group.languages, strict=True)
    )


def _style(question: str) -> str:
    return "keyword" if len(question.split()) <= KEYWORDS else "plain"


def _toml(text: str) -> str:
    """A TOML string; what JSON escapes, TOML does the same."""
    return json.dumps(text, ensure_ascii=False)


def _slug(question: str) -> str:
    """An id of the first words: letters, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", question.casefold())[:6]) or "nieuw-antwoord"
