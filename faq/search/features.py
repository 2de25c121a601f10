"""A message as numbers: TF-IDF of the character n-grams and of the stems of its words."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, count, pairwise
from typing import Any

import numpy as np

from faq.search.spelling import SpellingCorrector
from faq.search.stemming import StemmerPool, dutch
from faq.synonyms import Synonyms
from faq.tokens import tokenize

NGRAM_RANGE = (2, 4)
"""Shortest and longest character n-gram; they survive typing errors and match parts of compounds."""
MIN_DF = 2
"""A feature that fewer texts have than this is left out."""

_stemmers = StemmerPool(dutch)

Extract = Callable[[Sequence[str]], Iterable[str]]
"""The words of a text → the names of its features, with repetition."""


def char_ngrams(words: Sequence[str]) -> Iterable[str]:
    """Every n-gram of characters within a word; `<` and `>` mark the word's edges."""
    return chain.from_iterable(_char_ngrams(word, NGRAM_RANGE) for word in words)


@lru_cache(2_000)
def _char_ngrams(word: str, ngram_range: tuple[int, int]) -> tuple[str, ...]:
    marked = f"<{word}>"
    sizes = range(ngram_range[0], ngram_range[1] + 1)
    return tuple(
        marked[start : start + size] for size in sizes for start in range(len(marked) - size + 1)
    )


def stem_ngrams(words: Sequence[str]) -> Iterable[str]:
    """Stems, and pairs of neighbouring stems: `niveau 5` is another thing than `niveau` and `5`."""
    stems = _stemmers.stem(words)
    yield from stems
    for left, right in pairwise(stems):
        yield f"{left} {right}"


def _counted(extract: Extract, texts: Sequence[Sequence[str]]) -> tuple[list[str], Any]:
    """The names of all features, and how often each text has each: scipy's CSR matrix, float32."""
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

    column: defaultdict[str, int] = defaultdict(count().__next__)
    columns, starts = array("i"), [0]
    for words in texts:
        columns.extend(map(column.__getitem__, extract(words)))
        starts.append(len(columns))
    shape = (len(texts), len(column))
    tf = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape)
    tf.sum_duplicates()
    return list(column), tf


class TfidfBlock:
    """One family of features, weighted by TF-IDF with sublinear tf and smoothed idf.

    A feature that occurs `tf` times in a text, and in `df` of the `n` texts of the fit, weighs
    `(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1)`; then the text's row is scaled to length 1.
    Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), 6.2 and
    6.4.1; the smoothing is scikit-learn's (`TfidfVectorizer(sublinear_tf=True)`).
    """

    def __init__(self, extract: Extract, vocabulary: Sequence[str], idf: np.ndarray) -> None:
        """A block that was fitted before.

        Args:
            extract: names the features of a text.
            vocabulary: the name of each column.
            idf: of each column, (columns,) float32.
        """
        self._extract = extract
        self.vocabulary, self.idf = vocabulary, idf
        self._column = {name: column for column, name in enumerate(vocabulary)}

    @classmethod
    def fit(cls, extract: Extract, texts: Sequence[Sequence[str]]) -> tuple["TfidfBlock", Any]:
        """Take the features that at least MIN_DF of the texts (lists of words) have.

        Returns:
            The block, and the rows that its `transform` gives of these same texts: scipy's CSR
            matrix (texts, columns) float32, made at once because one by one takes five times longer.
        """
        names, tf = _counted(extract, texts)
        df = np.bincount(tf.indices, minlength=len(names))
        chosen = sorted((name, column) for column, name in enumerate(names) if df[column] >= MIN_DF)
        columns = np.array([column for _, column in chosen], np.int64)
        idf = (np.log((1 + len(texts)) / (1 + df[columns])) + 1).astype(np.float32)
        rows = tf[:, columns].tocsr()
        rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        rows.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(rows.indptr))
        return cls(extract, [name for name, _ in chosen], idf), rows.astype(np.float32)

    def transform(self, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The sparse row of one text.

        Returns:
            The columns of its features, (k,) int32, in no order and each once; and their weights,
            (k,) float32, of Euclidean length 1. Both are empty where no feature is known.
        """
        counts = Counter(map(self._column.get, self._extract(words)))
        counts.pop(None, None)
        columns = np.fromiter(counts.keys(), np.int32, len(counts))
        tf = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(tf)) * self.idf[columns]
        length = float(np.sqrt(weights @ weights))
        return columns, weights / length if length else weights


class Features:
    """Spelling, synonyms and both families of features: what the classifier sees of a message."""

    def __init__(
        self, synonyms: Synonyms, spelling: SpellingCorrector, blocks: Sequence[TfidfBlock]
    ) -> None:
        """What was fitted before; the columns of the blocks stand side by side, in this order."""
        self._synonyms, self.spelling, self.blocks = synonyms, spelling, blocks
        self.width = sum(len(block.vocabulary) for block in blocks)

    @classmethod
    def fit(
        cls, texts: Sequence[str], well_spelt: Iterable[str], synonyms: Synonyms
    ) -> tuple["Features", Any]:
        """Learn the features from `texts`, and the spelling from those that are `well_spelt`.

        Returns:
            The features, and the rows of the texts: scipy's CSR matrix (texts, `width`) float32.
        """
        from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

        spelling = SpellingCorrector.fit(tokenize(text) for text in well_spelt)
        as_words = cls(synonyms, spelling, []).tokenize
        tokenized = [as_words(text) for text in texts]
        blocks, rows = zip(
            *(TfidfBlock.fit(extract, tokenized) for extract in EXTRACTORS), strict=True
        )
        return cls(synonyms, spelling, blocks), sparse.hstack(rows, "csr", np.float32)

    def tokenize(self, text: str) -> list[str]:
        """The words of a text, spelling corrected and each synonym replaced by the first of its group."""
        return tokenize(self._synonyms.unify(" ".join(self.spelling.correct(tokenize(text)))))

    def has_known_word(self, words: Sequence[str]) -> bool:
        """Whether any word has three letters or more and is in the vocabulary of the spelling."""
        return any(len(word) >= 3 and self.spelling.is_known(word) for word in words)

    def transform(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """As `transform_words`, of a text."""
        return self.transform_words(self.tokenize(text))

    def transform_words(self, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The sparse row of one text over all blocks: columns (k,) int, below `width`, and weights (k,) float32."""
        columns, weights, offset = [], [], 0
        for block in self.blocks:
            block_columns, block_weights = block.transform(words)
            columns.append(block_columns + offset)
            weights.append(block_weights)
            offset += len(block.vocabulary)
        return np.concatenate(columns), np.concatenate(weights)


EXTRACTORS: tuple[Extract, ...] = (char_ngrams, stem_ngrams)
"""The families of features; a saved model has its blocks in this order."""
