"""What is kept of a conversation, for whom, and what is forgotten."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.store.conversations import Conversations
from bot.store.database import open_database
from dialogs.changes import ChooseLanguage, ForgetMe, Pause, Subscribe, Unsubscribe
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def database(path):
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def store(database):
    return Conversations(database)


def kept(database):
    return sorted(row["id"] for row in database.query("select id from conversations"))


def test_one_person_with_two_conversations_keeps_both(store, database):
    for name in ("a:phone", "a:desk"):
        where = address(name, user_id="29:anna")
        store.state(where, NOW)
        store.apply(where, (Subscribe(),), NOW)
    store.apply(address("a:phone", user_id="29:anna"), (Unsubscribe(),), NOW)

    assert kept(database) == ["a:desk", "a:phone"]
    assert store.state(address("a:desk", user_id="29:anna"), NOW).subscription.active
    assert not store.state(address("a:phone", user_id="29:anna"), NOW).subscription.active


def test_forget_me_removes_every_conversation_of_that_member_and_no_other(store, database):
    for name, member in (("a:1", "29:anna"), ("a:2", "29:anna"), ("a:3", "29:bram")):
        store.state(address(name, user_id=member), NOW)
    store.state(address("19:x", place="channel", user_id="29:anna"), NOW)

    store.apply(address("a:1", user_id="29:anna"), (ForgetMe(),), NOW)

    assert kept(database) == ["19:x", "a:3"]
    text = "\n".join(database.conn.iterdump())
    assert "29:anna" not in text


def test_who_speaks_in_a_channel_is_not_kept(store, database):
    where = address(
        "19:x;messageid=1", place="channel", user_id="29:anna", aad_object_id="guid", team_id="19:t"
    )
    store.state(where, NOW)

    text = "\n".join(database.conn.iterdump())
    assert kept(database) == ["19:x"]
    assert not [word for word in ("29:anna", "guid", "messageid") if word in text]


def test_every_activity_refreshes_the_address_and_writes_only_what_is_new(store, database):
    store.state(address("a:anna"), NOW)
    before = database.conn.total_changes
    store.state(address("a:anna"), NOW)
    assert database.conn.total_changes == before

    store.refresh(address("a:anna", service_url="https://smba.trafficmanager.net/amer/"), NOW)
    store.refresh(address("a:nobody"), NOW)

    assert kept(database) == ["a:anna"]
    assert "amer" in next(database.query("select address from conversations"))["address"]


def test_a_removal_from_a_team_forgets_all_its_channels(store, database):
    for name, team in (("19:a", "19:t"), ("19:b", "19:t"), ("19:c", "19:other")):
        where = address(name, place="channel", team_id=team)
        store.state(where, NOW)
        store.apply(where, (Subscribe(),), NOW)

    store.remove(address("19:t", place="channel", team_id="19:t"))

    assert kept(database) == ["19:c"]
    assert [
        r["conversation"] for r in database.query("select conversation from subscriptions")
    ] == ["19:c"]


def test_a_change_that_nobody_carries_out_is_no_success(store, database):
    @dataclass(frozen=True)
    class Unheard:
        """A change that a dialog may decide one day."""

    store.state(address("a:anna"), NOW)

    with pytest.raises(AssertionError, match="Unheard"):
        store.apply(address("a:anna"), (ChooseLanguage("en"), Unheard()), NOW)

    assert store.state(address("a:anna"), NOW).language is None


def test_all_of_a_command_is_kept_or_nothing(store, database):
    store.state(address("a:anna"), NOW)

    with pytest.raises(AttributeError):
        store.apply(address("a:anna"), (ChooseLanguage("en"), Pause(None)), NOW)

    known = store.state(address("a:anna"), NOW)
    assert (known.language, known.subscription) == (None, None)
