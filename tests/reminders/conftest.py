"""One process of the bot, on a database of its own, on a day before every meeting."""

import pytest

from tests.support.clock import Clock
from tests.support.reminders import ReminderProcess, at, calendar


@pytest.fixture
def clock():
    return Clock(at("2026-11-25 12:00"))


@pytest.fixture
def process(tmp_path, clock):
    one = ReminderProcess(tmp_path / "bot.sqlite3", clock, calendar())
    yield one
    one.close()
