"""The entry point: runs the command that was asked for; opens and closes a running bot."""

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from aiohttp.web import Application
from dotenv import dotenv_values

from bot.cli.command import Command, Runtime, run
from bot.cli.commands import COMMANDS
from bot.cli.host import Bot, Externals, open_conversations
from bot.clock import Clock, system_clock
from bot.content.live import read_texts
from bot.settings import Settings
from bot.settings import read as read_settings
from bot.silence import Silence
from dialogs.commands import require_texts

ROOT = Path(__file__).resolve().parent


def main(argv: Sequence[str] | None = None, *, commands: Sequence[Command] = COMMANDS) -> int:
    """Run one command; the exit status."""
    if sys.platform == "win32":  # pragma: no cover - the terminal of Windows has another encoding
        sys.stdout.reconfigure(encoding="utf-8")
    runtime = Runtime(
        root=ROOT,
        settings=lambda: read_settings(os.environ, dotenv_values(ROOT / ".env"), ROOT),
        clock=system_clock,
        host=partial(build, clock=system_clock),
    )
    return run(argv, commands, runtime)


@contextlib.asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock, externals: Externals | None = None
) -> AsyncIterator[Application]:
    """Build every object once; what is opened here is closed here, in reverse order.

    Raises:
        MissingTextsError: where a command of the bot lacks a text.
        UnusableDatabaseError: where the file at DATABASE_PATH must not be touched.
    """
    require_texts(read_texts(ROOT, settings))
    externals = externals or Externals()
    async with contextlib.AsyncExitStack() as stack:
        silence = Silence()
        conversations, unwritable = open_conversations(settings, silence, stack)
        # One thread for search and store: the event loop never waits for either.
        worker = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="handler"))
        session = await stack.enter_async_context(externals.session(settings))
        bot = Bot(ROOT, settings, clock, externals, session)
        reminders = await bot.open_reminders(unwritable, silence, stack)
        bot.schedule(reminders)
        stack.callback(bot.stop)
        yield bot.application(bot.endpoint(conversations, worker), reminders)


if __name__ == "__main__":
    raise SystemExit(main())
