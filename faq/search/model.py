"""What was learned from the content: features and weights; can be kept as bytes."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import numpy as np

from faq.search.encoder import BrokenEncoderError, Encoder
from faq.search.features import EXTRACTORS, Features, TfidfBlock
from faq.search.meaning import Whitening
from faq.search.names import Names
from faq.search.spelling import SpellingCorrector
from faq.search.weights import LinearWeights
from faq.synonyms import Synonyms
from faq.tokens import shortened

FORMAT = 10
"""Changes with what is learned and how it is written; a saved model of another format is trained again."""

BARRED = -1000.0
"""The score of a class that was kept out, in log-odds: far below any that is reached."""

CLEAR_LEAD = 0.5
"""Lead of the best class by words alone, in log-odds, at which the encoder is not asked (`bench/cheaply.py`)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model makes of one text."""

    scores: np.ndarray
    """(classes,) float32, log-odds; of the combined weights where there is an embedding."""
    english: float
    """Log-odds that the text is English."""
    has_known_word: bool
    """See `Features.has_known_word`."""
    lead: float
    """How far its words alone put the best class ahead of the next, in log-odds."""
    embedding: np.ndarray | None
    """The meaning of the sentence, (d,) float32; None where the words alone decided."""


@dataclass(frozen=True, slots=True)
class Model:
    """Two trained classifiers: one by words alone, and one by words and sentence, for what words leave open."""

    classes: tuple[str, ...]
    features: Features
    lexical: LinearWeights
    combined: LinearWeights
    """The same as `lexical` where there was no encoder to learn with."""
    english: np.ndarray
    """(features + 1,) float32: weights of English against Dutch, the bias last."""
    whitening: Whitening
    """What makes a meaning of a sentence vector; its d is 0 where there was no encoder to learn with."""
    names: Names

    def score(
        self,
        text: str,
        encoder: Encoder | None,
        *,
        foreign: bool = False,
        barred: Sequence[int] = (),
    ) -> Scored:
        """Score the words; where they are not clear or `foreign`, the sentence too, which costs more.

        An encoder that breaks is done without: this never raises BrokenEncoderError. The classes
        that are `barred` score as if there were no such class.
        """
        words = self.features.tokenize(text)
        columns, weights = self.features.transform_words(words)
        lexical = self.lexical.lexical_scores(columns, weights)
        lexical[list(barred)] = BARRED
        ahead = lead(lexical)
        clear = ahead >= CLEAR_LEAD and not foreign
        embedding = None if clear else self.meaning(text, encoder)
        scores = lexical if embedding is None else self._combined(columns, weights, embedding)
        scores[list(barred)] = BARRED
        return Scored(
            scores=scores,
            english=float(weights @ self.english[columns] + self.english[-1]),
            has_known_word=self.features.has_known_word(words),
            lead=ahead,
            embedding=embedding,
        )

    def meaning(self, text: str, encoder: Encoder | None) -> np.ndarray | None:
        """What a text means, (d,) float32 of length 1; None without an encoder that works."""
        if encoder is None or not self.whitening.mean.size:
            return None
        try:
            return self.whitening.apply(encoder.encode_query(shortened(text)))
        except BrokenEncoderError:
            # It says so itself, and is asked no more; `lexical` was trained without it.
            return None

    def _combined(
        self, columns: np.ndarray, weights: np.ndarray, embedding: np.ndarray
    ) -> np.ndarray:
        by_words = self.combined.lexical_scores(columns, weights)
        return np.asarray(by_words + embedding @ self.combined.embedding)

    def to_bytes(self) -> bytes:
        """The model as a file (NumPy's npz); of the shipped content 22 MB."""
        header = {
            "format": FORMAT,
            "classes": self.classes,
            "spelling": self.features.spelling.vocabulary,
            "vocabularies": [list(block.vocabulary) for block in self.features.blocks],
            "names": {name: sorted(ids) for name, ids in sorted(self.names.entries.items())},
            "words": sorted(self.names.words),
        }
        arrays: dict[str, Any] = {
            f"idf{number}": block.idf for number, block in enumerate(self.features.blocks)
        }
        arrays |= {"english": self.english} | self.whitening.to_arrays()
        arrays |= self.lexical.to_arrays("lexical")
        if self.whitening.mean.size:
            arrays |= self.combined.to_arrays("combined")
        file = io.BytesIO()
        np.savez(file, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes, synonyms: Synonyms) -> "Model | None":
        """The model that `to_bytes` wrote; None where it is of another format or damaged."""
        try:
            with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
                header = json.loads(arrays["header"].tobytes())
                return cls._read(header, arrays, synonyms) if header["format"] == FORMAT else None
        except (BadZipFile, ValueError, KeyError, OSError, EOFError, TypeError):
            return None

    @classmethod
    def _read(
        cls, header: Mapping[str, Any], arrays: Mapping[str, np.ndarray], synonyms: Synonyms
    ) -> "Model":
        families = enumerate(zip(EXTRACTORS, header["vocabularies"], strict=True))
        blocks = [
            TfidfBlock(extract, vocabulary, arrays[f"idf{number}"])
            for number, (extract, vocabulary) in families
        ]
        features = Features(synonyms, SpellingCorrector(header["spelling"]), blocks)
        classes, whitening = tuple(header["classes"]), Whitening.from_arrays(arrays)
        shape = (features.width, len(classes))
        lexical = LinearWeights.from_arrays("lexical", arrays, shape)
        learned = bool(whitening.mean.size)
        combined = LinearWeights.from_arrays("combined", arrays, shape) if learned else lexical
        names = {name: frozenset(ids) for name, ids in header["names"].items()}
        return cls(
            classes=classes,
            features=features,
            lexical=lexical,
            combined=combined,
            english=arrays["english"],
            whitening=whitening,
            names=Names(names, header["words"]),
        )


def lead(scores: np.ndarray) -> float:
    """How far the best class is ahead of the next, in log-odds; 0 where there is one class only."""
    if len(scores) < 2:
        return 0.0
    second, best = np.partition(scores, -2)[-2:]
    return float(best - second)
