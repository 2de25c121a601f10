"""The folder of what the search learned, so that a restart need not learn again."""

import io
import logging
import zipfile
import zlib
from pathlib import Path

from bot.content.encoder import SentenceEncoder, working
from bot.disk import read_regular
from faq.files import Content
from faq.search.index import Index, build_index
from faq.search.training import training_fingerprint

log = logging.getLogger(__name__)

MODEL_MAX = 256 * 2**20
"""Bytes of a kept model; one has some 5,000,000."""


class ModelFolder:
    """Keeps one trained search: the newest."""

    def __init__(self, folder: Path) -> None:
        """Keep it in `folder`, which is made when there is something to keep."""
        self._folder = folder

    def read(self, content: Content, encoder: SentenceEncoder | None) -> bytes:
        """What was learned from this content; empty where that is not kept, or damaged."""
        try:
            model = read_regular(self._file(content, encoder), MODEL_MAX)
            with zipfile.ZipFile(io.BytesIO(model)) as archive:
                return b"" if archive.testzip() else model
        except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
            return b""

    def build(self, content: Content, encoder: SentenceEncoder | None) -> tuple[Index, bytes]:
        """The index and the bytes of its model; learned, and kept, where that was not done before."""
        saved = self.read(content, encoder)
        index, model = build_index(content, encoder, saved)
        if model != saved:
            # The encoder may have broken meanwhile; then this is a model without.
            self._keep(self._file(content, encoder), model)
        return index, model

    def _file(self, content: Content, encoder: SentenceEncoder | None) -> Path:
        return self._folder / f"{training_fingerprint(content, working(encoder))}.model"

    def _keep(self, file: Path, model: bytes) -> None:
        """Keep this model and no older one."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for other in self._folder.glob("*.model*"):
                other.unlink()
            beside = file.with_suffix(".model-new")
            beside.write_bytes(model)
            beside.replace(file)
        except OSError as error:
            # Only the next start is slower for it.
            log.warning("the trained search could not be kept: %s", error.strerror)
