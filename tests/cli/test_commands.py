"""The registry: a command is a module and a row, and nothing else knows of it."""

import pkgutil
import subprocess
import sys

from bot.cli import commands
from bot.cli.commands import COMMANDS
from tests.support import ROOT

DANCE = """
import sys
import app
from bot.cli.command import Command
from bot.cli.commands import COMMANDS


def add_arguments(parser):
    parser.add_argument("--times", type=int)


def run(arguments, runtime):
    print(runtime.settings().port, "dance " * arguments.times)
    return 7


dance = Command("dance", "dances", run, add_arguments)
raise SystemExit(app.main(sys.argv[1:], commands=(*COMMANDS, dance)))
"""


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-c", DANCE, *arguments],
        cwd=ROOT, env={"PORT": "4000"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_row_is_all_that_a_new_command_needs():
    done = run("dance", "--times", "2")

    assert (done.returncode, done.stdout.split()) == (7, ["4000", "dance", "dance"])
    assert "dances" in run("--help").stdout
    assert "unrecognized arguments: --jump" in run("dance", "--jump").stderr


def test_every_module_is_one_row_under_its_own_name():
    modules = [module.name for module in pkgutil.iter_modules(commands.__path__)]

    assert sorted(command.name for command in COMMANDS) == sorted(modules)


def test_no_other_file_names_a_command():
    entry = (ROOT / "app.py").read_text("utf-8")

    assert [command.name for command in COMMANDS if f'"{command.name}"' in entry] == []
