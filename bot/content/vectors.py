"""Files of sentence vectors: a byte for each number, under a key of encoder and text."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

STEPS = 600
"""Steps from 0 to 1 of a quantised number: of 4.7 million numbers two are beyond what a byte then holds (0.21)."""

Vectors = dict[str, np.ndarray]
"""Key → quantised vector, int8."""


def keys(encoder: str, texts: Iterable[str]) -> list[str]:
    """What the vector of each text is stored under; another encoder has other keys."""
    return [hashlib.sha256(f"{encoder}\0{text}".encode()).hexdigest()[:16] for text in texts]


def quantise(vectors: np.ndarray) -> np.ndarray:
    """Floats as int8, in steps of 1/STEPS, so that all machines learn from the same numbers."""
    quantised: np.ndarray = np.clip(np.rint(vectors * STEPS), -127, 127).astype(np.int8)
    return quantised


def dequantise(vectors: np.ndarray) -> np.ndarray:
    """The float32 that `quantise` stands for."""
    return vectors.astype(np.float32) / STEPS


def read_vectors(file: Path) -> Vectors:
    """The vectors of a file; none where it is missing, damaged or of an older version."""
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as arrays:
            if arrays["vectors"].dtype != np.int8:
                return {}
            return dict(zip(arrays["keys"].astype(str).tolist(), arrays["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def write_vectors(file: Path, vectors: Mapping[str, np.ndarray]) -> None:
    """Write the vectors beside the file and swap, so that a crash leaves the old ones.

    Raises:
        OSError: where the file cannot be written.
    """
    beside = file.with_suffix(".new.npz")
    order = sorted(vectors)
    np.savez(beside, keys=np.array(order, "S16"), vectors=np.array([vectors[key] for key in order]))
    beside.replace(file)
