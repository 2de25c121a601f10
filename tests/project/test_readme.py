"""The README tells the truth: its transcript is what the bot says, its commands and files exist."""

import dataclasses
import io
import re

import app
from bot import web
from bot.cli import chat
from tests.support import ROOT
from tests.support.process import run_app

README = (ROOT / "README.md").read_text("utf-8")


async def test_the_transcript_is_what_the_bot_says(settings, clock):
    shown = re.search(r"```text\n(> .*?)```", README, re.DOTALL)[1]
    messages = re.findall(r"^> (.*)$", shown, re.MULTILINE)
    out = io.StringIO()
    settings = dataclasses.replace(settings, contact="Sanne (cop@example.nl)")
    async with (
        app.build(settings, clock=clock) as application,
        web.listening(application, "127.0.0.1", 0) as url,
    ):
        status = await chat.talk(url, io.StringIO("\n".join(messages) + "\n"), out)

    assert (status, out.getvalue().strip()) == (0, shown.strip())


def test_every_file_that_is_linked_exists():
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"app\.py (\w+)", README))
    targets = set(re.findall(r"make (\w+)", README))
    usage = run_app("--help").stdout
    rules = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert {name for name in named if name not in usage} == set()
    assert targets - rules == set()
