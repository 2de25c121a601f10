"""One fault, once: it happens, and what the members noticed of it is counted."""

import asyncio
import contextlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise

from bench.chaos.world import opened

GRACE = 0.5
"""Seconds after its success in which a bot that is cut off may not have written down a send."""
TURN_SECONDS = 10.0
"""For an answer: the bot cuts a turn off after nine and says so."""
STOPS = 3
"""Members who stop at a random moment, in every run."""


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong, with a seed, in a world of its own."""

    name: str
    happens: Callable[..., Awaitable[None]]
    """(world, chance) → when it is over."""
    times: int
    recovers: float = 60.0
    """Seconds in which all is to be well after it."""
    stops: int = STOPS
    words: tuple[str, ...] = ("stop",)
    options: dict = field(default_factory=dict)
    """Of the world."""
    settings: dict = field(default_factory=dict)
    """Of the bot."""
    due_in: float = 0.0
    """Seconds from the preparation until the reminder is due; 0 where it is before the start."""


@dataclass
class Outcome:
    """What came of one run."""

    fault: str
    seed: int
    lost: int
    in_flight: int
    """Reminders that came once more because they were in flight."""
    twice: int
    """Those that did so without that excuse."""
    after_stop: int
    asked: int
    unanswered: int
    recovered: bool
    seconds: float
    """From the end of the fault until all was well."""
    busiest: int
    """Reminders in the busiest second."""
    by_hand: bool
    notes: list[str]

    @property
    def good(self):
        """Whether it holds to what is promised."""
        wrong = self.lost or self.twice or self.after_stop or self.unanswered
        return self.recovered and not wrong and self.asked > 0 and not self.notes


async def run(fault, seed, shared):
    """Let it happen once; the outcome."""
    # One for each who draws, so that the order in which they do changes nothing.
    chance, theirs = (random.Random(f"{fault.name}/{seed}/{who}") for who in ("fault", "members"))
    async with opened(shared, **fault.options) as world:
        world.settings |= fault.settings
        tasks, notes, recovered, seconds = [], [], False, 0.0
        try:
            await world.prepare(fault.due_in)
            await world.start()
            stopping = asyncio.create_task(world.stopping(theirs, fault.stops, fault.words))
            tasks += [stopping, asyncio.create_task(world.keep_asking())]
            await fault.happens(world, chance)
            over = time.monotonic()
            recovered = await world.settled(fault.recovers)
            seconds = time.monotonic() - over
            if not recovered:
                notes.append(f"not well: {world.states()} {(await world.ready())[1][:300]}")
            await asyncio.wait_for(stopping, 30)
            await world.ask()
        except Exception as error:  # noqa: BLE001 - a row of the table says so
            notes.append(f"{type(error).__name__}: {error}")
            recovered = False
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task
        await world.close()
        notes += [f"ended with {status}" for status in world.statuses if status]
        return outcome(fault, seed, world, recovered, seconds, notes)


def outcome(fault, seed, world, recovered, seconds, notes):
    """What the ledger and the members say of it."""
    counts = Counter()
    by_member = defaultdict(list)
    for arrival in world.ledger.reminders:
        by_member[arrival.member].append(arrival)
    for arrivals in by_member.values():
        for before, again in pairwise(arrivals):
            if in_flight(before, world.cuts):
                counts["in flight"] += 1
            else:
                counts["twice"] += 1
                cuts = [f"{cut - before.answered:+.2f}" for cut in world.cuts]
                again_after = again.began - before.answered
                notes.append(f"twice: again after {again_after:.2f} s, cut off after {cuts} s")
    after = sum(
        arrival.began > world.stopped.get(member, float("inf"))
        for member, arrivals in by_member.items()
        for arrival in arrivals
    )
    counted = [asked for asked in world.asked if not during(asked, world.down)]
    unanswered = [
        asked for asked in counted if not asked.answered or asked.ended - asked.began > TURN_SECONDS
    ]
    notes += [f"question: {a.status} in {a.ended - a.began:.1f} s" for a in unanswered[:3]]
    moments = [arrival.began for arrival in world.ledger.reminders]
    return Outcome(
        fault=fault.name,
        seed=seed,
        lost=len(world.missing()),
        in_flight=counts["in flight"],
        twice=counts["twice"],
        after_stop=after,
        asked=len(counted),
        unanswered=len(unanswered),
        recovered=recovered,
        seconds=seconds,
        busiest=max((sum(m <= n < m + 1 for n in moments) for m in moments), default=0),
        by_hand=world.by_hand,
        notes=notes,
    )


def in_flight(arrival, cuts):
    """Whether the bot could not know, or not write down, that this one arrived."""
    if arrival.answered is None:
        return True
    return any(arrival.began <= cut <= arrival.answered + GRACE for cut in cuts)


def during(asked, down):
    """Whether nobody was there to answer for some of the time."""
    return any(
        asked.began <= (until or float("inf")) and asked.ended >= since for since, until in down
    )
