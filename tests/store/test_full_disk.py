"""A disk that is full: nothing is sent whose record might not be written, and what was sent is recorded."""

import subprocess
import time
from datetime import UTC, datetime

import pytest

from bot.reminders.planning import plan, still_due
from bot.silence import Silence
from bot.store.conversations import Conversations
from bot.store.database import connect_to_write, health
from bot.store.reserve import MARGIN, SIZE, STEP, Reserve
from bot.store.watch import NoRoomError
from bot.store.write_behind import WriteBehind
from dialogs.changes import Unsubscribe
from tests.support.clock import Clock
from tests.support.fanout import WAIT, Fanout
from tests.support.process import ready
from tests.support.reminders import ReminderProcess, address, at, calendar

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DUE = at("2026-12-01 10:00")
UNDER_WAY = 64


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own, with room for the database, what was learned, and little more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = f"size={SIZE + MARGIN + 40_000_000}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Take every byte that is left; the file that takes it."""
    filler = folder / "log of somebody else"
    with filler.open("ab", buffering=0) as file:
        for size in (1_000_000, 4_096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
    return filler


@pytest.fixture
def process(small_disk):
    one = ReminderProcess(small_disk / "bot.sqlite3", Clock(at("2026-11-25 12:00")), calendar())
    for number in range(UNDER_WAY):
        one.subscribe(f"m{number:02}")
    plan(one.calendar, one.plans, DUE)
    one.lease.hold()
    yield one
    one.close()


def claim(process):
    return process.outbox.claim(DUE, lambda row: still_due(process.calendar, row, DUE), due_by=DUE)


def test_nothing_is_claimed_while_the_disk_is_full_and_it_goes_on_when_there_is_room(process):
    assert health(process.reminders).ok
    filler = fill(process.path.parent)

    with pytest.raises(NoRoomError):
        claim(process)
    assert not health(process.reminders).ok
    assert "nothing is sent" in health(process.reminders).detail

    filler.unlink()
    assert claim(process)
    assert health(process.reminders).ok


def test_all_that_is_under_way_is_recorded_on_a_disk_without_a_byte_left(process):
    rows = [claim(process) for _ in range(UNDER_WAY)]
    fill(process.path.parent)

    for number, row in enumerate(rows):
        process.outbox.mark_sent(row, activity=f"activity-{number:030}", thread="", now=DUE)
        fill(process.path.parent)

    assert process.rows("state") == [("sent",)] * UNDER_WAY
    with pytest.raises(NoRoomError):
        claim(process)


def test_a_stop_is_recorded_on_a_disk_without_a_byte_left(process):
    claim(process)
    fill(process.path.parent)
    writing = connect_to_write(process.path)
    behind = WriteBehind(process.conversations, lambda: Conversations(writing), Silence())

    behind.apply(address("m07"), (Unsubscribe(),), NOW)

    behind.close()
    writing.close()
    assert not process.conversations.state(address("m07"), NOW).subscription.active


def test_what_cannot_be_reserved_takes_nothing(small_disk):
    reserve = Reserve(small_disk / "bot.sqlite3")
    filler = fill(small_disk)
    with pytest.raises(OSError, match="space"):
        reserve.fill()
    assert list(small_disk.iterdir()) == [filler]
    filler.unlink()

    reserve.fill()
    (file,) = small_disk.iterdir()
    assert (file.stat().st_size, file.stat().st_mode & 0o777) == (SIZE, 0o600)
    for _ in range(SIZE // STEP):
        assert reserve.give()
    assert not reserve.give()


@pytest.mark.slow
def test_a_fan_out_over_a_disk_that_fills_up_sends_nobody_twice(small_disk, microsoft):
    """Also where the process is killed while the disk is full still."""
    fanout = Fanout(small_disk, microsoft, 120)
    microsoft.delay = 0.5
    first = fanout.start_bot().wait()
    assert fanout.wait_for(20)
    filler = fill(small_disk)
    until(lambda: "nothing is sent" in ready(first.url)[1]["store"])
    until(lambda: not sending(fanout))
    first.process.kill()
    first.process.wait()
    assert set(fanout.arrived.values()) == {1}
    filler.unlink()

    second = fanout.start_bot()
    while len(fanout.arrived) < 120 and fanout.wait_for(1):
        pass
    until(lambda: not sending(fanout))
    second.process.kill()
    second.process.wait()
    assert sorted(fanout.arrived) == fanout.names
    assert set(fanout.arrived.values()) == {1}


def sending(fanout):
    return [state for (state,) in fanout.rows("state") if state == "sending"]


def until(condition):
    end = time.monotonic() + WAIT
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()
