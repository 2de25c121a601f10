"""The seam: what a move to another SDK would touch, and that all the rest does not know of it."""

import ast
import re
import subprocess
import sys
from inspect import signature

import pytest

from bot.channel import Channel
from tests.support import ROOT
from tests.support.channel import ANNA, MemoryChannel, bot_in_memory
from tests.support.source import imports, sources

SDK = ("botbuilder", "botframework", "msrest", "azure")
SDK_MODULE = "bot/teams/sdk.py"
COMPOSITION = "bot/cli/host.py"
"""Builds the objects; `app.py` imports it."""
BLOCKED = f"""
import importlib, sys

class NoSdk:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {SDK!r}:
            raise ImportError("the SDK is gone: " + name)

sys.meta_path.insert(0, NoSdk())
for name in sys.argv[1:]:
    importlib.import_module(name)
print("fine")
"""


def test_one_module_imports_the_sdk_and_one_line_imports_that():
    touches = {p for p, s in sources().items() if {n.split(".")[0] for n in imports(s)} & {*SDK}}
    knows = {p for p, s in sources().items() if "bot.teams.sdk" in set(imports(s))}

    assert touches == {SDK_MODULE}
    assert knows == {COMPOSITION}


NEUTRAL = re.compile(r"bot/(\w+|(store|reminders|content)/\w+)\.py")


def test_what_is_no_channel_knows_no_channel():
    """The store knows neither a channel nor who handles events."""
    knows = {
        path
        for path, source in sources().items()
        if NEUTRAL.fullmatch(path) and any(name.startswith("bot.teams") for name in imports(source))
    }
    store_knows = {
        name
        for path, source in sources().items()
        if path.startswith("bot/store/")
        for name in imports(source)
        if name.startswith(("bot.handler", "bot.turns"))
    }

    assert (knows, store_knows) == (set(), set())


def test_all_the_rest_works_without_the_sdk_installed():
    names = [
        path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sources()
        if path not in (SDK_MODULE, COMPOSITION, "app.py")
    ]
    result = subprocess.run(
        [sys.executable, "-c", BLOCKED, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.stdout, result.stderr) == ("fine\n", "")


def test_the_module_itself_would_be_missed():
    result = subprocess.run(
        [sys.executable, "-c", BLOCKED, "bot.teams.sdk"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "the SDK is gone: botbuilder" in result.stderr


def test_the_document_lists_what_a_move_would_touch():
    page = (ROOT / "docs" / "sdk.md").read_text("utf-8")
    listed = re.search(r"<!-- touched -->(.*?)<!-- /touched -->", page, re.DOTALL)[1]

    assert set(re.findall(r"`((?:bot/|app)[\w./]*\.py)`", listed)) == {SDK_MODULE, COMPOSITION}


def test_the_composition_takes_two_things_from_the_sdk():
    tree = ast.parse((ROOT / COMPOSITION).read_text("utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "teams"
    }

    assert used == {"RULES", "to_incoming"}


def test_the_channel_in_memory_has_the_methods_of_a_channel():
    methods = {name: method for name, method in vars(Channel).items() if callable(method)}
    methods = {name: method for name, method in methods.items() if not name.startswith("_")}

    assert "send" in methods
    for name, method in methods.items():
        assert signature(getattr(MemoryChannel, name)) == signature(method), name


@pytest.fixture
def conversation(context_without_content, tmp_path, clock):
    with bot_in_memory(context_without_content, tmp_path, clock) as memory_talk:
        yield memory_talk


async def test_a_conversation_through_another_channel(conversation):
    """The same handler, store and turns; no activity, no connector, no HTTP."""
    await conversation.happens("installed")
    for text in ("help", "aanmelden", "mijn abonnement", "stop"):
        await conversation.say(text)
    await conversation.happens("removed")

    assert conversation.channel.how == ["reply"] * 5
    assert len({card.title for card in conversation.channel.cards}) == 5
    assert {address for _, address, _ in conversation.channel.calls} == {ANNA}
