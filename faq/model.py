"""What was learned from the content: features and weights; can be kept as bytes."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from faq.features import Block, Features, pieces, stems
from faq.mending import Mender
from faq.synonyms import Synonyms
from faq.wording import shortened

FORMAT = 6
"""Changes with what is learned; a kept model of another format is learned again."""

SURE_AT = 4.0
"""The lead of the best class by words alone at which the encoder is not asked."""
SENSE_GIVES = 2.2
"""What the encoder gives to a class that leads so; both by `bench/cheaply.py`."""


class Encoder(Protocol):
    """Turns sentences into vectors that are near where meanings are near, in any language."""

    name: str
    """Changes with the vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text; the same text gives the same row."""
        ...

    def warm(self) -> None:
        """Make ready what the first text would wait for."""
        ...


@dataclass(frozen=True, slots=True)
class Model:
    """A trained classifier: class names, and a weight for each feature and class."""

    classes: tuple[str, ...]
    features: Features
    weights: Any
    """Features x classes: an array, or scipy's sparse matrix where there are many classes."""
    offsets: np.ndarray
    english: np.ndarray
    """Feature weights of the language of a message: above zero is English."""
    centre: np.ndarray
    """The mean of the sentence vectors; empty without an encoder."""
    sense: np.ndarray
    """A weight for each number of a sentence vector and class."""

    def scores(self, text: str, encoder: Encoder | None) -> tuple[np.ndarray, float]:
        """Scores of the classes, and how English the text is."""
        columns, weights = self.features.row(text)
        found = weights @ self.weights[columns].astype(np.float32) + self.offsets
        if encoder is not None and self.centre.size:
            second, best = np.partition(found, -2)[-2:]
            if best - second >= SURE_AT:
                # The words are clear, so the sentence is not asked, which costs more than all the rest.
                found[int(found.argmax())] += SENSE_GIVES
                return found, self._english(columns, weights)
            vector = encoder.encode([shortened(text)])[0]
            found = found + (vector - self.centre) @ self.sense
        return found, self._english(columns, weights)

    def _english(self, columns: np.ndarray, weights: np.ndarray) -> float:
        return float(weights @ self.english[columns] + self.english[-1])

    def to_bytes(self) -> bytes:
        """The model as a file; about 8 MB."""
        out = io.BytesIO()
        about = {
            "format": FORMAT,
            "classes": self.classes,
            "known": self.features.mender.known,
            "vocabularies": [list(block.vocabulary) for block in self.features.blocks],
        }
        arrays: dict[str, Any] = {
            f"rarity{n}": block.rarity for n, block in enumerate(self.features.blocks)
        }
        arrays |= {name: getattr(self, name) for name in _ARRAYS}
        if not isinstance(self.weights, np.ndarray):
            arrays |= {f"weights_{part}": getattr(self.weights, part) for part in _PARTS}
        else:
            arrays["weights"] = self.weights
        np.savez(out, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes, synonyms: Synonyms) -> "Model | None":
        """The model that `to_bytes` wrote; None where it is another format or damaged."""
        try:
            with np.load(io.BytesIO(raw), allow_pickle=False) as found:
                about = json.loads(found["about"].tobytes())
                if about["format"] != FORMAT:
                    return None
                blocks = [
                    Block(extract, words, found[f"rarity{n}"])
                    for n, (extract, words) in enumerate(
                        zip((pieces, stems), about["vocabularies"], strict=True)
                    )
                ]
                return cls(
                    tuple(about["classes"]),
                    Features(synonyms, Mender(about["known"]), blocks),
                    weights=_weights(found, blocks, about["classes"]),
                    **{name: found[name] for name in _ARRAYS},
                )
        except (BadZipFile, ValueError, KeyError, OSError, EOFError, TypeError):
            return None


_ARRAYS = ("offsets", "english", "centre", "sense")
_PARTS = ("data", "indices", "indptr")


def _weights(
    found: Mapping[str, np.ndarray], blocks: Sequence[Block], classes: Sequence[str]
) -> Any:
    if "weights" in found:
        return found["weights"]
    from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only for many classes

    width = sum(len(block.vocabulary) for block in blocks)
    return sparse.csr_matrix(tuple(found[f"weights_{p}"] for p in _PARTS), (width, len(classes)))
