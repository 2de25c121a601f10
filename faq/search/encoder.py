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

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text; the same text gives the same row.

        Raises:
            BrokenEncoderError: where the encoder does not work.
        """
        ...
