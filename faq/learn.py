"""Softmax regression over sparse features: which of the classes a message belongs to, with a probability."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import fmin_l_bfgs_b

from faq.features import Features

ROUNDS = 40
"""Steps of the optimiser; more changed nothing that could be measured (docs/search.md)."""


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
    rows: Any,
    labels: np.ndarray,
    classes: int,
    *,
    strength: float,
    weights: np.ndarray,
    dense: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Fit; the same input gives the same output.

    Args:
        rows: one row of features for each example.
        labels: the class of each example, from 0.
        classes: how many classes there are.
        strength: how freely the weights may grow (the C of others; larger is freer).
        weights: how much each example counts.
        dense: more features for each example, such as a sentence vector.

    Returns:
        Weights (features x classes; those of `dense` last) and the class offsets.
    """
    count, width = rows.shape
    extra = 0 if dense is None else dense.shape[1]
    total = width + extra
    wanted = np.zeros((count, classes), np.float32)
    wanted[np.arange(count), labels] = 1
    counts = weights.astype(np.float32)[:, None]
    half = count // 2
    parts = [rows[:half], rows[half:]]
    turned = [part.T.tocsr() for part in parts]

    with ThreadPoolExecutor(2) as pool:

        def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
            matrix = flat[: total * classes].reshape(total, classes).astype(np.float32)
            scores = np.vstack(list(pool.map(lambda part: part @ matrix[:width], parts)))
            scores += flat[total * classes :].astype(np.float32)
            if dense is not None:
                scores += dense @ matrix[width:]
            guessed = softmax(scores)
            right = np.maximum((guessed * wanted).sum(axis=1, keepdims=True), 1e-12)
            off = (guessed - wanted) * counts
            slopes = list(
                pool.map(
                    lambda pair: pair[0] @ pair[1],
                    zip(turned, (off[:half], off[half:]), strict=True),
                )
            )
            slope = [slopes[0] + slopes[1]] + ([dense.T @ off] if dense is not None else [])
            gradient = np.vstack(slope) + matrix / strength
            value = float(
                -(counts * np.log(right)).sum() + 0.5 * (matrix * matrix).sum() / strength
            )
            return value, np.concatenate([gradient.ravel(), off.sum(axis=0)]).astype(np.float64)

        flat, _, _ = fmin_l_bfgs_b(loss, np.zeros(total * classes + classes), maxiter=ROUNDS, m=5)
    found = flat.astype(np.float32)
    return found[: total * classes].reshape(total, classes), found[total * classes :]
