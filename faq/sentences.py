"""The sentences of an answer, and which of them fit a question about it."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

FITTING_MAX = 3
"""Sentences that are told at most: who wants all of it opens the answer."""
SAME_LETTERS = 4
"""Words that begin with so many same letters, and have a short ending left, are one word here: kost, kosten."""
LONG_WORD = 8
"""From this length an ending may have three letters, below it two."""
TELLS_WORTH = 2
"""How many words in common are worth as much as the form that the question asks for: a number, a date."""
SHARED, SHARED_MAX, TOLD = 0.06, 2, 0.02
"""What each of so many words in common, and the form that is asked for, add to a cosine."""
FITS_AT, SURE_AT = 0.86, 0.88
"""Cosines with what the words add, from which a sentence may answer a question, and from which it does so whatever
else may be asked (bench/excerpts.py, docs/search.md)."""
NEARLY = 0.015
"""Sentences so little behind the best are told with it."""
PARAGRAPH_MAX = 3
"""A paragraph of more sentences is not told whole."""

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

    @property
    def bare(self) -> str:
        """Its words without marks."""
        return re.sub(r"[*]|^\s*-\s", "", self.text)

    @property
    def plain(self) -> str:
        """Its words without marks, behind those of the line above it."""
        return f"{self.heading.replace('*', '')} {self.bare}".strip()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is told of an answer."""

    sentences: tuple[Sentence, ...] = ()
    sure: bool = False
    """Whether it answers the question, whatever else may be asked."""


NO_EXCERPT = Excerpt()


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
    markdown: str,
    words: Collection[str],
    tells: re.Pattern[str] | None,
    near: Callable[[Sequence[str]], Sequence[float] | None] | None = None,
) -> Excerpt:
    """The sentences that fit a question best, in the order of the text.

    A sentence is told with those of its paragraph that stand beside it: torn out, it may say something else.

    Args:
        markdown: the answer.
        words: the content words in the question, in lower case.
        tells: what a sentence has that answers this kind of question; None for any.
        near: the cosine of texts with the meaning of the question, where something knows it; else the words decide.
    """
    every = list(split(markdown))
    cosines = near([one.plain for one in every]) if near else None
    if cosines is None:
        told = [0.0 if _SENDS_ON.match(one.text) else _by_words(one, words, tells) for one in every]
        best = max(told, default=0)
        fit = [one for one, score in zip(every, told, strict=True) if score == best > 0]
        return Excerpt(_with_neighbours(every, fit[:FITTING_MAX]), sure=False)
    beside = [_by_words_beside(one, words, tells) for one in every]
    return _nearest(every, [sum(pair) for pair in zip(cosines, beside, strict=True)])


def _nearest(every: Sequence[Sentence], scores: Sequence[float]) -> Excerpt:
    best = max(scores, default=0.0)
    least = max(FITS_AT, best - NEARLY)
    order = sorted(range(len(every)), key=lambda i: -scores[i])[:FITTING_MAX]
    fit = [every[i] for i in order if scores[i] >= least]
    return Excerpt(_with_neighbours(every, fit), sure=best >= SURE_AT)


def _with_neighbours(every: Sequence[Sentence], fit: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, in order, each with what stands beside it in its paragraph; an item of a list stands by itself."""
    at = [i for i, one in enumerate(every) if one in fit]
    shown = set(at)
    for i in at:
        block = [j for j, one in enumerate(every) if one.block == every[i].block]
        if not _LISTED.match(every[i].text):
            whole = len(block) <= PARAGRAPH_MAX
            shown |= {j for j in block if whole or abs(j - i) <= 1}
    return tuple(every[i] for i in sorted(shown))


def _by_words(sentence: Sentence, words: Collection[str], tells: re.Pattern[str] | None) -> float:
    have = _WORD.findall(sentence.text.casefold())
    told = TELLS_WORTH if tells and tells.search(sentence.text.casefold()) else 0
    return told + sum(has_word(have, word) for word in words)


def _by_words_beside(
    sentence: Sentence, words: Collection[str], tells: re.Pattern[str] | None
) -> float:
    """What the words of a sentence, and of the line above it, add to its cosine."""
    have = _WORD.findall(sentence.plain.casefold())
    shared = min(sum(has_word(have, word) for word in words), SHARED_MAX)
    told = bool(tells and tells.search(sentence.text.casefold()))
    return SHARED * shared + TOLD * told


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
