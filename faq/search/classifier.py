"""One logistic regression for each class, over sparse features and a sentence vector, trained together."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from faq.search.features import Features
from faq.search.weights import LinearWeights

MIN_EPOCHS, MIN_STEPS = 3, 240
"""Times that every example is seen, at least, and steps that are taken: content of few texts needs more epochs."""
BATCH_SIZE = 256
DROPOUT = 0.3
"""The part of a text's features that is not seen, another part each time.

Members leave words out and use others: no single word may carry an answer. It costs nothing, for
what is not seen need not be learned from. Srivastava et al., Dropout, JMLR 15 (2014).
"""
LEARNING_RATE = 0.25
"""Length of the first steps; AdaGrad shortens them for weights that moved much."""
C = 100.0
"""Inverse strength of the L2 regularisation, as in scikit-learn."""
INITIAL_BIAS = -3.0
"""Log-odds of a class before any example: a message is seldom this one."""
SEED = 2026
MAX_LIFT = 30.0
"""How much more the texts of a class of few may count than those of a class of many."""
PRIOR_SHARE = 0.62
"""How much of a class's rarity is made good in its score, from 0 to 1.

Where 11, 15, 23 or 41 texts are left of entries that have 110, what makes their held-out questions
likeliest is a bonus of 1.4, 1.2, 1.0 or 0.6: this share of the log of how much rarer they are.
"""


def sigmoid(scores: np.ndarray) -> np.ndarray:
    """Log-odds as probabilities, each by itself; any shape."""
    return np.asarray(1 / (1 + np.exp(-scores)))


def sparse_matrix(features: Features, texts: Sequence[str]) -> Any:
    """The texts as scipy's CSR matrix (texts, `features.width`) float32; scipy has no types."""
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

    rows = [features.transform(text) for text in texts]
    starts = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    weights = np.concatenate([weights for _, weights in rows]).astype(np.float32)
    return sparse.csr_matrix((weights, columns, starts), (len(rows), features.width))


def balanced(targets: np.ndarray, sample_weights: np.ndarray, classes: int) -> np.ndarray:
    """The weights of examples, (n,), so that a class of few texts counts as the middle one does."""
    mass = np.bincount(targets, weights=sample_weights, minlength=classes)
    lift = np.clip(np.median(mass) / np.maximum(mass, 1e-9), 1.0, MAX_LIFT)
    return np.asarray(sample_weights * lift[targets])


def rarity_bonus(targets: np.ndarray, classes: int) -> np.ndarray:
    """What is added to the scores, (classes,) float32, of classes that have fewer texts than the middle one.

    A regression scores a class lower the fewer texts it saw, and a new answer is asked for as often
    as an old one. Menon et al., Long-tail learning via logit adjustment (2021), for the rare only.
    """
    counts = np.maximum(np.bincount(targets, minlength=classes), 1)
    rarity = np.maximum(np.log(np.median(counts) / counts), 0)
    return np.asarray(PRIOR_SHARE * rarity, np.float32)


class _AdaGrad:
    """Weights (inputs, classes) float32 and their AdaGrad state.

    Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization, JMLR 12 (2011): each weight moves by LEARNING_RATE · g / √(sum of all g² so far).
    """

    def __init__(self, inputs: int, classes: int) -> None:
        self.weights = np.zeros((inputs, classes), np.float32)
        self._squared_gradients = np.full((inputs, classes), 1e-6, np.float32)

    def step(self, rows: Any, weights: np.ndarray, gradient: np.ndarray, l2: np.float32) -> None:
        """Move some rows of the weights.

        Args:
            rows: which rows: indices (k,) or a slice.
            weights: those rows as they are now, (k, classes).
            gradient: of the loss without regularisation, (k, classes).
            l2: the factor of the regularisation.
        """
        gradient = gradient + l2 * weights
        squared_gradients = self._squared_gradients[rows] + gradient * gradient
        self._squared_gradients[rows] = squared_gradients
        step = np.float32(LEARNING_RATE) * gradient / np.sqrt(squared_gradients)
        self.weights[rows] = weights - step


