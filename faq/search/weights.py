"""What was learned for each class: linear weights over sparse features and a sentence vector."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_CSR = ("data", "indices", "indptr")
"""The arrays that a sparse matrix is made of."""


@dataclass(frozen=True, slots=True)
class LinearWeights:
    """One linear model for each class; a score is a log-odds."""

    features: Any
    """(features, classes): an array, or scipy's sparse CSR matrix where there are many classes."""
    embedding: np.ndarray
    """(d, classes) float32, for a sentence vector less its mean; (0, classes) where none is used."""
    bias: np.ndarray
    """(classes,) float32."""

    def lexical_scores(self, columns: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The scores (classes,) of a sparse row, bias included and sentence vector left out."""
        return np.asarray(weights @ self.features[columns].astype(np.float32) + self.bias)

    def of_class(self, columns: np.ndarray, class_index: int) -> np.ndarray:
        """The weights (k,) float32 of these k features for one class."""
        weights = self.features[columns][:, [class_index]]
        dense = weights if isinstance(weights, np.ndarray) else weights.toarray()
        return np.asarray(dense.ravel(), np.float32)

    def to_arrays(self, name: str) -> dict[str, np.ndarray]:
        """The arrays of a file, their keys starting with `name`."""
        arrays = {f"{name}_embedding": self.embedding, f"{name}_bias": self.bias}
        if isinstance(self.features, np.ndarray):
            return arrays | {f"{name}_features": self.features}
        return arrays | {f"{name}_{part}": getattr(self.features, part) for part in _CSR}

    @classmethod
    def from_arrays(
        cls, name: str, arrays: Mapping[str, np.ndarray], shape: tuple[int, int]
    ) -> "LinearWeights":
        """What `to_arrays` gave; `shape` is that of `features`.

        Raises:
            KeyError: where an array is missing.
        """
        features: Any
        if f"{name}_features" in arrays:
            features = arrays[f"{name}_features"]
        else:
            from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only for many classes

            features = sparse.csr_matrix(tuple(arrays[f"{name}_{part}"] for part in _CSR), shape)
        return cls(features, arrays[f"{name}_embedding"], arrays[f"{name}_bias"])
