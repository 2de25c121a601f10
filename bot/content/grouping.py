"""Questions that are alike, put together by the meaning of their sentences."""

from collections.abc import Callable, Sequence

import numpy as np

Meanings = Callable[[Sequence[str]], np.ndarray | None]
"""n texts → (n, d) float32; None where nothing knows what they mean."""

ALIKE = 0.5
"""Cosine with the mean of a group from which a question belongs to it.

Of 1,500 example questions those that got together at 0.5 lead to the same entry in 92 % of the cases,
at 0.4 in 86 %, at 0.6 in 96 %, but then half as many get together.
"""


def alike(vectors: np.ndarray, threshold: float = ALIKE) -> list[list[int]]:
    """The rows in groups: each joins the nearest group there is by then, or begins one.

    Args:
        vectors: (n, d), a row for each question; what counts most comes first.
        threshold: the cosine with a group's mean from which a row joins it.
    """
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    sums = np.zeros_like(units)
    groups: list[list[int]] = []
    for row, unit in enumerate(units):
        means = sums[: len(groups)]
        cosines = means @ unit / np.maximum(np.linalg.norm(means, axis=1), 1e-9)
        nearest = int(cosines.argmax()) if groups else -1
        if nearest < 0 or cosines[nearest] < threshold:
            nearest = len(groups)
            groups.append([])
        groups[nearest].append(row)
        sums[nearest] += unit
    return groups


def exact(texts: Sequence[str]) -> list[list[int]]:
    """Every text by itself: what is done where there is no encoder."""
    return [[row] for row in range(len(texts))]
