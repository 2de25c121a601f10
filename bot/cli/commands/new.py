"""`new`: a folder of content from which another community starts."""

import argparse
from pathlib import Path

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.starter import write_starter

NEXT = """{folder}: drie antwoorden en een maandelijkse bijeenkomst om mee te beginnen.
1. Zet in .env: CONTENT_DIR={folder}, en COMMUNITY_NAME, SUBJECT (waar het over gaat) en CONTACT van jullie community.
2. Pas de bestanden aan; in elk bestand staat hoe.
3. python app.py check    noemt elke fout, met de regel en wat je eraan doet.
4. python app.py chat     praat met je bot; er is geen account nodig."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it goes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Write the files and tell what comes next."""
    folder: Path = arguments.folder.absolute()
    try:
        write_starter(folder, runtime.clock().date())
    except OSError as error:
        return refuse(f"{folder} cannot be used ({error.strerror}); name a new folder.")
    print(NEXT.format(folder=folder))
    return Exit.OK
