"""The codes of the outbox: each has words in both languages, and whatever a channel says is one of them."""

import sqlite3

import pytest

from bot.channel import GoneReason
from bot.reminders.planning import plan
from bot.reminders.recording import ENDED_BECAUSE
from bot.store.values import NEXT_STATES, Kind, Reason, State, label
from dialogs.conversation import respond
from dialogs.values import ConversationState, Message
from tests.support.clock import Clock
from tests.support.content import texts
from tests.support.reminders import ReminderProcess, at, calendar, context_of


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_and_state_has_words(language):
    keys = {f"reason.{reason}" for reason in Reason} | {f"state.{state}" for state in State}

    assert {key for key in texts().keys(language) if key.startswith(("reason.", "state."))} == keys
    assert all(texts().get(language, key) for key in keys)


def test_whatever_says_that_nobody_is_there_is_a_reason():
    assert set(ENDED_BECAUSE) == set(GoneReason)


@pytest.mark.parametrize(
    ("kind", "number", "moment", "text"),
    [
        (Kind.REMINDER, 10080, "", "7d"),
        (Kind.REMINDER, 60, "2026-12-15T11:00", "1h 2026-12-15T11:00"),
        (Kind.CORRECTION, 2, "", "change 2"),
    ],
)
def test_a_row_in_short(kind, number, moment, text):
    assert label(kind, number, moment) == text


@pytest.mark.parametrize("reason", [Reason.STOP, Reason.BLOCKED])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_member_reads_a_reason_in_words(language, reason):
    state = ConversationState(language=language, stored=(("ended_because", reason),))
    message = Message(text="mijn gegevens", at=at("2026-11-25 12:00"))

    reply = respond(context_of(calendar()), message, state)

    assert texts().get(language, f"reason.{reason}") in reply.card.text


def test_every_state_says_where_a_row_may_go():
    assert set(NEXT_STATES) == set(State)


@pytest.mark.parametrize(("before", "after"), [("sent", "planned"), ("failed", "sending")])
def test_the_tests_of_reminders_see_a_step_that_is_not_allowed(path, before, after):
    process = ReminderProcess(path, Clock(at("2026-12-01 10:00")), calendar())
    process.subscribe("anna")
    plan(process.calendar, process.plans, at("2026-12-01 10:00"))
    process.lease.hold()
    process.database.execute("update outbox set claimed_by = ?", [process.worker_id])
    for state in (State.SENDING, before):
        process.database.execute("update outbox set state = ?", [state])

    with pytest.raises(sqlite3.IntegrityError, match="no such step"):
        process.database.execute("update outbox set state = ?", [after])
    process.database.conn.rollback()
    process.close()
