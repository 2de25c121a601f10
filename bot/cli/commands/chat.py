"""`chat`: the host in local mode, and a console that talks to it."""

import argparse
import asyncio
import dataclasses
import sys

from bot import web
from bot.cli import chat
from bot.cli.command import Runtime
from bot.content.load import encoder_of, open_content
from bot.settings import Settings
from bot.store.database import check_usable


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Talk until the end of input; the exit status."""
    settings = dataclasses.replace(runtime.settings(), app_id="", app_password="", host="127.0.0.1")
    # Before it learns, which takes longer than to see that nobody can talk.
    check_usable(settings.database_path)
    _learn_first(runtime, settings)
    return asyncio.run(_chat(runtime, settings))


def _learn_first(runtime: Runtime, settings: Settings) -> None:
    """Learn what is not learned yet, and keep it, before anybody talks.

    A host answers while it learns. Whoever types, or pipes questions in, waits for the answers themselves.
    """
    _, live = open_content(runtime.root, settings, runtime.clock(), encoder_of(settings))
    if live.unlearned is not None:
        if sys.stdin.isatty():
            print("De eerste keer lees ik mijn antwoorden. Dat duurt een paar tellen …")
        live.build(live.unlearned)


async def _chat(runtime: Runtime, settings: Settings) -> int:
    async with (
        runtime.host(settings) as app,
        web.listening(app, settings.host, settings.port) as url,
    ):
        return await chat.talk(url, sys.stdin, sys.stdout)
