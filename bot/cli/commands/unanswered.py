"""`unanswered`: what members asked and nobody could answer, without who asked."""

import argparse
from contextlib import closing

from bot.cli.command import Exit, Runtime
from bot.store.database import open_database
from bot.store.unanswered import Unanswered


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print the questions, the most asked first."""
    with closing(open_database(runtime.settings().database_path)) as database:
        rows = Unanswered(database).most_asked()
    for question, times, last_day in rows:
        print(f"{times:4} x  {last_day}  {' '.join(question.split())}")
    return Exit.OK
