"""Sentence vectors made comparable: what all sentences here have in common does not count."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

SHRINKAGE = 0.2
"""How far the spread is drawn to that of a ball, so that no direction counts without end."""


@dataclass(frozen=True, slots=True)
class Whitening:
    """Turns a sentence vector so that it differs as much in all directions between texts of one entry."""

    mean: np.ndarray
    """The mean sentence vector, (d,) float32."""
    matrix: np.ndarray
    """(d, d) float32."""

    @classmethod
    def fit(cls, vectors: np.ndarray, targets: np.ndarray) -> "Whitening":
        """Learn what makes no difference: how texts of one class differ among themselves.

        This is the change of axes of a linear discriminant analysis (Hastie, Tibshirani and Friedman,
        The Elements of Statistical Learning, 4.3.2), with a shrunk covariance.

        Args:
            vectors: (n, d) float32.
            targets: (n,) int: the class of each, from 0.
        """
        width = vectors.shape[1]
        mean = vectors.mean(axis=0)
        counts = np.maximum(np.bincount(targets), 1)
        sums = np.zeros((len(counts), width), np.float32)
        np.add.at(sums, targets, vectors)
        apart = vectors - (sums / counts[:, None])[targets]
        covariance = apart.T @ apart / len(vectors)
        ball = np.eye(width) * (np.trace(covariance) / width + 1e-9)
        shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * ball
        matrix = np.linalg.cholesky(np.linalg.inv(shrunk))
        return cls(mean.astype(np.float32), matrix.astype(np.float32))

    @classmethod
    def none(cls) -> "Whitening":
        """Where there is no encoder: d is 0."""
        return cls(np.zeros(0, np.float32), np.zeros((0, 0), np.float32))

    def apply(self, vectors: np.ndarray) -> np.ndarray:
        """The meaning of one sentence vector (d,) or of several (n, d): float32, of length 1."""
        turned = (vectors - self.mean) @ self.matrix
        lengths = np.linalg.norm(turned, axis=-1, keepdims=True)
        return np.asarray(turned / np.maximum(lengths, 1e-9), np.float32)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The arrays of a file."""
        return {"mean": self.mean, "whitening": self.matrix}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "Whitening":
        """What `to_arrays` gave.

        Raises:
            KeyError: where an array is missing.
        """
        return cls(arrays["mean"], arrays["whitening"])
