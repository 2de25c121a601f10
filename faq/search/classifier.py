"""One yes-or-no model for each class, over sparse features and a sentence vector, learned together."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from faq.search.features import Features

ROUNDS = 5
"""Times that every example is seen; more changed nothing that could be measured (docs/search.md)."""
BATCH = 64
PACE = 0.25
"""How far a step goes at first; AdaGrad shortens it for weights that were moved often."""
STRENGTH = 100.0
"""How freely weights may grow, the C of others."""
SELDOM = -3.0
"""Where a class starts: what is asked is seldom this."""
SEED = 2026


def chances(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, each by itself."""
    return np.asarray(1 / (1 + np.exp(-scores)))


def matrix(features: Features, texts: Sequence[str]) -> Any:
    """A sparse matrix with one row for each text (scipy's, which has no types)."""
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

    rows = [features.row(text) for text in texts]
    starts = np.cumsum([0] + [len(at) for at, _ in rows])
    columns = np.concatenate([at for at, _ in rows])
    weights = np.concatenate([weight for _, weight in rows]).astype(np.float32)
    return sparse.csr_matrix((weights, columns, starts), (len(rows), features.width))


class _Layer:
    """Weights of one family of features, and how far each was moved."""

    def __init__(self, width: int, classes: int) -> None:
        self.weights = np.zeros((width, classes), np.float32)
        self._walked = np.full((width, classes), 1e-6, np.float32)

    def step(self, at: Any, before: np.ndarray, slope: np.ndarray, pull: np.float32) -> None:
        slope = slope + pull * before
        walked = self._walked[at] + slope * slope
        self._walked[at] = walked
        self.weights[at] = before - np.float32(PACE) * slope / np.sqrt(walked)


def train(
    rows: Any, vectors: np.ndarray, labels: np.ndarray, classes: int, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fit by AdaGrad in small batches, with a fixed seed: the same input gives the same output.

    Args:
        rows: one row of sparse features for each example.
        vectors: one sentence vector for each example; of no width without an encoder.
        labels: the class of each example, from 0.
        classes: how many classes there are.
        counts: how much each example counts.

    Returns:
        Weights of the features and of the vectors (each x classes), and the class offsets.
    """
    examples, width = rows.shape
    sparse_layer, dense_layer = _Layer(width, classes), _Layer(vectors.shape[1], classes)
    offsets = np.full(classes, SELDOM, np.float32)
    counts = counts.astype(np.float32)[:, None]
    pull = np.float32(1 / (STRENGTH * counts.sum()))
    chance = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        order = chance.permutation(examples)
        for start in range(0, examples, BATCH):
            batch = order[start : start + BATCH]
            # Only the features that this batch has are touched.
            some, columns = _narrow(rows[batch])
            dense = vectors[batch]
            before, sense = sparse_layer.weights[columns], dense_layer.weights
            off = chances(some @ before + dense @ sense + offsets)
            off[np.arange(len(batch)), labels[batch]] -= 1
            off *= counts[batch] / counts[batch].sum()
            sparse_layer.step(columns, before, some.T.tocsr() @ off, pull)
            dense_layer.step(slice(None), sense, dense.T @ off, pull)
            offsets -= np.float32(PACE) * off.sum(axis=0)
    return sparse_layer.weights, dense_layer.weights, offsets


def _narrow(rows: Any) -> tuple[Any, np.ndarray]:
    """The rows with only the columns that they use, and which those are."""
    columns, at = np.unique(rows.indices, return_inverse=True)
    shape = (rows.shape[0], len(columns))
    return type(rows)((rows.data, at.astype(np.int32), rows.indptr), shape), columns


MANY = 400
"""From so many classes on a dense weight for each feature and class would take gigabytes."""
EVERYWHERE = 0.05
"""A feature that more of many classes have than this tells little, and would make the search slow."""
STEEP = 10.0
"""How far a score rises from no likeness to the same text."""


def centroids(
    rows: Any, vectors: np.ndarray, labels: np.ndarray, classes: int, counts: np.ndarray
) -> tuple[Any, np.ndarray, np.ndarray]:
    """As `train`, for many classes: each is the mean of its texts; sparse, coarser, and built at once."""
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

    examples = len(labels)
    belongs = sparse.csr_matrix(
        (counts.astype(np.float32), (labels, np.arange(examples))), (classes, examples)
    )
    mean = (belongs @ rows).tocsr()
    length = np.sqrt(np.asarray(mean.multiply(mean).sum(axis=1))).ravel() * np.sqrt(2) + 1e-9
    weights = (sparse.diags(STEEP / length) @ mean).tocsc()
    had = np.diff(weights.indptr)
    weights = weights @ sparse.diags((had <= max(50, EVERYWHERE * classes)).astype(np.float32))
    weights = weights.T.tocsr().astype(np.float32)
    weights.eliminate_zeros()
    sense = np.asarray(belongs @ vectors).T
    sense = sense / (np.sqrt((sense**2).sum(axis=0)) + 1e-9) * (STEEP / 2) if sense.size else sense
    return weights, sense.astype(np.float32), np.full(classes, -STEEP / 2, np.float32)
