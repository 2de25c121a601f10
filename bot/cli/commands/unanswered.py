"""`unanswered`: what members asked and nobody could answer, without who asked."""

import argparse
from contextlib import closing
from datetime import date

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.day import day
from bot.cli.progress import working
from bot.cli.unanswered import Group, entry_draft, example_lines, groups, shown
from bot.content.load import encoder_of, load_content
from bot.store.database import open_database
from bot.store.report import require_readable
from bot.store.unanswered import Unanswered


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Since when, a draft of what to add to the content, and what is dealt with."""
    parser.add_argument("--since", type=day, metavar="DATE", help="for instance 2027-06-30")
    parser.add_argument(
        "--strike",
        type=int,
        nargs="+",
        metavar="N",
        help="take the N-th group off the list: it is dealt with, or was no question",
    )
    parser.add_argument(
        "--draft", type=int, metavar="N", help="a new [[entry]] of the N-th group, ready to paste"
    )
    parser.add_argument(
        "--for",
        dest="expected",
        metavar="ID",
        help="with --draft: instead the lines for questions/*.tsv that lead to this entry, @command or -",
    )


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Print the questions in groups, the most asked first; or do what is asked with some of them."""
    if arguments.expected and arguments.draft is None:
        return refuse("--for needs --draft N: the group whose questions lead there.")
    together = _groups(runtime, arguments.since or date.min)
    chosen = arguments.strike or ([] if arguments.draft is None else [arguments.draft])
    if wrong := [number for number in chosen if not 1 <= number <= len(together)]:
        return refuse(f"there is no group {wrong[0]}; there are {len(together)}.")
    if arguments.strike:
        return _strike(runtime, [together[number - 1] for number in sorted(set(chosen))])
    if arguments.draft is None:
        for number, group in enumerate(together, start=1):
            print(*shown(number, group), sep="\n")
        return Exit.OK
    group = together[arguments.draft - 1]
    print(example_lines(group, arguments.expected) if arguments.expected else entry_draft(group))
    return Exit.OK


def _strike(runtime: Runtime, groups_: list[Group]) -> int:
    """Take these groups off the list, and say which."""
    with closing(open_database(runtime.settings().database_path)) as database:
        kept = Unanswered(database)
        for group in groups_:
            kept.strike(asked.kept for asked in group.asked)
            print(f"Van de lijst: {group.times} x  {group.asked[0].question}")
    return Exit.OK


def _groups(runtime: Runtime, since: date) -> list[Group]:
    settings = runtime.settings()
    with closing(require_readable(settings.database_path, "unanswered")) as database:
        rows = Unanswered(database).most_asked(since)
    if not rows:
        return []
    encoder = encoder_of(settings)
    with working("De vragen worden gegroepeerd"):
        _, live = load_content(runtime.root, settings, runtime.clock(), encoder)
        return groups(rows, live.context(), live.meanings)
