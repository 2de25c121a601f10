"""What was learned from the content: features, weights and thresholds; can be kept as bytes."""

import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from faq.features import Block, Features, pieces, stems
from faq.synonyms import Synonyms

FORMAT = 2
"""Changes with what is learned; a kept model of another format is learned again."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained classifier: class names, and a weight for each feature and class."""

    classes: tuple[str, ...]
    features: Features
    weights: np.ndarray
    offsets: np.ndarray
    english: np.ndarray
    """Feature weights of the language of a message: above zero is English."""

    def scores(self, text: str) -> tuple[np.ndarray, float, int]:
        """Scores of the classes, how English the text is, and how many of its features are known."""
        columns, weights = self.features.row(text)
        found = weights @ self.weights[columns].astype(np.float32) + self.offsets
        return found, float(weights @ self.english[columns] + self.english[-1]), len(columns)

    def to_bytes(self) -> bytes:
        """The model as a file; about 8 MB."""
        out = io.BytesIO()
        about = {
            "format": FORMAT,
            "classes": self.classes,
            "vocabularies": [list(block.vocabulary) for block in self.features.blocks],
        }
        arrays: dict[str, Any] = {
            f"rarity{n}": block.rarity for n, block in enumerate(self.features.blocks)
        }
        arrays |= {"weights": self.weights, "offsets": self.offsets, "english": self.english}
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
                    Features(synonyms, blocks),
                    found["weights"],
                    found["offsets"],
                    found["english"],
                )
        except (ValueError, KeyError, OSError, EOFError, TypeError):
            return None
