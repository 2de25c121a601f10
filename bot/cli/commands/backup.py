"""`backup`: a consistent copy of the database, also while the bot runs."""

import argparse
from pathlib import Path

from bot.cli.command import Exit, Runtime
from bot.store.file import backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="where to; an earlier backup is replaced; in a folder it gets the moment as its name",
    )


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Copy the database."""
    database_path = runtime.settings().database_path
    to: Path = arguments.path
    if to.is_dir():
        to /= f"ladderbot-{runtime.clock():%Y-%m-%d-%H%M%S}.sqlite3"
    backup(database_path, to)
    print(f"{to}: a copy of {database_path}.")
    return Exit.OK
