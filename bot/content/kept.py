"""A copy of the last good content files, so that a restart with a broken file changes nothing."""

import io
import logging
import shutil
import zipfile
import zlib
from pathlib import Path

from bot.content.reading import FILE_MAX, FILES_MAX, Raw, content_digest, read_files
from bot.disk import read_regular, replacing

log = logging.getLogger(__name__)

COPY_MAX = 64 * 2**20
"""Bytes of a copy that is read."""
DAMAGED = (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


class KeptCopy:
    """One file, for one file can be replaced at once: whoever breaks in finds the old or the new."""

    def __init__(self, folder: Path) -> None:
        """Keep it beside `folder`, where earlier versions kept the files themselves."""
        self._folder, self._file = folder, folder.with_name(f"{folder.name}.zip")

    def read(self) -> Raw:
        """What was kept; nothing where that is damaged."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(read_regular(self._file, COPY_MAX)))
        except FileNotFoundError:
            return read_files(self._folder)[0] if self._folder.is_dir() else {}
        except DAMAGED as error:
            log.warning("the copy of the content is damaged: %s", type(error).__name__)
            return {}
        try:
            infos = archive.infolist()[:FILES_MAX]
            return {
                info.filename: archive.read(info) for info in infos if info.file_size <= FILE_MAX
            }
        except DAMAGED as error:
            log.warning("the copy of the content is damaged: %s", type(error).__name__)
            return {}

    def keep(self, raw: Raw) -> None:
        """Keep these files in the place of the earlier ones."""
        if self._file.exists() and content_digest(self.read()) == content_digest(raw):
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as beside:
                _write(beside, raw)
            shutil.rmtree(self._folder, ignore_errors=True)
        except OSError as error:
            # Without a copy the bot still works; only a restart with broken files would be poorer.
            log.warning("no copy of the content could be kept: %s", error.strerror)


def _write(file: Path, raw: Raw) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(raw.items()):
            archive.writestr(name, content)
