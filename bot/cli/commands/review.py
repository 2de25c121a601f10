"""`review`: walks an organiser through the answers that are due for a check."""

import argparse
import os
import shlex
import subprocess
from pathlib import Path

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.context import without_search
from bot.cli.review import Review, Terminal
from bot.content.reading import parse, read_files
from faq.errors import errors
from faq.files import summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who checks."""
    parser.add_argument("--by", default="", metavar="ROLE", help='for instance "organisatie CoP"')


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Show what is due and note what is decided; `REFUSED` where the files cannot be used."""
    settings = runtime.settings()
    raw, problems = read_files(settings.content_dir)
    content, others = parse(raw)
    if errors(problems := [*problems, *others]):
        return refuse(f"{settings.content_dir}: {summary(problems)}; see: python app.py check")
    context = without_search(content, runtime.root, settings)
    terminal = Terminal(tell=print, ask=input, edit=_edit)
    today = context.day(runtime.clock())
    Review(settings.content_dir, context, terminal, today, arguments.by.strip()).walk()
    return Exit.OK


def _edit(path: Path, line: int) -> bool:
    """Open the editor that the terminal names; False where it names none, or it cannot be started."""
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        return False
    try:
        subprocess.run([*editor, f"+{line}", str(path)], check=False)  # noqa: S603 - the organiser's own
    except OSError:
        return False
    return True
