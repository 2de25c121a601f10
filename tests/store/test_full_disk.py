"""A disk that is nearly full: nothing is claimed whose record might not be written."""

import subprocess
import time
from datetime import UTC, datetime

import pytest

from bot.store.database import health, open_database
from bot.store.lease import Lease
from bot.store.outbox import Outbox
from bot.store.stillness import Stillness
from bot.store.watch import ROOM, NoRoomError

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own, with room for the database and little more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = ROOM + 2_000_000
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False
    )
    if mounted.returncode:
        pytest.skip("a file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def lease_of(database):
    lease = Lease(database, "1", is_dead=lambda _: False, stillness=Stillness(time.monotonic, 60.0))
    lease.hold()
    return lease


def test_nothing_is_claimed_while_the_disk_is_full_and_it_goes_on_when_there_is_room(small_disk):
    database = open_database(small_disk / "bot.sqlite3")
    outbox = Outbox(database, lease_of(database))
    assert outbox.claim(NOW, pytest.fail, due_by=NOW) is None
    assert health(database).ok
    filler = small_disk / "log of somebody else"
    filler.write_bytes(bytes(3_000_000))

    with pytest.raises(NoRoomError):
        outbox.claim(NOW, pytest.fail, due_by=NOW)
    assert "nothing is sent" in health(database).detail
    assert not health(database).ok

    filler.unlink()
    assert outbox.claim(NOW, pytest.fail, due_by=NOW) is None
    assert health(database).ok
    database.close()
