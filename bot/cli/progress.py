"""A line that says what takes so long, for a person who waits at a terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

STEP = 1.0
"""Seconds after which the line appears, and between its changes."""


@contextmanager
def working(what: str, out: TextIO | None = None, step: float = STEP) -> Iterator[None]:
    """Say on standard error what is being done and for how long, where that is a terminal; then wipe it away."""
    screen = out or sys.stderr
    if not screen.isatty():
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_tell, args=(what, screen, step, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        screen.write("\r\x1b[K")
        screen.flush()


def _tell(what: str, screen: TextIO, step: float, done: threading.Event) -> None:
    seconds = 0.0
    while not done.wait(step):
        seconds += step
        screen.write(f"\r\x1b[K{what} … {seconds:.0f} s")
        screen.flush()
