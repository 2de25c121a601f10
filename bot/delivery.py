"""Rows of the outbox → sent: claims, paces, sends and records, one row at a time and many at once."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.channel import Channel, Gone, InDoubt, Later, Refused, Result, Sent
from bot.pace import Pace
from bot.reminders import told_of
from bot.store.outbox import Outbox, Row
from dialogs import reminders as words
from dialogs.house import House
from dialogs.values import Card, Language
from faq.meetings import Meeting

log = logging.getLogger(__name__)
T = TypeVar("T")


class Run(Protocol):
    """Does something that waits for the store where the event loop does not wait for it."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """The result of `work`, later."""
        ...


ATTEMPTS_MAX = 8
BACKOFF = (2.0, 300.0)
"""Seconds: the first wait, doubled each time, and the longest."""
SENDERS = 24
"""Sends under way at the same time; at 30 a second and half a second each, 15 are enough."""
CONFIRM_AFTER = timedelta(seconds=60)
"""A conversation that cannot be found once may be a passing fault; twice, it is gone (TEAMS.md C2)."""


class Delivery:
    """Sends what is due. A send that failed is never recorded as sent."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        channel: Channel,
        pace: Pace,
        house: Callable[[], House],
        clock: Callable[[], datetime],
        run: Run,
        chance: random.Random,
        meter: Callable[[str], None],
    ) -> None:
        """Send through `channel` at this `pace`; touch the store only inside `run`, `chance` is the jitter."""
        self._outbox, self._channel, self._pace, self._house = outbox, channel, pace, house
        self._clock, self._run, self._chance, self._meter = clock, run, chance, meter
        self._stopping = False

    async def beat(self) -> int:
        """Send everything that is due now; how many rows were handled."""
        now = self._clock()
        released = await self._run(lambda: self._outbox.release(now))
        if released:
            log.warning("%d sends were cut off and are in doubt; sent again", released)
        handled: list[int] = await asyncio.gather(*(self._send_all() for _ in range(SENDERS)))
        return sum(handled)

    def stop(self) -> None:
        """Finish what is under way, claim nothing more."""
        self._stopping = True

    async def _send_all(self) -> int:
        handled = 0
        while not self._stopping:
            row = await self._run(lambda: self._outbox.claim(self._clock()))
            if row is None:
                return handled
            handled += 1
            await self._handle(row)
        return handled

    async def _handle(self, row: Row) -> None:
        """Send one row, unless there is nothing to say any more."""
        house = self._house()
        meeting = house.calendar.find(row.occurrence)
        if await self._ended(row, meeting):
            return
        wait = self._pace.wait_of(row.conversation)
        if wait > 0:
            at = self._clock() + timedelta(seconds=wait)
            await self._run(lambda: self._outbox.again(row, at=at, why="pace of this conversation"))
            return
        await self._pace.turn()
        if await self._ended(row, meeting):
            return
        told = told_of(meeting)
        result = await self._channel.send(row.address, self._card(house, row, meeting))
        await self._record(row, result, told)
        if isinstance(result, Sent) and row.correction:
            await self._edit_earlier(house, row, meeting)

    async def _ended(self, row: Row, meeting: Meeting | None) -> bool:
        """Whether a row has nothing to say any more; then that is recorded."""
        over = self._over(row, meeting)
        if over is None:
            return False
        state, why = over
        await self._run(lambda: self._outbox.end(row, state, why))
        return True

    def _over(self, row: Row, meeting: Meeting | None) -> tuple[str, str] | None:
        """Why a row has nothing to say any more: its last state, and the reason."""
        now = self._clock()
        if row.correction:
            return None
        if meeting is None or meeting.cancelled:
            return "stopped", "the meeting is cancelled"
        if meeting.starts <= now:
            return "expired", "the meeting has started"
        return None

    def _card(self, house: House, row: Row, meeting: Meeting | None) -> Card:
        language: Language = "en" if row.language == "en" else "nl"
        if row.correction:
            return words.correction(house, meeting, language)
        if meeting is None:
            raise ValueError(row.occurrence)
        return words.reminder(house, meeting, language)

    async def _edit_earlier(self, house: House, row: Row, meeting: Meeting | None) -> None:
        """Put what is true now in the place of the cards sent before; the notice itself is already out."""
        language: Language = "en" if row.language == "en" else "nl"
        card = words.correction(house, meeting, language)
        for activity, _ in await self._run(lambda: self._outbox.earlier_cards(row)):
            await self._pace.turn()
            result = await self._channel.update(row.address, activity, card)
            if not isinstance(result, Sent):
                log.info("an earlier card could not be edited: %s", result.why)

    async def _record(self, row: Row, result: Result, told: str) -> None:
        now = self._clock()
        kind = type(result).__name__.lower()
        self._meter(kind)
        match result:
            case Sent(id=activity):
                await self._run(
                    lambda: self._outbox.sent(row, activity=activity, told=told, now=now)
                )
            case Gone(why=why):
                log.info("a subscription ended: %s", why)
                await self._run(lambda: self._outbox.gone(row, why))
            case Refused(why=why) if why.startswith("404") and row.attempts == 1:
                await self._run(lambda: self._outbox.again(row, at=now + CONFIRM_AFTER, why=why))
            case Refused(why=why) if why.startswith("404"):
                await self._run(lambda: self._outbox.gone(row, "removed"))
            case Refused(why=why):
                log.error("a reminder was refused: %s", why)
                await self._run(lambda: self._outbox.end(row, "failed", why))
            case Later(why=why) | InDoubt(why=why):
                seconds = result.seconds if isinstance(result, Later) else None
                if seconds is not None:
                    self._pace.pause(seconds)
                if row.attempts >= ATTEMPTS_MAX:
                    await self._run(
                        lambda: self._outbox.end(
                            row, "failed", f"after {row.attempts} attempts: {why}"
                        )
                    )
                    return
                at = now + timedelta(
                    seconds=seconds if seconds is not None else self._backoff(row.attempts)
                )
                doubt = isinstance(result, InDoubt)
                await self._run(lambda: self._outbox.again(row, at=at, why=why, doubt=doubt))

    def _backoff(self, attempts: int) -> float:
        """Exponential, with jitter: half of the wait is chance, so that not all come back at once."""
        first, longest = BACKOFF
        wait: float = min(longest, first * 2 ** (attempts - 1))
        return wait / 2 + self._chance.random() * wait / 2
