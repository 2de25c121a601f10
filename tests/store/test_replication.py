"""Litestream copies the database of a running bot elsewhere, with the shipped settings; the real tool."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tests.store.older_databases import rows_of
from tests.support import ROOT
from tests.support.content import write_content
from tests.support.process import ask, ready, run_app, served, started

SHIPPED = ROOT / "deploy" / "litestream.example.yaml"
NOBODY = "http://127.0.0.1:9/"
ANNA = b"29:anna"


@pytest.fixture(scope="module")
def litestream():
    beside = Path(sys.executable).with_name("litestream")
    tool = os.environ.get("LITESTREAM") or shutil.which("litestream")
    if not (beside.exists() or tool):
        pytest.skip("litestream is not installed (requirements-dev.txt has it)")
    return str(beside) if beside.exists() else tool


class Replica:
    """A copy of the database at `path`, by the shipped settings with the folders of a test."""

    def __init__(self, tool, path, **settings):
        self.tool, self.path, self.folder = tool, path, path.parent.parent / "elsewhere"
        shipped = yaml.safe_load(SHIPPED.read_text("utf-8")) | settings
        (database,) = shipped["dbs"]
        database["path"] = str(path)
        database["replica"] |= {"path": str(self.folder)}
        self.config = path.parent.parent / "litestream.yml"
        self.config.write_text(yaml.safe_dump(shipped), "utf-8")

    def started(self):
        return started(self.tool, "replicate", "-config", self.config)

    def restored(self, to):
        """The copy as a file; None where there is nothing yet."""
        command = [self.tool, "restore", "-config", self.config, "-force", "-o", to, self.path]
        done = subprocess.run(command, capture_output=True, timeout=30, check=False)
        return to if done.returncode == 0 else None

    def subscribed(self, to):
        copy = self.restored(to)
        return copy and rows_of(copy, "select * from subscriptions where active = 1")


def wait_until(condition, seconds=60.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def holding(word, folder):
    """The files that hold these bytes; they come and go meanwhile."""
    holds = []
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if file.is_file() and word in file.read_bytes():
                holds.append(file.name)
    return holds


@pytest.mark.slow
def test_a_machine_that_is_lost_goes_on_elsewhere_and_who_is_forgotten_is_gone_there_too(
    litestream, tmp_path
):
    content = write_content(tmp_path / "content")
    path = tmp_path / "machine" / "bot.sqlite3"
    path.parent.mkdir()
    copy, there = tmp_path / "copy.sqlite3", tmp_path / "new machine" / "bot.sqlite3"
    quickly = {
        "levels": [{"interval": "1s"}],
        "l0-retention": "1s",
        "l0-retention-check-interval": "1s",
        "snapshot": {"interval": "1s", "retention": "2s"},
    }
    replica = Replica(litestream, path, **quickly)
    with served(path, content, BACKUPS_KEPT="0") as bot, replica.started():
        ask(bot.url, NOBODY, "aanmelden")
        wait_until(lambda: replica.subscribed(copy))
        assert ready(bot.url)[1]["store"] == "ok"
        assert holding(ANNA, replica.folder) + holding(ANNA, path.parent)
        moved = shutil.copy(copy, tmp_path / "moved.sqlite3")

        ask(bot.url, NOBODY, "vergeet mij")
        ask(bot.url, NOBODY, "ja")
        copy.unlink()
        # Out of the file and SQLite's log at once, out of the copy when its retention is over.
        wait_until(lambda: not holding(ANNA, path.parent) + holding(ANNA, replica.folder))
    shutil.rmtree(path.parent)

    done = run_app("restore", moved, DATABASE_PATH=str(there))

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 conversations, 1 subscribed" in done.stdout
    with served(there, content) as bot:
        assert "De herinneringen staan aan" in ask(bot.url, NOBODY, "mijn abonnement")


def test_the_shipped_settings_and_unit_name_the_database_of_the_bot():
    unit = (ROOT / "deploy" / "ladderbot-litestream.service").read_text("utf-8")
    (database,) = yaml.safe_load(SHIPPED.read_text("utf-8"))["dbs"]
    of_bot = (ROOT / "deploy" / "ladderbot.service").read_text("utf-8")

    assert f"DATABASE_PATH={database['path']}\n" in of_bot
    assert f"ReadWritePaths=-{database['replica']['path']}\n" in unit
    assert "User=ladderbot\nStateDirectory=ladderbot\n" in unit
