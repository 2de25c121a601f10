"""`restore`: a backup in the place of the database, on this machine or another."""

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.cli.command import Exit, Runtime
from bot.store.restoring import Restored, restore

STANDARD_INPUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, and whether what is there may go aside."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="the backup; - reads it from standard input, for a user who may not read the file",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="put a database that is there aside, under another name",
    )


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Restore it, and tell what that means for members."""
    to = runtime.settings().database_path
    with _file(arguments.file) as backup:
        restored = restore(backup, to, runtime.clock(), replace=arguments.replace)
    print(*_told(restored, to), sep="\n")
    return Exit.OK


@contextlib.contextmanager
def _file(name: str) -> Iterator[Path]:
    if name != STANDARD_INPUT:
        yield Path(name)
        return
    # A private one: it holds who is subscribed.
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)


def _told(restored: Restored, to: Path) -> Iterator[str]:
    yield f"{to}: restored ({restored.summary})."
    if restored.aside:
        yield f"What was there is {restored.aside}; remove it when you do not need it."
    if restored.summary.due:
        yield (
            f"{restored.summary.due} reminders were due since; those of meetings still to come go out at the start,"
            " also where they were sent after the backup was made."
        )
    yield "Who stopped, or asked to be forgotten, after the backup was made is subscribed and known again."
    yield "Start the bot; where it runs, restart it. It brings an older database to its own version by itself."
