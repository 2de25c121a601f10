"""Typing errors: a word that no text has, near one that some have, is read as that one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 5
"""Shorter words are too near each other to be corrected."""
TWO_ERRORS_FROM = 8
"""From this length two errors are corrected, below it one."""
MIN_DF = 2
"""Texts that must have a word before it is taken as spelt well."""


class SpellingCorrector:
    """Replaces misspelt words by the nearest known word with the same first letter.

    Near is by OSA distance (optimal string alignment: insertions, deletions, substitutions and swaps
    of neighbours; Damerau 1964, restricted so that no part is edited twice).
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """`vocabulary` holds the words that are spelt well."""
        self.vocabulary = sorted(vocabulary)
        self._known = frozenset(self.vocabulary)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            if len(word) >= MIN_LENGTH:
                self._by_letter[word[0]].append(word)

    @classmethod
    def fit(cls, texts: Iterable[Sequence[str]]) -> "SpellingCorrector":
        """Learn from texts in good spelling, each a list of words."""
        document_frequency: Counter[str] = Counter()
        for text in texts:
            document_frequency.update(set(text))
        return cls(word for word, count in document_frequency.items() if count >= MIN_DF)

    def is_known(self, word: str) -> bool:
        """Whether the word is in the vocabulary."""
        return word in self._known

    def correct(self, words: Sequence[str]) -> list[str]:
        """The words, the misspelt ones replaced; what is near nothing stays as it is."""
        return [word if self.is_known(word) else self._nearest(word) for word in words]

    def _nearest(self, word: str) -> str:
        if len(word) < MIN_LENGTH or not word.isalpha():
            return word
        candidates = self._by_letter.get(word[0], ())
        max_errors = 1 if len(word) < TWO_ERRORS_FROM else 2
        nearest = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=max_errors)
        return str(nearest[0]) if nearest else word


def errors(one: str, other: str) -> int:
    """How many typing errors lie between two texts, by OSA distance."""
    return int(OSA.distance(one, other))
