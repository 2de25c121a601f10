"""What people said of their reminders, through the whole bot: what is not understood may be asked, never done otherwise.

The lines are by two authors who knew what the bot can do, and saw neither its code nor its answers. Their columns:

before    `off`, `on` (a week, a day and an hour before), or leads such as `7d 1d`
message   what the member says, on Tuesday 24 November 2026
after     the leads, `off`, `pause FROM..UNTIL` with the first day on which they come again; `same`
          or `ask` where nothing may change
why       in a few words
"""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Incoming
from bot.handler import Handler
from bot.store.conversations import Conversations
from bot.store.database import open_database
from faq.meetings import lead_of
from tests.support import ROOT
from tests.support.reminders import address
from tests.support.wishes import changes_to, in_words

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FILES = sorted((ROOT / "tests" / "wishes").glob("said_*.tsv"))
RIGHT_MIN = 130
"""Of the 260 lines so many are done at once as they were meant; of the others nothing is done yet."""


def rows():
    for file in FILES:
        for row in csv.DictReader(
            file.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            yield row["before"], row["message"], row["after"]


def meant(state):
    """A state by what it means: leads of the same length are the same, and a pause from today has begun."""
    leads, _, pause = state.partition("pause")
    if leads.strip() == "off":
        return "off", ""
    sizes = {
        lead_of(name) for name in (leads.split() if leads.strip() not in ("", "on") else USUAL)
    }
    return frozenset(sizes), pause.strip().replace(f"{NOW.date()}..", "..")


USUAL = ("7d", "1d", "1h")


def wanted(before, after):
    if after in ("same", "ask"):
        return meant(before)
    return meant(
        f"{before if before != 'off' else 'on'} {after}" if after.startswith("pause") else after
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory, shipped_context):
    """(message, the state before, the state wanted, the state that came) of each line."""
    database = open_database(tmp_path_factory.mktemp("said") / "bot.sqlite3")
    conversations = Conversations(database)
    handler = Handler(lambda: shipped_context, conversations)
    lines = []
    for number, (before, message, after) in enumerate(rows()):
        where = address(f"said-{number}")
        conversations.state(where, NOW)
        conversations.apply(where, changes_to(before), NOW)
        at = NOW + timedelta(seconds=5)
        handler.handle(Incoming(event="message", address=where, at=at, text=message))
        came = meant(in_words(conversations.state(where, NOW).subscription))
        lines.append((message, meant(before), wanted(before, after), came))
    yield lines
    database.close()


def test_no_reminder_is_changed_against_a_wish(played):
    assert len(played) >= 250
    assert [line for line in played if line[3] not in (line[1], line[2])] == []


def test_half_of_what_is_said_is_done_at_once(played):
    assert sum(came == wish for _, _, wish, came in played) >= RIGHT_MIN
