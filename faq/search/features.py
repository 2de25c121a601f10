"""A message as numbers: the pieces of its words, and its word stems, weighed by how rare they are."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from faq.search.spelling import SpellingCorrector
from faq.search.stemming import StemmerPool, dutch
from faq.synonyms import Synonyms
from faq.tokens import words

GRAMS = (2, 4)
"""Shortest and longest piece of a word; pieces survive typing errors and find parts of compounds."""
COMMON = 2
"""A feature that fewer texts have than this tells nothing."""

_stemmers = StemmerPool(dutch)

Extract = Callable[[Sequence[str]], Iterable[str]]


def pieces(found: Sequence[str]) -> Iterable[str]:
    """Every short run of characters within a word, its edges marked."""
    return chain.from_iterable(map(_pieces, found))


@lru_cache(2_000)
def _pieces(word: str) -> tuple[str, ...]:
    marked = f"<{word}>"
    sizes = range(GRAMS[0], GRAMS[1] + 1)
    return tuple(marked[at : at + size] for size in sizes for at in range(len(marked) - size + 1))


def stems(found: Sequence[str]) -> Iterable[str]:
    """Word stems, and pairs of neighbours: `niveau 5` is another thing than `niveau` and `5`."""
    each = _stemmers.stem(found)
    yield from each
    for left, right in pairwise(each):
        yield f"{left} {right}"


class TfidfBlock:
    """One family of features, learned from texts: which there are, and how rare each is."""

    def __init__(self, extract: Extract, vocabulary: Sequence[str], rarity: np.ndarray) -> None:
        """Use `learn` to make one."""
        self._extract = extract
        self.vocabulary, self.rarity = vocabulary, rarity
        self._column = {name: at for at, name in enumerate(vocabulary)}

    @classmethod
    def learn(cls, extract: Extract, texts: Sequence[Sequence[str]]) -> "TfidfBlock":
        """The features that are common enough in these texts (lists of words)."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(extract(text)))
        kept = sorted(name for name, times in seen.items() if times >= COMMON)
        rarity = [math.log((1 + len(texts)) / (1 + seen[name])) + 1 for name in kept]
        return cls(extract, kept, np.array(rarity, np.float32))

    def columns(self, text: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Which features a text has, and how much each weighs; the weights have unit length."""
        counted = Counter(map(self._column.get, self._extract(text)))
        counted.pop(None, None)
        found = np.fromiter(counted.keys(), np.int32, len(counted))
        times = np.fromiter(counted.values(), np.float32, len(counted))
        weights = (1 + np.log(times)) * self.rarity[found]
        length = float(np.sqrt(weights @ weights))
        return found, weights / length if length else weights


class Features:
    """Both families side by side: what the classifier sees of a message."""

    def __init__(
        self, synonyms: Synonyms, mender: SpellingCorrector, blocks: Sequence[TfidfBlock]
    ) -> None:
        """Use `learn` to make one."""
        self._synonyms, self.mender, self.blocks = synonyms, mender, blocks
        self.width = sum(len(block.vocabulary) for block in blocks)

    @classmethod
    def learn(cls, texts: Sequence[str], spelt: Iterable[str], synonyms: Synonyms) -> "Features":
        """Learn from texts; from those that are `spelt` well, how words are written."""
        mender = SpellingCorrector.learn(words(text) for text in spelt)
        split = cls(synonyms, mender, []).split
        found = [split(text) for text in texts]
        return cls(
            synonyms, mender, [TfidfBlock.learn(pieces, found), TfidfBlock.learn(stems, found)]
        )

    def split(self, text: str) -> list[str]:
        """The words of a text, errors mended and synonyms made one."""
        return words(self._synonyms.unify(" ".join(self.mender.mend(words(text)))))

    def familiar(self, found: Sequence[str]) -> bool:
        """Whether any of the words of a text has three letters or more and was ever seen."""
        return any(len(word) >= 3 and self.mender.knows(word) for word in found)

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns and weights of one text."""
        return self.row_of(self.split(text))

    def row_of(self, found: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns and weights of the words of one text."""
        columns, weights, offset = [], [], 0
        for block in self.blocks:
            at, weight = block.columns(found)
            columns.append(at + offset)
            weights.append(weight)
            offset += len(block.vocabulary)
        return np.concatenate(columns), np.concatenate(weights)
