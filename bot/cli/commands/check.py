"""`check`: every problem in the content files, the next meetings, and what changes by itself."""

import argparse

from bot.cli import changes, preview
from bot.cli.command import Exit, Runtime
from bot.cli.context import without_search
from bot.cli.progress import working
from bot.content import checks
from bot.content.kept import KeptCopy
from bot.content.overlooked import with_overlooked
from bot.content.reading import read_files
from faq import meetings, meetings_file
from faq.errors import Problem, errors
from faq.files import summary
from faq.unlikely import vanished


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print every problem and warning; `REFUSED` where the bot would refuse the files."""
    settings = runtime.settings()
    raw, problems = read_files(settings.content_dir)
    with working("De antwoorden worden aan de zoekmachine gevraagd"):
        content, others = checks.check(raw, runtime.clock())
    problems += others
    kept = KeptCopy(settings.content_cache).read()
    problems = with_overlooked(settings.content_dir, raw, kept, problems)
    now = runtime.clock()
    if not any(problem.file == meetings.FILE for problem in errors(problems)):
        before = meetings_file.parse(kept.get(meetings.FILE, b""))[0]
        problems += vanished(before, content.calendar, now)
    context = without_search(content, runtime.root, settings)
    for shown in (*preview.dates(context, now), *changes.lines(context, context.day(now))):
        print(shown)
    # The worst comes last: that is what a terminal shows.
    for problem in sorted(problems, key=_urgency):
        print(problem)
    print(f"{settings.content_dir}: {summary(problems)}")
    return Exit.REFUSED if errors(problems) else Exit.OK


def _urgency(problem: Problem) -> tuple[bool, bool, str, int]:
    """Warnings, then what may only follow from another error, then all other errors; each by its place."""
    return not problem.warning, not problem.missing, problem.file, problem.line
