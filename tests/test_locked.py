"""The real process, while another program holds the database's lock for twelve seconds."""

import contextlib
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import open_database
from tests.support.content import write_content
from tests.support.process import ask, served
from tests.support.reminders import one_meeting, subscribe_all

HELD_SECONDS = 12.0


def active(path):
    database = open_database(path)
    rows = {
        row["conversation"]: row["active"] for row in database.query("select * from subscriptions")
    }
    database.close()
    return rows


@pytest.mark.slow
def test_a_stop_that_was_received_holds_and_a_question_is_answered(tmp_path, microsoft):
    path = tmp_path / "bot.sqlite3"
    starts = datetime.now(UTC) + timedelta(minutes=60, seconds=12)
    content = write_content(
        tmp_path / "content", meetings=one_meeting(starts), learned=tmp_path / "learned"
    )
    subscribe_all(path, microsoft.url, ["a:anna", "a:bram"])

    with served(path, content) as bot:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            began = time.monotonic()
            stopped = ask(bot.url, microsoft.url, "stop")
            took_stop = time.monotonic() - began
            began = time.monotonic()
            answered = ask(bot.url, microsoft.url, "Hoe lang is een certificaat geldig?")
            took_question = time.monotonic() - began
            time.sleep(max(HELD_SECONDS - took_stop - took_question, 0))
            other.execute("rollback")
        until = time.monotonic() + 30
        while len(microsoft.cards()) < 1 and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(2)

    assert "stuur ik geen herinneringen" in stopped
    assert "Drie jaar." in answered
    assert took_stop < 4
    assert took_question < 2
    reached = [path for _, path, body, _ in microsoft.sent if body.get("attachments")]
    assert [path.split("/")[3].replace("%3A", ":") for path in reached] == ["a:bram"]
    assert active(path) == {"a:anna": 0, "a:bram": 1}
