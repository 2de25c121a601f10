"""Word stems (Snowball's Dutch algorithm), from any number of threads."""

from collections import deque
from collections.abc import Callable, Sequence

import Stemmer

CACHE = 50_000
"""Words whose stem each stemmer remembers."""

Stem = Callable[[Sequence[str]], list[str]]
"""Words → their stems; not to be called by two threads at a time."""


def dutch() -> Stem:
    """A new Snowball stemmer for Dutch (snowballstem.org/algorithms/dutch/stemmer.html)."""
    stem: Stem = Stemmer.Stemmer("dutch", CACHE).stemWords
    return stem


class StemmerPool:
    """Gives each call a stemmer that no other call has; there are as many as calls at one time.

    PyStemmer's stemmers must not be called concurrently. `pop` and `append` of a deque are atomic,
    so the pool needs no lock.
    """

    def __init__(self, make: Callable[[], Stem]) -> None:
        """`make` gives a new stemmer, where all are in use."""
        self._make = make
        self._idle: deque[Stem] = deque()

    def stem(self, words: Sequence[str]) -> list[str]:
        """The stem of each word."""
        try:
            stem = self._idle.pop()
        except IndexError:
            stem = self._make()
        try:
            return stem(words)
        finally:
            self._idle.append(stem)
