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
    block: int = 0
    """The paragraph or list that it stands in, from 1."""


def split(markdown: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; a line that only announces a list is no sentence of its own."""
    heading, block, in_list = "", 0, False
    for line in filter(str.strip, markdown.split("\n")):
        listed = bool(_LISTED.match(line))
        block += not (listed and in_list)
        in_list = listed
        if listed:
            yield Sentence(line.strip(), heading, block)
        elif line.rstrip(" *").endswith(":") or (line.startswith("**") and line.endswith("**")):
            heading = line.strip()
        else:
            heading = ""
            yield from (Sentence(part, "", block) for part in _END.split(line.strip()))


def fitting(
    markdown: str, words: Collection[str], tells: re.Pattern[str] | None
) -> tuple[Sentence, ...]:
    """The sentences that fit a question best, in the order of the text; none where nothing fits.

    A sentence is told with those of its paragraph: torn out of it, it may say something else.

    Args:
        markdown: the answer.
        words: the content words in the question, in lower case.
        tells: what a sentence has that answers this kind of question; None for any.
    """
    every = list(split(markdown))
    told = [one for one in every if not _SENDS_ON.match(one.text)]
    scores = {one: _score(one.text, words, tells) for one in told}
    best = max(scores.values(), default=0)
    fit = [one for one in told if scores[one] == best > 0][:FITTING_MAX]
    # An item of a list stands by itself, the sentences of a paragraph lean on each other.
    blocks = {one.block for one in fit if not _LISTED.match(one.text)}
    return tuple(one for one in every if one in fit or one.block in blocks)


def _score(text: str, words: Collection[str], tells: re.Pattern[str] | None) -> int:
    have = _WORD.findall(text.casefold())
    told = TELLS_WORTH if tells and tells.search(text.casefold()) else 0
    return told + sum(has_word(have, word) for word in words)


def joined(sentences: Sequence[Sentence]) -> str:
    """Sentences as Markdown again, the items of a list under its heading."""
    text, before = "", Sentence("")
    for sentence in sentences:
        listed = bool(_LISTED.match(sentence.text))
        if sentence.heading and sentence.heading != before.heading:
            text += f"\n\n{sentence.heading}\n"
        elif sentence.block != before.block:
            text += "\n\n"
        else:
            text += "\n" if listed else " "
        text += sentence.text
        before = sentence
    return text.strip()


def has_word(words: Collection[str], word: str) -> bool:
    """Whether one of the words is this one, or differs from it in its ending only."""
    return any(same_word(word, other) for other in words)


def same_word(one: str, other: str) -> bool:
    """Whether two words are the same, or differ in their endings only."""
    longest = max(len(one), len(other))
    letters = max(SAME_LETTERS, longest - (3 if longest >= LONG_WORD else 2))
    return one == other or (len(one) >= letters and one[:letters] == other[:letters])
