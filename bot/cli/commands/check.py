"""`check`: every problem in the content files, the next meetings, and what changes by itself."""

import argparse

from bot.cli import changes, preview
from bot.cli.command import Exit, Runtime
from bot.cli.context import without_search
from bot.cli.progress import working
from bot.content import checks
from bot.content.kept import KeptCopy
from bot.content.overlooked import overlooked
from bot.content.reading import read_files
from faq.files import summary


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print every problem and warning; `REFUSED` where the bot would refuse the files."""
    settings = runtime.settings()
    raw, problems = read_files(settings.content_dir)
    with working("De antwoorden worden aan de zoekmachine gevraagd"):
        content, others = checks.check(raw, runtime.clock())
    problems += others
    kept = KeptCopy(settings.content_cache).read()
    problems += overlooked(settings.content_dir, raw, kept)
    for problem in sorted(problems, key=lambda p: (p.warning, p.file, p.line)):
        print(problem)
    print(f"{settings.content_dir}: {summary(problems)}")
    context = without_search(content, runtime.root, settings)
    now = runtime.clock()
    for line in (*preview.dates(context, now), *changes.lines(context, context.day(now))):
        print(line)
    return Exit.REFUSED if any(not problem.warning for problem in problems) else Exit.OK
