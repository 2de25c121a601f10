"""What the search asks of a sentence encoder, whoever makes it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np


class BrokenEncoderError(Exception):
    """The encoder is there and does not work; the search then does with the words alone."""


class Encoder(Protocol):
    """Turns sentences into vectors that are near where meanings are near, in any language."""

    name: str
    """Changes with the vectors."""

    def encode_query(self, text: str) -> np.ndarray:
        """The vector of a question: (d,) float32, as precise as the model gives it.

        Raises:
            BrokenEncoderError: where the encoder does not work.
        """
        ...

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors of texts in which the answer to a question may stand: (n, d) float32.

        Raises:
            BrokenEncoderError: where the encoder does not work.
        """
        ...

    def encode_corpus(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors to learn from: (n, d) float32; a text has the same row on every machine.

        Raises:
            BrokenEncoderError: where the encoder does not work.
        """
        ...
