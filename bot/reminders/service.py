"""All that goes out by itself, with a thread and connections of its own.

Planning, claiming and recording a fan-out never stand in the way of somebody who asks a question.
"""

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channel import Channel
from bot.clock import Clock
from bot.figures import Figure
from bot.health import Health
from bot.page import Page
from bot.rate_limit import RateLimiter
from bot.reminders.backpressure import Backpressure
from bot.reminders.beat import ReminderBeat
from bot.reminders.cleaning import Cleaning
from bot.reminders.delivery import Delivery
from bot.reminders.edits import CardEdits
from bot.reminders.feed import Feed
from bot.reminders.figures import ReminderFigures
from bot.reminders.holding import Holding
from bot.reminders.pause import SharedPause
from bot.reminders.sender import Sender
from bot.reminders.threads import InThread, one_thread
from bot.retry import RetryPolicy
from bot.settings import Settings
from bot.silence import Silence
from bot.store.backups import look_after
from bot.store.confirmed import Confirmed
from bot.store.database import connect, health
from bot.store.edits import Edits
from bot.store.occurrences import Occurrences
from bot.store.outbox import Outbox
from bot.store.pace import Pace
from bot.store.plans import Plans
from bot.store.processes import Processes
from bot.store.tally import Tally
from bot.store.unanswered import Unanswered
from bot.store.undo import UndoLog
from dialogs.context import Context
from dialogs.values import UNDO_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderService:
    """What the host asks of the reminders; each part is made in `reminder_service`."""

    beat: Callable[[], Awaitable[None]]
    """Plan what is due and see to it that it is being sent."""
    clean: Callable[[], Awaitable[None]]
    """Once a day, remove what has been kept long enough."""
    feed: Callable[[], Awaitable[Page | None]]
    """The page `/bijeenkomsten.ics`."""
    figures: Callable[[], list[Figure]]
    """What `/metrics` shows of them."""
    health: Callable[[], Awaitable[Health]]
    """Whether the store can be written."""
    sending: Callable[[], Health]
    """Whether what is sent arrives."""
    stop: Callable[[], Coroutine[Any, Any, None]]
    """Begin nothing more; wait a while for what is under way."""


@asynccontextmanager
async def reminder_service(
    settings: Settings,
    *,
    channel: Channel,
    limiter: RateLimiter,
    silence: Silence,
    context: Callable[[], Context],
    clock: Clock,
    on_result: Callable[[str], None],
) -> AsyncIterator[ReminderService]:
    """Open what the reminders need, beside a database that is open; on the way out finish and close it."""
    async with _open_store(settings.database_path, settings.backups_kept) as store:
        delivery = make_delivery(
            store,
            channel=channel,
            limiter=limiter,
            silence=silence,
            context=context,
            clock=clock,
            time=time.monotonic,
            rng=random.Random(),  # noqa: S311 - jitter, no secret
            on_result=on_result,
        )
        try:
            yield assemble(settings, store, delivery, context, clock)
        finally:
            await delivery.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStore:
    """What the reminders touch of the store, open while the service runs."""

    in_thread: InThread
    processes: Processes
    outbox: Outbox
    edits: Edits
    pace: Pace
    plans: Plans
    confirmed: Confirmed
    occurrences: Occurrences
    unanswered: Unanswered
    undo: UndoLog
    health: Callable[[], Health]
    look_after: Callable[[datetime], object]
    """Once a day: take what was removed out of the log, too, read the whole file, make a backup."""
    tally: Tally
    """By a connection of its own: reads beside what is written, so nobody waits."""


@asynccontextmanager
async def _open_store(path: Path, backups_kept: int) -> AsyncIterator[ReminderStore]:
    with (
        closing(connect(path)) as database,
        closing(connect(path)) as reading,
        one_thread("reminders") as in_thread,
    ):
        processes = Processes(database, path)
        try:
            yield ReminderStore(
                in_thread=in_thread,
                processes=processes,
                outbox=Outbox(database, processes.id),
                edits=Edits(database),
                pace=Pace(database),
                plans=Plans(database),
                confirmed=Confirmed(database),
                occurrences=Occurrences(database),
                unanswered=Unanswered(database),
                undo=UndoLog(database),
                health=lambda: health(database),
                look_after=lambda now: look_after(database, path, backups_kept, now),
                tally=Tally(reading),
            )
        finally:
            await in_thread(processes.close)


def make_delivery(
    store: ReminderStore,
    *,
    channel: Channel,
    limiter: RateLimiter,
    silence: Silence,
    context: Callable[[], Context],
    clock: Clock,
    time: Callable[[], float],
    rng: random.Random,
    on_result: Callable[[str], None],
) -> Delivery:
    """What sends the rows of this store."""
    in_thread, pressure = store.in_thread, Backpressure(RetryPolicy(rng=rng), limiter, time)
    edits = CardEdits(
        store.edits, channel, pressure, context=context, clock=clock, in_thread=in_thread
    )
    return Delivery(
        outbox=store.outbox,
        edits=edits,
        sender=Sender(channel, silence, clock),
        pressure=pressure,
        pause=SharedPause(store.pace, limiter, clock, in_thread),
        context=context,
        clock=clock,
        in_thread=in_thread,
        processes=store.processes,
        on_result=on_result,
    )


def make_beat(
    store: ReminderStore, delivery: Delivery, context: Callable[[], Context], clock: Clock
) -> ReminderBeat:
    """What plans the rows of this store, and sees to it that they are sent."""
    return ReminderBeat(
        processes=store.processes,
        plans=store.plans,
        delivery=delivery,
        holding=Holding(store.confirmed.has),
        context=context,
        clock=clock,
        in_thread=store.in_thread,
    )


def assemble(
    settings: Settings,
    store: ReminderStore,
    delivery: Delivery,
    context: Callable[[], Context],
    clock: Clock,
) -> ReminderService:
    """The service of this store, which sends by this delivery."""
    in_thread = store.in_thread
    keep_for = (
        (store.outbox.clean, timedelta(days=settings.keep_deliveries_days)),
        (store.unanswered.clean, timedelta(days=settings.keep_questions_days)),
        (store.undo.clean, UNDO_FOR),
        # At last: what was removed is gone from the log, too.
        (store.look_after, timedelta()),
    )
    feed = Feed(store.occurrences, settings.community_name, context, clock, in_thread)
    return ReminderService(
        beat=make_beat(store, delivery, context, clock).beat,
        clean=Cleaning(keep_for, clock, in_thread).beat,
        feed=feed.page,
        figures=ReminderFigures(store.tally, context, clock),
        health=lambda: in_thread(store.health),
        sending=delivery.health,
        stop=delivery.stop,
    )
