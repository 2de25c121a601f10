"""From scores to what may be said: how likely the best match is right, and whether to offer at all."""

from dataclasses import dataclass

import numpy as np

from faq.search.classifier import chances


@dataclass(frozen=True, slots=True)
class ConfidenceFeatures:
    """What is known of one message before anything is said: of the best class, against the others."""

    best: float
    """Score of the best class."""
    nobody: float
    """Score of the class for what nobody can answer."""
    share: float
    """How far the best is ahead of all others together, in log-odds."""
    words: int
    command: bool
    """The best is a command."""

    def numbers(self) -> np.ndarray:
        """As the regression sees them: long messages and commands weigh each sign differently."""
        signs = np.array([self.best, self.nobody, self.share])
        length = np.log(self.words + 1.0)
        some = np.concatenate([signs, [length], signs * length])
        return np.concatenate([some, [1.0], some]) if self.command else np.pad(some, (0, 8))


NUMBERS = 15
"""How many `Signs.numbers` gives."""


def signs(
    scores: np.ndarray, best: int, nobody: int, words: int, *, command: bool
) -> ConfidenceFeatures:
    """Read the signs off the scores of a message; `nobody` is -1 where there is no such class."""
    others = np.delete(scores, best)
    return ConfidenceFeatures(
        best=float(scores[best]),
        nobody=float(scores[nobody]) if nobody >= 0 else UNASKED,
        share=float(np.clip(scores[best] - np.logaddexp.reduce(others), -FAR, FAR)),
        words=words,
        command=command,
    )


FAR = 20.0
"""Farther ahead says no more; where there is one class only, it would be infinitely far."""
UNASKED = -5.0
"""The score of nobody where the content has no examples of what nobody can answer."""


@dataclass(frozen=True, slots=True)
class PlattScale:
    """A logistic regression over the signs: found by `bench/calibrate.py`, never by hand."""

    weights: tuple[float, ...]
    offset: float

    def chance(self, seen: ConfidenceFeatures) -> float:
        """The probability."""
        return float(chances(seen.numbers() @ np.array(self.weights) + self.offset))
