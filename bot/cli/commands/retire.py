"""`retire`: takes an entry away, in every file that names it."""

import argparse

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.content_change import RefusedChangeError, change_files
from bot.content.renaming import retired
from faq.entries import Knowledge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which entry, and which one takes over its questions."""
    parser.add_argument("id", metavar="ID", help="the id of the entry that goes")
    parser.add_argument(
        "--instead",
        default="",
        metavar="ID",
        help="the entry that its example questions lead to from now on; without it they go, too",
    )


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Take an entry away."""
    id_, instead = arguments.id, arguments.instead

    def mistake(knowledge: Knowledge) -> str:
        if instead and (instead == id_ or instead not in knowledge.entries):
            return f"--instead {instead}: there is no such other entry."
        return ""

    try:
        told = change_files(
            runtime.settings().content_dir, id_, mistake, lambda raw: retired(raw, id_, instead)
        )
    except RefusedChangeError as error:
        return refuse(str(error))
    print(*told, sep="\n")
    return Exit.OK
