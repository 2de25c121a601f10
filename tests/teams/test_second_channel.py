"""The seam: what a move to another SDK would touch, and that all the rest does not know of it."""

import ast
import re
import subprocess
import sys

import pytest

from tests.support import ROOT
from tests.support.channel import ANNA, housed_in_memory
from tests.support.source import imports, sources

SDK = ("botbuilder", "botframework", "msrest", "azure")
DOOR = "bot/teams/sdk.py"
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

    assert touches == {DOOR}
    assert knows == {"app.py"}


def test_all_the_rest_works_without_the_sdk_installed():
    names = [
        path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sources()
        if path not in (DOOR, "app.py")
    ]
    found = subprocess.run(
        [sys.executable, "-c", BLOCKED, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (found.stdout, found.stderr) == ("fine\n", "")


def test_the_door_itself_would_be_missed():
    found = subprocess.run(
        [sys.executable, "-c", BLOCKED, "bot.teams.sdk"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "the SDK is gone: botbuilder" in found.stderr


def test_the_document_lists_what_a_move_would_touch():
    page = (ROOT / "docs" / "sdk.md").read_text("utf-8")
    listed = re.search(r"<!-- touched -->(.*?)<!-- /touched -->", page, re.DOTALL)[1]

    assert set(re.findall(r"`((?:bot/|app)[\w./]*\.py)`", listed)) == {DOOR, "app.py"}


def test_app_takes_two_things_from_the_door():
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "teams"
    }

    assert used == {"RULES", "understand"}


@pytest.fixture
def talk(resting, tmp_path, clock):
    with housed_in_memory(resting, tmp_path, clock) as found:
        yield found


async def test_a_conversation_through_another_channel(talk):
    """The same desk, store and turns; no activity, no connector, no HTTP."""
    await talk.happens("installed")
    for said in ("help", "aanmelden", "mijn abonnement", "stop"):
        await talk.say(said)
    await talk.happens("removed")

    assert talk.channel.how == ["reply"] * 5
    assert len({card.title for card in talk.channel.cards}) == 5
    assert {address for _, address, _ in talk.channel.sent} == {ANNA}