def train_logistic(
    rows: Any, vectors: np.ndarray, targets: np.ndarray, classes: int, sample_weights: np.ndarray
) -> LinearWeights:
    """Fit one-vs-rest logistic regressions by AdaGrad; the seed is fixed, so the same input gives the same.

    Classes of few texts are lifted, in what they count and in their score.

    Args:
        rows: (n, features) float32, scipy's CSR: the sparse row of each example.
        vectors: (n, d) float32: the meaning of each (`faq.search.meaning`); d is 0 without an encoder.
        targets: (n,) int: the class of each, from 0.
        classes: how many classes there are.
        sample_weights: (n,): how much each example counts.
    """
    examples, width = rows.shape
    lexical, dense = _AdaGrad(width, classes), _AdaGrad(vectors.shape[1], classes)
    bias = INITIAL_BIAS + np.zeros(classes, np.float32)
    counts = balanced(targets, sample_weights, classes).astype(np.float32)[:, None]
    l2, rng = np.float32(1 / (C * counts.sum())), np.random.default_rng(SEED)
    for batch in _batches(examples, rng):  # touches only the weights of features that it has
        sparse, columns = _used_columns(_dropped(rows[batch], rng))
        embeddings = vectors[batch]
        feature_weights, embedding_weights = lexical.weights[columns], dense.weights
        errors = sigmoid(sparse @ feature_weights + embeddings @ embedding_weights + bias)
        errors[np.arange(len(batch)), targets[batch]] -= 1
        errors *= counts[batch] / counts[batch].sum()
        lexical.step(columns, feature_weights, sparse.T.tocsr() @ errors, l2)
        dense.step(slice(None), embedding_weights, embeddings.T @ errors, l2)
        bias -= np.float32(LEARNING_RATE) * errors.sum(axis=0)
    return LinearWeights(lexical.weights, dense.weights, bias + rarity_bonus(targets, classes))


def _batches(examples: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """The indices of each batch: all examples, in another order in each epoch."""
    epochs = max(MIN_EPOCHS, math.ceil(MIN_STEPS / math.ceil(examples / BATCH_SIZE)))
    for _ in range(epochs):
        order = rng.permutation(examples)
        for start in range(0, examples, BATCH_SIZE):
            yield order[start : start + BATCH_SIZE]


def _dropped(rows: Any, rng: np.random.Generator) -> Any:
    """A CSR matrix without DROPOUT of its numbers; the others are so much larger."""
    kept = rng.random(len(rows.data)) >= DROPOUT
    starts = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
    weights = rows.data[kept] / np.float32(1 - DROPOUT)
    return type(rows)((weights, rows.indices[kept], starts), rows.shape)


def _used_columns(rows: Any) -> tuple[Any, np.ndarray]:
    """A CSR matrix with only the k columns that it uses, (n, k), and which those are, (k,)."""
    columns, narrow = np.unique(rows.indices, return_inverse=True)
    shape = (rows.shape[0], len(columns))
    return type(rows)((rows.data, narrow.astype(np.int32), rows.indptr), shape), columns


MAX_DENSE_CLASSES = 400
"""From so many classes on a dense weight for each feature and class would take gigabytes."""
MAX_DF = 0.05
"""A feature that more of many classes have than this tells little, and would make the search slow."""
CENTROID_SCALE = 10.0
"""How far a score rises, in log-odds, from no likeness to the same text."""


def train_centroids(
    rows: Any, vectors: np.ndarray, targets: np.ndarray, classes: int, sample_weights: np.ndarray
) -> LinearWeights:
    """As `train_logistic`, for many classes: each is the mean of its texts; coarser, and built at once.

    A score is CENTROID_SCALE times the cosine with the mean row of the class (a row has length √2,
    1 for each block), plus half of that times the product with the class's mean vector at length 1,
    less half of it. Of the weights, `features` is scipy's CSR.
    """
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only to learn

    examples = len(targets)
    membership = sparse.csr_matrix(
        (sample_weights.astype(np.float32), (targets, np.arange(examples))), (classes, examples)
    )
    means = (membership @ rows).tocsr()
    lengths = np.sqrt(np.asarray(means.multiply(means).sum(axis=1))).ravel() * np.sqrt(2) + 1e-9
    weights = (sparse.diags(CENTROID_SCALE / lengths) @ means).tocsc()
    df = np.diff(weights.indptr)
    weights = weights @ sparse.diags((df <= max(50, MAX_DF * classes)).astype(np.float32))
    weights = weights.T.tocsr().astype(np.float32)
    weights.eliminate_zeros()
    bias = np.full(classes, -CENTROID_SCALE / 2, np.float32)
    return LinearWeights(weights, _mean_vectors(membership, vectors), bias)


def _mean_vectors(membership: Any, vectors: np.ndarray) -> np.ndarray:
    """The mean vector of each class at length CENTROID_SCALE / 2, as columns: (d, classes) float32."""
    means = np.asarray(membership @ vectors).T
    if means.size:
        means = means / (np.sqrt((means**2).sum(axis=0)) + 1e-9) * (CENTROID_SCALE / 2)
    return means.astype(np.float32)
