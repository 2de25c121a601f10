"""The grammar of reminder wishes as a table: what was said, the state before it, and the state after it.

Anybody can add a line to `wishes.tsv`. Its columns:

about     what our last card was about: `reminders`, `pause`, or nothing
before    `off`, `on` (the leads of the series), or leads such as `7d 1d`; a pause behind it as
          `pause 2027-07-01..2027-09-01`, without its first day where it has begun
message   what the member says, on Wednesday 25 November 2026
after     the state, as `before`; or `asks`, `nothing` (it is no wish of the reminders), or
          `says KEY`: the state stays, and the text `wishes.KEY` or `pause.KEY` is said
"""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.conversations import Conversations
from bot.store.database import open_database
from dialogs.values import ConversationState, LastExchange, Message, PendingQuestion
from dialogs.wishes import turn
from tests.support import ROOT
from tests.support.reminders import address, calendar, context_of
from tests.support.wishes import changes_to, in_words

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
CONTEXT = context_of(calendar())
TABLE = ROOT / "tests" / "wishes" / "wishes.tsv"
ABOUT = {"": None, "reminders": "reminders", "pause": "pause-until"}
FIRST, *ROWS = csv.reader(
    TABLE.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("wishes") / "bot.sqlite3")
    yield Conversations(database)
    database.close()


def usual(state):
    """The leads of the series are the same, whether they were chosen or not."""
    return state.replace("7d 1d 1h", "on")


def play(store, name, about, before, message):
    """Say a message in a conversation of its own; the reply and the state after it."""
    where = address(name)
    store.state(where, NOW)
    store.apply(where, changes_to(before), NOW)
    kind = ABOUT[about]
    pending = PendingQuestion(kind, "nl") if kind else None
    kept = store.state(where, NOW).subscription
    state = ConversationState(subscription=kept, last=LastExchange(pending=pending, at=NOW))
    reply = turn.answer(CONTEXT, Message(text=message, at=NOW), state)
    if reply:
        store.apply(where, reply.changes, NOW + timedelta(seconds=1))
    return reply, in_words(store.state(where, NOW).subscription)


def test_the_table_is_whole():
    assert FIRST == ["about", "before", "message", "after"]
    assert len(ROWS) >= 250
    assert [row for row in ROWS if len(row) != len(FIRST) or row[0] not in ABOUT] == []
    assert len({tuple(row[:3]) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("about", "before", "message", "after"), ROWS, ids=[f"{r[0]}: {r[2]}".strip(": ") for r in ROWS]
)
def test_a_wish_does_what_was_said_and_nothing_else(store, about, before, message, after):
    reply, state = play(store, f"{about}{before}{message}", about, before, message)

    if after == "nothing":
        assert reply is None
    elif after == "asks":
        assert (reply.changes, usual(state)) == ((), usual(before))
        assert reply.card.choices
    elif after.startswith("says "):
        assert (reply.changes, usual(state)) == ((), usual(before))
        key = after.removeprefix("says ")
        section = "pause" if key == "was_not" else "wishes"
        text = CONTEXT.texts.get("nl", f"{section}.{key}", Who="Je", max=5, days=60)
        assert text in reply.card.text
    else:
        assert usual(state) == usual(after)
        assert reply.changes
