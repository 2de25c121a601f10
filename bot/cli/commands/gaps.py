"""`gaps`: what the answers leave open, by the text or person that would tell; docs/knowledge-gaps.md."""

import argparse

from bot.cli.command import Exit, Runtime, refuse
from bot.content.reading import parse, read_files
from faq import gaps
from faq.errors import errors
from faq.files import summary


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print the page; `REFUSED` where the files cannot be used."""
    folder = runtime.settings().content_dir
    raw, problems = read_files(folder)
    content, others = parse(raw)
    problems += others
    if errors(problems):
        return refuse(f"{folder}: {summary(problems)}; see: python app.py check")
    print(gaps.page(content.knowledge))
    return Exit.OK
