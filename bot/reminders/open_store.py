"""What the reminders touch of the store: connections of their own, and the thread that may touch them."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.health import Health
from bot.reminders.threads import InThread, one_thread
from bot.settings import Settings
from bot.store.backup_cleaning import clean_backups
from bot.store.backups import look_after
from bot.store.confirmed import Confirmed
from bot.store.database import connect, health
from bot.store.edits import Edits
from bot.store.lease import Lease
from bot.store.occurrences import Occurrences
from bot.store.outbox import Outbox
from bot.store.pace import Pace
from bot.store.plans import Plans
from bot.store.processes import Processes
from bot.store.stillness import Stillness
from bot.store.tally import Tally
from bot.store.unanswered import Unanswered
from bot.store.undo import UndoLog
from bot.store.watch import WatchedDatabase

BEATS_MISSED = 3
PATIENCE_LEAST = 10.0
"""A process that missed so many beats, and so many seconds more, lost its right to send to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStore:
    """What the reminders touch of the store, open while the service runs."""

    in_thread: InThread
    processes: Processes
    lease: Lease
    outbox: Outbox
    edits: Edits
    pace: Pace
    plans: Plans
    confirmed: Confirmed
    occurrences: Occurrences
    unanswered: Unanswered
    undo: UndoLog
    health: Callable[[], Health]
    clean_backups: Callable[[], object]
    """Take who was forgotten a moment ago out of the backups."""
    look_after: Callable[[datetime], object]
    """Once a day: take what was removed out of the log, too, read the whole file, make a backup."""
    tally: Tally
    """By a connection of its own: reads beside what is written, so nobody waits."""


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[ReminderStore]:
    """Open it, beside a database that is open; on the way out let another process send."""
    path = settings.database_path
    with (
        closing(connect(path)) as database,
        closing(connect(path)) as reading,
        one_thread("reminders") as in_thread,
    ):
        processes = Processes(database, path, Stillness(time.monotonic, _patience(settings)))
        try:
            yield _store(settings, database, reading, in_thread, processes)
        finally:
            await in_thread(processes.close)


def _store(
    settings: Settings,
    database: WatchedDatabase,
    reading: WatchedDatabase,
    in_thread: InThread,
    processes: Processes,
) -> ReminderStore:
    path = settings.database_path
    stillness = Stillness(time.monotonic, _patience(settings))
    lease = Lease(database, processes.id, is_dead=processes.is_dead, stillness=stillness)
    return ReminderStore(
        in_thread=in_thread,
        processes=processes,
        lease=lease,
        outbox=Outbox(database, lease),
        edits=Edits(database, lease),
        pace=Pace(database),
        plans=Plans(database),
        confirmed=Confirmed(database),
        occurrences=Occurrences(database),
        unanswered=Unanswered(database),
        undo=UndoLog(database),
        health=lambda: health(database),
        clean_backups=lambda: clean_backups(database, path, daily=False),
        look_after=lambda now: _once_a_day(database, path, settings.backups_kept, now),
        tally=Tally(reading),
    )


def _patience(settings: Settings) -> float:
    """Seconds."""
    return BEATS_MISSED * settings.beat_seconds + PATIENCE_LEAST


def _once_a_day(database: WatchedDatabase, path: Path, kept: int, now: datetime) -> None:
    """Before a new backup is made, the earlier are looked through for what was forgotten since the last."""
    clean_backups(database, path, daily=True)
    look_after(database, path, kept, now)
