"""How a send ended → what the outbox keeps of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Result, Sent
from bot.clock import Clock
from bot.reminders.threads import InThread
from bot.retry import Retry
from bot.store.outbox import Outbox
from bot.store.values import Reason, Row, State

log = logging.getLogger(__name__)

ENDED_BECAUSE: Mapping[GoneReason, Reason] = {
    GoneReason.BLOCKED: Reason.BLOCKED,
    GoneReason.DISABLED: Reason.DISABLED,
    GoneReason.REMOVED: Reason.REMOVED,
    GoneReason.NOT_FOUND: Reason.UNINSTALLED,
    GoneReason.DELETED: Reason.DELETED,
}
"""What the store keeps of why nobody is there any more."""
SEEMS_GONE: Mapping[GoneReason, Reason] = {**ENDED_BECAUSE, GoneReason.NOT_FOUND: Reason.NOT_FOUND}
"""What a row keeps until that is confirmed."""


def seemed_gone(row: Row) -> bool:
    """Whether nobody was there at the attempt before this one."""
    return row.reason in SEEMS_GONE.values()


@dataclass(frozen=True, slots=True)
class Ending:
    """How the send of a row ended, and when it is tried again, if it is."""

    row: Row
    result: Result
    retry: Retry | None


class Recorder:
    """Records how sends end. What cannot be recorded now is remembered, so that it is not sent again."""

    def __init__(self, outbox: Outbox, clock: Clock, in_thread: InThread) -> None:
        """Touch the store only inside `in_thread`."""
        self._outbox, self._clock, self._in_thread = outbox, clock, in_thread
        self._waiting: dict[int, Ending] = {}

    @property
    def waiting(self) -> int:
        """Sends whose end could not be recorded yet."""
        return len(self._waiting)

    async def record(self, ending: Ending) -> None:
        """Record an ending.

        Raises:
            Exception: where the store fails; `record_waiting` records it then.
        """
        self._waiting[ending.row.id] = ending
        await self._write(ending)

    async def record_waiting(self) -> None:
        """Record what could not be recorded before.

        Raises:
            Exception: where the store fails still.
        """
        for ending in list(self._waiting.values()):
            bare = isinstance(ending.result, Sent)
            # That it was sent matters most; what else came with it may be what cannot be kept.
            await self._write(replace(ending, result=Sent("")) if bare else ending)

    async def _write(self, ending: Ending) -> None:
        now = self._clock()
        await self._in_thread(
            lambda: record(self._outbox, ending.row, ending.result, ending.retry, now)
        )
        self._waiting.pop(ending.row.id, None)


def record(outbox: Outbox, row: Row, result: Result, retry: Retry | None, now: datetime) -> None:
    """Record the result of a send, which is tried again where there is a `retry`."""
    match result:
        case Sent(id=activity, conversation_id=thread):
            outbox.mark_sent(row, activity=activity, thread=thread, now=now)
        case _ if retry is not None:
            reason, detail = waits_because(result)
            if reason in (Reason.SETUP, Reason.REFUSED):
                log.error("a reminder waits until something is mended: %s", detail)
            outbox.reschedule(
                row,
                at=now + timedelta(seconds=retry.seconds),
                reason=reason,
                detail=detail,
                doubt=isinstance(result, InDoubt),
            )
        case Gone(reason=gone):
            log.info("a subscription ended: %s", gone)
            outbox.recipient_gone(row, ENDED_BECAUSE[gone])
        case Later(why=why) | InDoubt(why=why) | Refused(why=why):
            log.error("a reminder was given up: %s", why)
            doubt = isinstance(result, InDoubt)
            outbox.finish(row, State.FAILED, Reason.GAVE_UP, why, doubt=doubt)
        case _:
            assert_never(result)


def waits_because(result: Later | InDoubt | Refused | Gone) -> tuple[Reason, str]:
    """Why a row waits for another attempt, and the connector's status."""
    match result:
        case Later(why=why):
            return Reason.LATER, why
        case InDoubt(why=why):
            return Reason.IN_DOUBT, why
        case Gone(reason=gone):
            return SEEMS_GONE[gone], ""
        case Refused(why=why, setup=setup):
            return Reason.SETUP if setup else Reason.REFUSED, why
        case _:
            assert_never(result)
