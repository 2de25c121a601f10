"""The files: the database, its disk, and the organiser's content."""

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess

from bench.chaos.faults.process import moment
from bench.chaos.measure import Fault
from bot.store.reserve import MARGIN, SIZE

PAGE = 4096


async def locked(world, chance):
    """Another program holds the write lock for some seconds, once before the fan-out and once in it."""
    for _ in range(2):
        await moment(world, chance)
        with contextlib.closing(
            sqlite3.connect(world.path, isolation_level=None, timeout=5)
        ) as other:
            other.execute("begin immediate")
            await asyncio.sleep(chance.uniform(1, 9))
            other.execute("rollback")


async def deleted(world, chance):
    """The database, perhaps with what lies beside it, is moved away and put back after some seconds."""
    await moment(world, chance)
    files = [world.path]
    if chance.random() < 0.5:
        files += [world.path.with_name(world.path.name + end) for end in ("-wal", "-shm")]
    for file in files:
        file.rename(file.with_name(file.name + ".away"))
    await asyncio.sleep(chance.uniform(1, 4))
    for file in reversed(files):
        file.with_name(file.name + ".away").rename(file)


def replace(path):
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.replace(path)


def cut(path):
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)


def empty(path):
    os.truncate(path, 0)


def delete_all(path):
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def delete_log(path):
    path.with_name(path.name + "-wal").unlink()


def cut_log(path):
    log = path.with_name(path.name + "-wal")
    os.truncate(log, log.stat().st_size // 2)


def overwrite(path):
    """In a process of its own: closing the file here would let go of SQLite's locks on it."""
    command = ["dd", "if=/dev/urandom", f"of={path}", "bs=4096", "count=400", "conv=notrunc"]
    subprocess.run(command, check=True, capture_output=True)


async def lost(world, chance):
    """The database is spoiled before the reminder is due; an operator puts back a copy, as `/readyz` says."""
    copy = world.path.with_name("copy of an operator")
    with (
        contextlib.closing(sqlite3.connect(world.path)) as now,
        contextlib.closing(sqlite3.connect(copy)) as kept,
    ):
        now.backup(kept)
    chance.choice((replace, cut, empty, delete_all, overwrite, delete_log, cut_log))(world.path)
    for _ in range(60):
        status, _ = await world.ready()
        if status == 503:
            break
        await asyncio.sleep(0.1)
    assert status == 503, "it is not noticed"
    world.by_hand = True
    await world.end(how=signal.SIGTERM)
    for file in world.path.parent.glob(world.path.name + "*"):
        file.unlink()
    copy.rename(world.path)
    await world.start()


async def full(world, chance):
    """Somebody else fills the disk in the fan-out, and makes room again."""
    await moment(world, chance)
    free = shutil.disk_usage(world.data).free
    filler = world.data / "log of somebody else"
    with contextlib.suppress(OSError):
        filler.write_bytes(bytes(max(0, free - chance.choice((0, 20_000, 500_000, MARGIN, SIZE)))))
    await asyncio.sleep(chance.uniform(1, 5))
    filler.unlink()


def spoil(file, chance):
    """What an editor, a copy that was cut off or an accident makes of a file."""
    was = file.read_bytes()
    choice = chance.randrange(6)
    if choice == 0:
        file.unlink()
    elif choice == 1:
        file.write_bytes(was[: chance.randrange(len(was))])
    elif choice == 2:
        file.write_bytes(bytes(chance.randrange(256) for _ in range(len(was))))
    elif choice == 3:
        file.unlink()
        os.mkfifo(file)
    elif choice == 4:
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(b"")
    return was


async def content(world, chance):
    """A file of the content is spoiled, and put right after some seconds."""
    await moment(world, chance)
    for _ in range(2):
        file = chance.choice((world.content / "meetings.toml", world.content / "faq" / "een.toml"))
        was = spoil(file, chance)
        await asyncio.sleep(chance.uniform(0.5, 3))
        if file.is_dir():
            file.rmdir()
        else:
            file.unlink(missing_ok=True)
        file.write_bytes(was)


async def content_at_the_start(world, chance):
    """It is killed while a file of the content is spoiled, starts, and the file is put right later."""
    await moment(world, chance)
    file = chance.choice((world.content / "meetings.toml", world.content / "faq" / "een.toml"))
    was = spoil(file, chance)
    await asyncio.sleep(chance.uniform(0, 1.5))
    await world.end()
    await world.start()
    await asyncio.sleep(chance.uniform(0.5, 2))
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink(missing_ok=True)
    file.write_bytes(was)


FAULTS = [
    Fault("the write lock held, twice 1-9 s", locked, 12, 90),
    Fault("the database moved away, and put back", deleted, 10, 60),
    Fault("the database spoiled; a copy put back by hand", lost, 10, 60, stops=0, due_in=12.0),
    Fault("the disk full in the fan-out", full, 12, 60, options={"small_disk": True}),
    Fault("files of the content spoiled, and put right", content, 12, 60),
    Fault("killed, and started with spoiled content", content_at_the_start, 8, 90),
]
