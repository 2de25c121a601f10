"""`chat`: the host in local mode, and a console that talks to it."""

import argparse
import asyncio
import dataclasses
import sys

from bot import web
from bot.cli import chat
from bot.cli.command import Runtime


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Talk until the end of input; the exit status."""
    return asyncio.run(_chat(runtime))


async def _chat(runtime: Runtime) -> int:
    settings = dataclasses.replace(runtime.settings(), app_id="", app_password="", host="127.0.0.1")
    async with (
        runtime.host(settings) as app,
        web.listening(app, settings.host, settings.port) as url,
    ):
        return await chat.talk(url, sys.stdin, sys.stdout)
