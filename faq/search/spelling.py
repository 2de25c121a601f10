"""Typing errors: a word that nobody here uses, near one that we know, is read as that one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Shorter words are too near each other."""
LONG = 8
"""From this length two errors are forgiven, below it one."""
SEEN = 2
"""Texts that must have a word before it is taken as spelt well."""


class SpellingCorrector:
    """Knows how words are spelt here; mends only what starts with the right letter."""

    def __init__(self, known: Iterable[str]) -> None:
        """Use `learn` to make one."""
        self.known = sorted(known)
        self._known = frozenset(self.known)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in self.known:
            if len(word) >= SHORTEST:
                self._near[word[0]].append(word)

    @classmethod
    def learn(cls, texts: Iterable[Sequence[str]]) -> "SpellingCorrector":
        """From texts in good spelling, as lists of words."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(text))
        return cls(word for word, times in seen.items() if times >= SEEN)

    def knows(self, word: str) -> bool:
        """Whether the word is spelt as it is here."""
        return word in self._known

    def mend(self, words: Sequence[str]) -> list[str]:
        """The words, the misspelt ones replaced."""
        return [word if self.knows(word) else self._nearest(word) for word in words]

    def _nearest(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        errors = 1 if len(word) < LONG else 2
        found = process.extractOne(
            word, self._near.get(word[0], ()), scorer=OSA.distance, score_cutoff=errors
        )
        return str(found[0]) if found else word
