"""Memory that goes back to the system."""

import ctypes
import sys


def release_memory() -> None:
    """Give free memory back to the system.

    Learning takes a hundred MB and frees it again, but glibc keeps what was freed for later: the
    process would stay that large until the next change of the content. Elsewhere this does nothing.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
