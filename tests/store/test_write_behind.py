"""The store as turns use it, while another connection holds the database's lock: reads at once, and a stop holds."""

import contextlib
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.silence import Silence
from bot.store.conversations import Conversations
from bot.store.database import connect_to_write, open_database
from bot.store.errors import StoreUnavailableError
from bot.store.write_behind import WAIT_SECONDS, WriteBehind
from dialogs.changes import ForgetMe, KeepUnanswered, Pause, Subscribe, Unsubscribe
from tests.support.reminders import address

ANNA = address("anna")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def silence():
    return Silence()


@pytest.fixture
def store(path, silence):
    reading = open_database(path)
    writing = connect_to_write(path)
    behind = WriteBehind(Conversations(reading), lambda: Conversations(writing), silence)
    yield behind
    behind.close()
    for database in (reading, writing):
        database.close()


@contextlib.contextmanager
def locked(path):
    """Somebody else writes, and takes their time."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        try:
            yield
        finally:
            other.execute("rollback")


def soon(condition, seconds=10.0):
    """Whether this is so within some seconds."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def timed(work):
    began = time.monotonic()
    with contextlib.suppress(StoreUnavailableError):
        work()
    return time.monotonic() - began


def subscription(store, clock, where=ANNA):
    return store.state(where, clock()).subscription


def test_who_subscribes_finds_it_in_the_next_turn(store, clock):
    store.state(ANNA, clock())
    store.apply(ANNA, (Subscribe(),), clock())

    assert subscription(store, clock).active


def test_a_plain_question_waits_for_nobody_who_writes(store, path, clock):
    with locked(path):
        first = timed(lambda: store.state(address("new"), clock()))
        kept = timed(lambda: store.apply(ANNA, (KeepUnanswered("blorp"),), clock()))

    assert max(first, kept) < 0.3


@pytest.mark.parametrize(
    "change", [Unsubscribe(), ForgetMe(), "pause"], ids=["stop", "forget me", "pause"]
)
def test_who_silences_the_bot_is_held_to_at_once_and_written_as_soon_as_it_can_be(
    store, path, clock, silence, change
):
    if change == "pause":
        change = Pause(clock() + timedelta(days=3))
    store.apply(ANNA, (Subscribe(),), clock())
    with locked(path):
        with pytest.raises(StoreUnavailableError):
            store.apply(ANNA, (change,), clock())
        assert silence.forbids("anna", clock(), correction=False)

    def written():
        known = subscription(store, clock)
        return known is None or not known.active or known.paused_until is not None

    assert soon(written)
    assert silence.forbids("anna", clock(), correction=False)


def test_what_was_told_not_to_be_recorded_is_not_recorded_later(store, path, clock):
    with locked(path), pytest.raises(StoreUnavailableError):
        store.apply(ANNA, (Subscribe(),), clock())

    def bram_too():
        with contextlib.suppress(StoreUnavailableError):
            store.apply(address("bram"), (Subscribe(),), clock())
            return True

    assert soon(bram_too)
    assert subscription(store, clock) is None


def test_nobody_waits_long_and_the_next_does_not_wait_at_all(store, path, clock):
    with locked(path):
        first = timed(lambda: store.apply(ANNA, (Subscribe(),), clock()))
        others = [
            timed(lambda n=n: store.apply(address(f"m{n}"), (Unsubscribe(),), clock()))
            for n in range(5)
        ]

    assert first < WAIT_SECONDS + 1.5
    assert sum(others) < 2.0


def test_a_short_lock_is_waited_for(store, path, clock):
    with ThreadPoolExecutor(1) as pool:
        with locked(path):
            applying = pool.submit(store.apply, ANNA, (Subscribe(),), clock())
            time.sleep(0.3)
        applying.result(10)

    assert subscription(store, clock).active


def test_who_wants_reminders_again_is_no_longer_silenced(store, clock, silence):
    for change in (Subscribe(), Unsubscribe(), Subscribe()):
        store.apply(ANNA, (change,), clock())

    assert not silence.forbids("anna", clock(), correction=False)


def test_a_pause_that_begins_later_silences_nobody_yet(store, clock, silence):
    later = Pause(clock() + timedelta(days=9), clock() + timedelta(days=2))
    store.apply(ANNA, (later,), clock())

    assert not silence.forbids("anna", clock(), correction=False)


def test_a_pause_lets_a_correction_pass_and_ends(store, clock, silence):
    store.apply(ANNA, (Pause(clock() + timedelta(minutes=2)),), clock())

    assert not silence.forbids("anna", clock(), correction=True)
    assert silence.forbids("anna", clock(), correction=False)
    clock.move(minutes=2)
    assert not silence.forbids("anna", clock(), correction=False)


def test_what_is_recorded_is_let_go_and_what_is_not_is_kept(clock):
    silence = Silence()
    for name in ("recorded", "not recorded"):
        silence.note(name, (Unsubscribe(),), clock())
    silence.recorded("recorded", (Unsubscribe(),), clock())
    clock.move(hours=1)
    silence.recorded("somebody", (), clock())

    assert not silence.forbids("recorded", clock(), correction=True), "the store says it now"
    assert silence.forbids("not recorded", clock(), correction=True)


def test_a_stop_is_written_at_the_end_of_the_process(path, clock):
    reading, writing = open_database(path), connect_to_write(path)
    behind = WriteBehind(Conversations(reading), lambda: Conversations(writing), Silence())
    behind.apply(ANNA, (Subscribe(),), clock())
    with locked(path), contextlib.suppress(StoreUnavailableError):
        behind.apply(ANNA, (Unsubscribe(),), clock())
    behind.close()

    assert not Conversations(reading).state(ANNA, clock()).subscription.active
    for database in (reading, writing):
        database.close()
