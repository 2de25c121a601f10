"""All that goes out by itself, with a thread and connections of its own.

Planning, claiming and recording a fan-out never stand in the way of somebody who asks a question.
"""

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
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
from bot.reminders.open_store import ReminderStore, open_store
from bot.reminders.pause import SharedPause
from bot.reminders.sender import Sender
from bot.reminders.sole_sender import SoleSender
from bot.retry import RetryPolicy
from bot.settings import Settings
from bot.silence import Silence
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
    alive: Callable[[], Awaitable[None]]
    """Say to the other processes on the database that this one lives."""
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
    async with open_store(settings) as store:
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
            yield assemble(settings, store, delivery, limiter=limiter, context=context, clock=clock)
        finally:
            await delivery.stop()


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
    store: ReminderStore,
    delivery: Delivery,
    sole_sender: SoleSender,
    context: Callable[[], Context],
    clock: Clock,
) -> ReminderBeat:
    """What plans the rows of this store, and sees to it that they are sent."""
    return ReminderBeat(
        sole_sender=sole_sender,
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
    *,
    limiter: RateLimiter,
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
    sole_sender = SoleSender(store.lease, store.processes, limiter, in_thread)
    feed = Feed(store.occurrences, settings.community_name, context, clock, in_thread)
    return ReminderService(
        beat=make_beat(store, delivery, sole_sender, context, clock).beat,
        clean=Cleaning(store.clean_backups, keep_for, clock, in_thread).beat,
        feed=feed.page,
        figures=ReminderFigures(store.tally, context, clock),
        health=lambda: in_thread(store.health),
        sending=lambda: sole_sender.health() or delivery.health(),
        alive=lambda: in_thread(store.processes.beat),
        stop=delivery.stop,
    )
