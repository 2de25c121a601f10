"""`unanswered`: what members asked and nobody could answer, without who asked."""

import argparse
from contextlib import closing

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.progress import working
from bot.cli.unanswered import Group, entry_draft, example_lines, groups, shown
from bot.content.load import encoder_of, load_content
from bot.store.report import require_readable
from bot.store.unanswered import Unanswered


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A draft of what to add to the content."""
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
    """Print the questions in groups, the most asked first; or a draft of one group."""
    if arguments.expected and arguments.draft is None:
        return refuse("--for needs --draft N: the group whose questions lead there.")
    together = _groups(runtime)
    if arguments.draft is None:
        for number, group in enumerate(together, start=1):
            print(*shown(number, group), sep="\n")
        return Exit.OK
    if not 1 <= arguments.draft <= len(together):
        return refuse(f"there is no group {arguments.draft}; there are {len(together)}.")
    group = together[arguments.draft - 1]
    print(example_lines(group, arguments.expected) if arguments.expected else entry_draft(group))
    return Exit.OK


def _groups(runtime: Runtime) -> list[Group]:
    settings = runtime.settings()
    with closing(require_readable(settings.database_path, "unanswered")) as database:
        rows = Unanswered(database).most_asked()
    if not rows:
        return []
    encoder = encoder_of(settings)
    with working("De vragen worden gegroepeerd"):
        _, live = load_content(runtime.root, settings, runtime.clock(), encoder)
        return groups(rows, live.context(), live.meanings)
