"""`rename`: another id for an entry, in every file that names it."""

import argparse
import re

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.content_change import RefusedChangeError, change_files
from bot.content.renaming import renamed
from faq.entries import Knowledge

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From which id to which."""
    parser.add_argument("old", metavar="OLD", help="the id that it has")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Give an entry another id."""
    old, new = arguments.old, arguments.new

    def mistake(knowledge: Knowledge) -> str:
        if not _ID.fullmatch(new):
            return f"{new!r} is no id: small letters, digits and hyphens."
        if old in knowledge.entries and new in knowledge.entries:
            return f"{new} is the id of another entry."
        return ""

    try:
        told = change_files(
            runtime.settings().content_dir, old, mistake, lambda raw: renamed(raw, old, new)
        )
    except RefusedChangeError as error:
        return refuse(str(error))
    print(*told, sep="\n")
    return Exit.OK
