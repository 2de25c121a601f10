"""`preview`: what will go out, and which answers change by themselves; sends nothing."""

import argparse
import contextlib
from datetime import date, datetime

from bot.cli import changes, preview
from bot.cli.command import Exit, Runtime
from bot.cli.context import without_search
from bot.cli.day import day
from bot.content.files import ContentFiles
from bot.settings import Settings
from bot.store.database import open_read_only
from bot.store.report import Report
from dialogs.context import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Until when, or at which moment."""
    parser.add_argument("--until", type=day, metavar="DATE", help="for instance 2027-06-30")
    parser.add_argument(
        "--at",
        type=moment,
        metavar="MOMENT",
        help='what is sent at a local moment, for instance "2027-01-11 10:00"',
    )


def moment(text: str) -> datetime:
    """A local moment as the command line takes it: 2027-01-11 10:00.

    Raises:
        argparse.ArgumentTypeError: for anything else, and for a moment with an offset from UTC.
    """
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"invalid moment value: {text!r}; write it as '2027-01-11 10:00'"
        ) from None
    if local.tzinfo is not None:
        raise argparse.ArgumentTypeError(
            f"invalid moment value: {text!r} has an offset, and local time is meant; "
            "write it without, for instance '2027-01-11 10:00'"
        )
    return local


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Print what will go out."""
    settings, now = runtime.settings(), runtime.clock()
    # Without keeping them: it may be a proposal, and the running bot's copy is not ours.
    files = ContentFiles(settings.content_dir, settings.content_cache, keep=False)
    state = files.load(now, lambda _: None)
    context = without_search(state.content, runtime.root, settings)
    if state.stale:
        print(
            "De bestanden worden geweigerd (python app.py check); dit is de laatste goede versie."
        )
    if arguments.at is not None:
        print(*preview.at(context, arguments.at, now), sep="\n")
    else:
        _print_ahead(context, settings, arguments.until, now)
        for line in changes.cards(context, context.day(now), arguments.until):
            print(line)
    return Exit.OK


def _print_ahead(context: Context, settings: Settings, until: date | None, now: datetime) -> None:
    with contextlib.ExitStack() as stack:
        database = open_read_only(settings.database_path)
        if database is not None:
            stack.callback(database.close)
        report = Report(database) if database is not None else None
        print(*preview.ahead(context, report, until, now), sep="\n")
