"""`rename` and `retire`: another id for an entry, or none any more, in every file that names it."""

import argparse
import re
from collections.abc import Callable, Mapping

from bot.cli.command import Exit, Runtime, refuse
from bot.content.editing import UneditableError, write
from bot.content.reading import Raw, parse, read_files
from bot.content.renaming import renamed, retired
from faq.entries import Knowledge
from faq.errors import errors

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def rename_arguments(parser: argparse.ArgumentParser) -> None:
    """From which id to which."""
    parser.add_argument("old", metavar="OLD", help="the id that it has")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")


def retire_arguments(parser: argparse.ArgumentParser) -> None:
    """Which entry, and which one takes over its questions."""
    parser.add_argument("id", metavar="ID", help="the id of the entry that goes")
    parser.add_argument(
        "--instead",
        default="",
        metavar="ID",
        help="the entry that its example questions lead to from now on; without it they go, too",
    )


def rename(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Give an entry another id."""
    old, new = arguments.old, arguments.new

    def mistake(knowledge: Knowledge) -> str:
        if not _ID.fullmatch(new):
            return f"{new!r} is no id: small letters, digits and hyphens."
        if old in knowledge.entries and new in knowledge.entries:
            return f"{new} is the id of another entry."
        return ""

    return _change(runtime, old, mistake, lambda raw: renamed(raw, old, new))


def retire(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Take an entry away."""
    id_, instead = arguments.id, arguments.instead

    def mistake(knowledge: Knowledge) -> str:
        if instead and (instead == id_ or instead not in knowledge.entries):
            return f"--instead {instead}: there is no such other entry."
        return ""

    return _change(runtime, id_, mistake, lambda raw: retired(raw, id_, instead))


def _change(
    runtime: Runtime,
    id_: str,
    mistake: Callable[[Knowledge], str],
    change: Callable[[Raw], dict[str, bytes]],
) -> int:
    """Change all files or none; `REFUSED` where that would make an error that is not there now."""
    folder = runtime.settings().content_dir
    raw, problems = read_files(folder)
    content, now = parse(raw)
    if problems:
        return refuse("\n".join(map(str, problems)))
    if wrong := mistake(content.knowledge):
        return refuse(wrong)
    try:
        changed = change(raw)
    except UneditableError as error:
        return refuse(str(error))
    if not changed:
        return refuse(f"{id_}: no file names this id.")
    before = {problem.what for problem in now}
    if new := [p for p in errors(parse({**raw, **changed})[1]) if p.what not in before]:
        return refuse("\n".join(map(str, new)))
    try:
        for name, after in changed.items():
            write(folder / name, after)
    except OSError as error:
        return refuse(f"{name}: {error.strerror}; see: python app.py check")
    print(*_told(raw, changed), sep="\n")
    return Exit.OK


def _told(raw: Raw, changed: Mapping[str, bytes]) -> list[str]:
    lines = []
    for name, after in changed.items():
        before = raw[name].splitlines()
        kept = set(after.splitlines())
        number = sum(line not in kept for line in before)
        lines.append(f"{name}: {number} regel{'s' * (number != 1)}")
    return [*lines, "Kijk het na met: python app.py check"]
