"""How near passages are to a question in meaning, for choosing among the sentences of one answer."""

from collections.abc import Callable, Sequence

import numpy as np

from faq.search.encoder import BrokenEncoderError, Encoder
from faq.tokens import shortened

KEPT_MAX = 4_000
"""Passages whose vectors are remembered, of 1.5 kB each; the shipped content has some 3,500 in two languages."""

Near = Callable[[str, Sequence[str]], Sequence[float] | None]
"""(question, passages) → the cosine of each; None where no encoder works."""


class Likeness:
    """Remembers the vectors of passages, so that a talk waits for each of them once; safe in any thread."""

    def __init__(self, encoder: Encoder | None, *, kept_max: int = KEPT_MAX) -> None:
        """Nothing is encoded yet.

        Args:
            encoder: gives texts a meaning; without one, or with a broken one, nothing is told.
            kept_max: passages that are remembered.
        """
        self._encoder, self._kept_max = encoder, kept_max
        self._kept: dict[str, np.ndarray] = {}

    def of(self, question: str, passages: Sequence[str]) -> Sequence[float] | None:
        """The cosine of each passage with the question; None without an encoder that works.

        The vectors are those of the encoder as it gives them: what a search learns to look away from, how
        texts of one entry differ, is what counts here.
        """
        if self._encoder is None or not passages:
            return None
        try:
            asked = self._encoder.encode_query(shortened(question))
            near = _unit(self._vectors(self._encoder, passages)) @ _unit(asked)
            return [float(one) for one in near]
        except BrokenEncoderError:
            return None

    def _vectors(self, encoder: Encoder, passages: Sequence[str]) -> np.ndarray:
        kept = self._kept
        missing = [one for one in dict.fromkeys(passages) if one not in kept]
        new = dict(zip(missing, encoder.encode_passages(missing), strict=True)) if missing else {}
        # Another thread may do the same: what is kept is replaced, never changed.
        self._kept = new if len(kept) + len(new) > self._kept_max else {**kept, **new}
        return np.array([new[one] if one in new else kept[one] for one in passages], np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
