"""`check`: every problem in the content files, and the dates of the next meetings."""

import argparse

from bot.cli import preview
from bot.cli.command import Exit, Runtime
from bot.cli.context import without_search
from bot.cli.progress import working
from bot.content import checks
from bot.content.files import read_files
from faq.files import summary


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print every problem and warning; `REFUSED` where the bot would refuse the files."""
    settings = runtime.settings()
    raw, problems = read_files(settings.content_dir)
    with working("De antwoorden worden aan de zoekmachine gevraagd"):
        content, others = checks.check(raw, runtime.clock())
    problems += others
    for problem in sorted(problems, key=lambda p: (p.warning, p.file, p.line)):
        print(problem)
    print(f"{settings.content_dir}: {summary(problems)}")
    context = without_search(content, runtime.root, settings)
    print(*preview.dates(context, runtime.clock()), sep="\n")
    return Exit.REFUSED if any(not problem.warning for problem in problems) else Exit.OK
