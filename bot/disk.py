"""Files that others may not read, and files that are replaced whole."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE = 0o600
OTHERS = stat.S_IRWXO
"""What somebody has who is neither the owner nor in the group."""


def keep_private(path: Path) -> None:
    """Make the file where there is none, for its owner only; take from others what they may do with one there is.

    Raises:
        OSError: where it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    # Somebody else's, or on a disk without rights: then it is theirs to say.
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new private file beside `path` that takes its place at the end: whoever looks finds the old or the new.

    Its name is nobody else's, so nothing of somebody else is overwritten or removed.

    Raises:
        OSError: where that cannot be done; what was there is as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a file; a pipe or a device, which may never end, is none.

    Args:
        path: the file, or a link to it.
        most: bytes that are read.

    Raises:
        OSError: where it cannot be read, is no file, or is larger; `strerror` says which.
    """
    # Opening a pipe would wait for somebody who writes to it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no ordinary file", str(path))
        raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return raw


def writable_by_others(path: Path) -> bool:
    """Whether somebody who does not own this file may write it."""
    with suppress(OSError):
        return bool(path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return False


def readable_by_others(path: Path) -> bool:
    """Whether somebody who neither owns this file nor is in its group may read it."""
    with suppress(OSError):
        return bool(path.stat().st_mode & stat.S_IROTH)
    return False
