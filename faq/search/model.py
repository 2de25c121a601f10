"""What was learned from the content: features and weights; can be kept as bytes."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from faq.search.features import Features, TfidfBlock, pieces, stems
from faq.search.spelling import SpellingCorrector
from faq.synonyms import Synonyms
from faq.tokens import shortened

FORMAT = 7
"""Changes with what is learned; a kept model of another format is learned again."""

CLEAR_AT = 2.5
"""The lead of the best class by words alone at which the encoder is not asked (`bench/cheaply.py`)."""


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
class Weights:
    """What was learned for each class."""

    words: Any
    """Features x classes: an array, or scipy's sparse matrix where there are many classes."""
    sense: np.ndarray
    """Numbers of a sentence vector x classes; no numbers where no sentence was looked at."""
    offsets: np.ndarray

    def of_words(self, columns: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Scores of the classes by the features of a text."""
        return np.asarray(weights @ self.words[columns].astype(np.float32) + self.offsets)

    def of_class(self, columns: np.ndarray, at: int) -> np.ndarray:
        """What each of these features says for class `at`."""
        found = self.words[columns][:, [at]]
        dense = found if isinstance(found, np.ndarray) else found.toarray()
        return np.asarray(dense.ravel(), np.float32)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model makes of one text."""

    scores: np.ndarray
    """One for each class."""
    english: float
    """How English it is: above zero is English."""
    familiar: bool
    """It has a word that was ever seen (`Features.familiar`)."""
    clear: bool
    """Its words alone were clear."""
    with_sense: bool
    """The sentence was looked at, not only its words."""


@dataclass(frozen=True, slots=True)
class Model:
    """Two trained classifiers: one by words alone, and one by words and sentence, for what words leave open."""

    classes: tuple[str, ...]
    features: Features
    alone: Weights
    together: Weights
    """Learned without an encoder, it has nothing to add to `alone`."""
    english: np.ndarray
    """Feature weights of the language of a message."""
    centre: np.ndarray
    """The mean of the sentence vectors; empty without an encoder."""

    def scores(self, text: str, encoder: Encoder | None) -> Scored:
        """Ask the words; where they are not clear, and there is an encoder, the sentence too, which costs more."""
        words = self.features.split(text)
        columns, weights = self.features.row_of(words)
        familiar = self.features.familiar(words)
        english = float(weights @ self.english[columns] + self.english[-1])
        found = self.alone.of_words(columns, weights)
        words_do = clear(found)
        if encoder is None or not self.centre.size or words_do:
            return Scored(found, english, familiar, clear=words_do, with_sense=False)
        vector = encoder.encode([shortened(text)])[0]
        found = self.together.of_words(columns, weights)
        found += (vector - self.centre) @ self.together.sense
        return Scored(found, english, familiar, clear=False, with_sense=True)

    def to_bytes(self) -> bytes:
        """The model as a file; of the shipped content 22 MB."""
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
        arrays |= {"english": self.english, "centre": self.centre}
        arrays |= _packed("alone", self.alone)
        if self.centre.size:
            arrays |= _packed("together", self.together)
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
                    TfidfBlock(extract, words, found[f"rarity{n}"])
                    for n, (extract, words) in enumerate(
                        zip((pieces, stems), about["vocabularies"], strict=True)
                    )
                ]
                width = sum(len(block.vocabulary) for block in blocks)
                alone = _weights("alone", found, width, len(about["classes"]))
                both = found["centre"].size > 0
                return cls(
                    tuple(about["classes"]),
                    Features(synonyms, SpellingCorrector(about["known"]), blocks),
                    alone,
                    _weights("together", found, width, len(about["classes"])) if both else alone,
                    found["english"],
                    found["centre"],
                )
        except (BadZipFile, ValueError, KeyError, OSError, EOFError, TypeError):
            return None


def clear(scores: np.ndarray) -> bool:
    """Whether the best class leads so far by words that the sentence would change nothing."""
    if len(scores) < 2:
        return False
    second, best = np.partition(scores, -2)[-2:]
    return bool(best - second >= CLEAR_AT)


_PARTS = ("data", "indices", "indptr")


def _packed(name: str, weights: Weights) -> dict[str, np.ndarray]:
    found = {f"{name}_sense": weights.sense, f"{name}_offsets": weights.offsets}
    if isinstance(weights.words, np.ndarray):
        return found | {f"{name}_words": weights.words}
    return found | {f"{name}_words_{part}": getattr(weights.words, part) for part in _PARTS}


def _weights(name: str, found: Mapping[str, np.ndarray], width: int, classes: int) -> Weights:
    if f"{name}_words" in found:
        words: Any = found[f"{name}_words"]
    else:
        from scipy import sparse  # noqa: PLC0415 - a tenth of a start, needed only for many classes

        parts = tuple(found[f"{name}_words_{part}"] for part in _PARTS)
        words = sparse.csr_matrix(parts, (width, classes))
    return Weights(words, found[f"{name}_sense"], found[f"{name}_offsets"])
