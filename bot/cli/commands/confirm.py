"""`confirm`: an organiser's yes to the meetings as they are now, where what follows from them is held back."""

import argparse

from bot.cli.command import Exit, Runtime, refuse
from bot.content.reading import parse, read_files
from bot.reminders.holding import calendar_hash
from bot.store.confirmed import Confirmed
from bot.store.database import open_database
from faq.errors import errors
from faq.files import summary


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Say yes; `REFUSED` where the files cannot be used, for then the bot uses others."""
    settings = runtime.settings()
    raw, problems = read_files(settings.content_dir)
    content, others = parse(raw)
    problems += others
    if errors(problems):
        return refuse(f"{settings.content_dir}: {summary(problems)}; see: python app.py check")
    database = open_database(settings.database_path)
    try:
        Confirmed(database).add(calendar_hash(content.calendar), runtime.clock())
    finally:
        database.close()
    print("Wat over de bijeenkomsten wachtte, gaat nu uit. Kijk het na met: python app.py preview")
    return Exit.OK
