"""Softmax regression over sparse features: which class a message belongs to, with a probability."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from faq.features import Features

ROUNDS = 5
"""Times that every example is seen; more changed nothing that could be measured (docs/search.md)."""
BATCH = 256
PACE = 1.0
"""How far a step goes at first; AdaGrad shortens it for features that were seen often."""
STRENGTH = 12.0
"""How freely weights may grow, the C of others."""
SEED = 2026


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of rows of scores."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def matrix(features: Features, texts: Sequence[str]) -> Any:
    """A sparse matrix with one row for each text (scipy's, which has no types)."""
    rows = [features.row(text) for text in texts]
    starts = np.cumsum([0] + [len(at) for at, _ in rows])
    columns = np.concatenate([at for at, _ in rows])
    weights = np.concatenate([weight for _, weight in rows]).astype(np.float32)
    return sparse.csr_matrix((weights, columns, starts), (len(rows), features.width))


def train(
    rows: Any, labels: np.ndarray, classes: int, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Fit by AdaGrad in small batches, in one thread: the same input gives the same output.

    Args:
        rows: one row of features for each example.
        labels: the class of each example, from 0.
        classes: how many classes there are.
        counts: how much each example counts.

    Returns:
        Weights (features x classes) and the class offsets.
    """
    examples, width = rows.shape
    weights = np.zeros((width, classes), np.float32)
    offsets = np.zeros(classes, np.float32)
    walked = np.full((width, 1), 1e-6, np.float32)
    counts = counts.astype(np.float32)[:, None]
    pull = np.float32(1 / (STRENGTH * counts.sum()))
    chance = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        order = chance.permutation(examples)
        for start in range(0, examples, BATCH):
            batch = order[start : start + BATCH]
            some = rows[batch]
            # Only the features that this batch has are touched.
            columns, at = np.unique(some.indices, return_inverse=True)
            some = sparse.csr_matrix(
                (some.data, at.astype(np.int32), some.indptr), (len(batch), len(columns))
            )
            before = weights[columns]
            off = softmax(some @ before + offsets)
            off[np.arange(len(batch)), labels[batch]] -= 1
            off *= counts[batch] / counts[batch].sum()
            slope = some.T.tocsr() @ off + pull * before
            walked[columns] += (slope * slope).sum(axis=1, keepdims=True)
            weights[columns] = before - PACE * slope / np.sqrt(walked[columns])
            offsets -= PACE * off.sum(axis=0)
    return weights, offsets
