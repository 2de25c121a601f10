"""What every command of `app.py` shares: how it is described, what it is given, how it ends."""

import argparse
import enum
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from aiohttp import web

from bot import log
from bot.clock import Clock
from bot.settings import BadSettingsError, Settings
from bot.store.file import UnusableDatabaseError
from bot.web import CannotListenError
from dialogs.commands import MissingTextsError


class Exit(enum.IntEnum):
    """Exit status of the process."""

    OK = 0
    UNHEALTHY = 1
    """`doctor` reports something as broken."""
    REFUSED = 2
    """Settings, content or a database that the bot refuses to work with."""
    USAGE = 2
    """A command line that is not understood."""
    INTERRUPTED = 130
    """Ended by Ctrl-C: 128 plus the number of SIGINT, as a shell counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """What a command works with."""

    root: Path
    """Folder of the project."""
    settings: Callable[[], Settings]
    """Reads the settings; raises BadSettingsError where they cannot be used."""
    clock: Clock
    host: Callable[[Settings], AbstractAsyncContextManager[web.Application]]
    """Builds the bot and everything it needs, and closes it at the end."""


def _no_arguments(_: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    """One command of `app.py`: a row of `bot.cli.commands.COMMANDS`."""

    name: str
    help: str
    run: Callable[[argparse.Namespace, Runtime], int]
    """Does the work; the exit status."""
    arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments
    """Adds the arguments of the command to its parser."""
    log_level: int = logging.WARNING


class _Parser(argparse.ArgumentParser):
    """Reports a usage error in one sentence."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"ladderbot: {message}; see: python app.py --help\n")
        raise SystemExit(Exit.USAGE)


def refuse(sentences: str) -> Exit:
    """Tell on standard error why nothing was done, a line for each reason."""
    for sentence in sentences.splitlines():
        sys.stderr.write(f"ladderbot: {sentence}\n")
    return Exit.REFUSED


def run(argv: Sequence[str] | None, commands: Sequence[Command], runtime: Runtime) -> int:
    """Run the command that a command line names; the exit status."""
    command, arguments = _parse(argv, commands)
    log.set_up(command.log_level)
    try:
        return command.run(arguments, runtime)
    except (
        BadSettingsError,
        MissingTextsError,
        UnusableDatabaseError,
        CannotListenError,
    ) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe closed it (`app.py ask … | head`). Without this Python would write a
        # traceback at exit, when it flushes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK


def _parse(
    argv: Sequence[str] | None, commands: Sequence[Command]
) -> tuple[Command, argparse.Namespace]:
    parser = _Parser(
        prog="app.py", description="Ladderbot: questions and meetings of the CoP, in Teams."
    )
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for command in commands:
        command.arguments(parsers.add_parser(command.name, help=command.help))
    arguments = parser.parse_args(argv)
    by_name = {command.name: command for command in commands}
    if arguments.command is None:
        parser.error(f"a command is missing: {', '.join(by_name)}")
    return by_name[arguments.command], arguments
