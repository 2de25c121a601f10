"""From scores to probabilities: how likely it is that the best match is right."""

from dataclasses import dataclass

import numpy as np

from faq.search.classifier import sigmoid

SIZE = 15
"""Numbers that `ConfidenceFeatures.to_array` gives."""
MAX_MARGIN = 20.0
"""A lead beyond this says no more, in log-odds; where there is one class only it would be infinite."""
NO_OUT_OF_SCOPE = -5.0
"""The out-of-scope score where the content has no examples of what nobody can answer, in log-odds."""


@dataclass(frozen=True, slots=True)
class ConfidenceFeatures:
    """What tells whether the best class of a message is right. Scores are log-odds."""

    best: float
    """Score of the best class."""
    out_of_scope: float
    """Score of the class for what nobody can answer."""
    margin: float
    """How far the best is ahead of the log-sum-exp of all others."""
    word_count: int
    is_command: bool
    """The best class is a command."""

    def to_array(self) -> np.ndarray:
        """What the regression sees, (15,) float64.

        The three scores, ln(words + 1) and the scores times that: 7. Then, for a command, a 1 and
        the same 7 again, else 8 zeros: so that commands have weights of their own.
        """
        scores = np.array([self.best, self.out_of_scope, self.margin])
        length = np.log(self.word_count + 1.0)
        seven = np.concatenate([scores, [length], scores * length])
        of_command = np.concatenate([[1.0], seven]) if self.is_command else np.zeros(8)
        return np.concatenate([seven, of_command])


def confidence_features(
    scores: np.ndarray, *, best: int, out_of_scope: int, word_count: int, is_command: bool
) -> ConfidenceFeatures:
    """Read the features off the scores of a message.

    Args:
        scores: (classes,), log-odds.
        best: the index of the best class.
        out_of_scope: the index of the class for what nobody can answer; -1 where there is none.
        word_count: words of the message, as its writer separates them.
        is_command: whether the best class is a command.
    """
    margin = scores[best] - np.logaddexp.reduce(np.delete(scores, best))
    return ConfidenceFeatures(
        best=float(scores[best]),
        out_of_scope=float(scores[out_of_scope]) if out_of_scope >= 0 else NO_OUT_OF_SCOPE,
        margin=float(np.clip(margin, -MAX_MARGIN, MAX_MARGIN)),
        word_count=word_count,
        is_command=is_command,
    )


@dataclass(frozen=True, slots=True)
class PlattScale:
    """A logistic regression over the confidence features; fitted by `bench/calibrate.py`, never by hand.

    Platt, Probabilistic Outputs for Support Vector Machines (1999), with more features than the score.
    """

    weights: tuple[float, ...]
    """SIZE numbers."""
    bias: float

    def probability(self, features: ConfidenceFeatures) -> float:
        """From 0 to 1."""
        return float(sigmoid(features.to_array() @ np.array(self.weights) + self.bias))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The two probabilities that decide what is done with a message."""

    right: PlattScale
    """That the best class is right."""
    offer: PlattScale
    """That one of the best three is right."""
