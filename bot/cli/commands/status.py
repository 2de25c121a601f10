"""`status`: how many are subscribed, and who was told of each meeting, in numbers."""

import argparse
from contextlib import closing
from datetime import timedelta

from bot.cli import status
from bot.cli.command import Exit, Runtime
from bot.cli.context import without_search
from bot.content.files import ContentFiles
from bot.store.delivered import delivered, subscribers
from bot.store.report import Report, require_readable

BACK = 60
BACK_MAX = 3_650


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How far back."""
    parser.add_argument(
        "--back",
        type=int,
        default=BACK,
        choices=range(1, BACK_MAX + 1),
        metavar="DAYS",
        help=f"how many days to look back; {BACK} when left out",
    )


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Print the numbers."""
    settings, now = runtime.settings(), runtime.clock()
    files = ContentFiles(settings.content_dir, settings.content_cache, keep=False)
    context = without_search(files.load(now, lambda _: None).content, runtime.root, settings)
    since = now - timedelta(days=arguments.back)
    with closing(require_readable(settings.database_path, "status")) as database:
        print(*status.subscribed(context, subscribers(database, now)), sep="\n")
        rows = delivered(database, since)
        print(*status.told(context, Report(database), rows, since, now), sep="\n")
    return Exit.OK
