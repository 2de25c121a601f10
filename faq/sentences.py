"""The sentences of an answer, and which of them fit a question about it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

FITTING_MAX = 3
"""Sentences that are told at most: who wants all of it opens the answer."""
SAME_LETTERS = 4
"""Words that begin with so many same letters, and have a short ending left, are one word here: kost, kosten."""
LONG_WORD = 8
"""From this length an ending may have three letters, below it two."""
TELLS_WORTH = 2
"""How many words in common are worth as much as the form that the question asks for: a number, a date."""

_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z*])")
_LISTED = re.compile(r"^\s*(?:[-*]|\d+\.)\s")
_SENDS_ON = re.compile(r"(?:of |or )?(?:vraag|ask)\b", re.IGNORECASE)
"""A sentence that only sends the reader to somebody else answers nothing."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or one item of a list, in Markdown."""

    text: str
    heading: str = ""
    """The line above the list that it is an item of."""


def split(markdown: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; a line that only announces a list is no sentence of its own."""
    heading = ""
    for line in filter(str.strip, markdown.split("\n")):
        if _LISTED.match(line):
            yield Sentence(line.strip(), heading)
        elif line.rstrip(" *").endswith(":") or (line.startswith("**") and line.endswith("**")):
            heading = line.strip()
        else:
            heading = ""
            yield from (Sentence(part) for part in _END.split(line.strip()))


def fitting(
    markdown: str, words: Collection[str], tells: re.Pattern[str] | None
) -> tuple[Sentence, ...]:
    """The sentences that fit a question best, in the order of the text; none where nothing fits.

    Args:
        markdown: the answer.
        words: the words of weight in the question, in lower case.
        tells: what a sentence has that answers this kind of question; None for any.
    """
    told = (one for one in split(markdown) if not _SENDS_ON.match(one.text))
    scored = [(_score(one.text, words, tells), one) for one in told]
    best = max((score for score, _ in scored), default=0)
    return tuple(one for score, one in scored if score == best > 0)[:FITTING_MAX]


def _score(text: str, words: Collection[str], tells: re.Pattern[str] | None) -> int:
    have = _WORD.findall(text.casefold())
    told = TELLS_WORTH if tells and tells.search(text.casefold()) else 0
    return told + sum(has_word(have, word) for word in words)


def joined(sentences: Sequence[Sentence]) -> str:
    """Sentences as Markdown again, the items of a list under its heading."""
    blocks: list[str] = []
    heading = ""
    for sentence in sentences:
        listed = bool(_LISTED.match(sentence.text))
        if sentence.heading != heading and sentence.heading:
            blocks.append(f"\n\n{sentence.heading}")
        blocks.append(("\n" if listed else " ") + sentence.text)
        heading = sentence.heading
    return "".join(blocks).strip()


def has_word(words: Collection[str], word: str) -> bool:
    """Whether one of the words is this one, or differs from it in its ending only."""
    return any(same_word(word, other) for other in words)


def same_word(one: str, other: str) -> bool:
    """Whether two words are the same, or differ in their endings only."""
    longest = max(len(one), len(other))
    letters = max(SAME_LETTERS, longest - (3 if longest >= LONG_WORD else 2))
    return one == other or (len(one) >= letters and one[:letters] == other[:letters])
