"""How a send ended → what the outbox keeps of it."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Result, Sent
from bot.retry import Retry
from bot.store.outbox import Outbox
from bot.store.values import Reason, Row, State

log = logging.getLogger(__name__)

ENDED_BECAUSE: Mapping[GoneReason, Reason] = {
    GoneReason.BLOCKED: Reason.BLOCKED,
    GoneReason.DISABLED: Reason.DISABLED,
    GoneReason.REMOVED: Reason.REMOVED,
    GoneReason.DELETED: Reason.DELETED,
}
"""What the store keeps of why nobody is there any more."""


def record(outbox: Outbox, row: Row, result: Result, retry: Retry | None, now: datetime) -> None:
    """Record the result of a send, which is tried again where there is a `retry`."""
    match result:
        case Sent(id=activity, conversation_id=thread):
            outbox.mark_sent(row, activity=activity, thread=thread, now=now)
        case Gone(reason=gone):
            log.info("a subscription ended: %s", gone)
            outbox.recipient_gone(row, ENDED_BECAUSE[gone])
        case _ if retry is not None:
            reason = waits_because(result)
            if reason is Reason.SETUP:
                log.error("nothing can be sent until the set-up is mended: %s", result.why)
            outbox.reschedule(
                row,
                at=now + timedelta(seconds=retry.seconds),
                reason=reason,
                detail=result.why,
                doubt=isinstance(result, InDoubt),
                counts=retry.counts,
            )
        case Refused(not_found=True):
            outbox.recipient_gone(row, Reason.UNINSTALLED)
        case Refused(why=why):
            log.error("a reminder was refused: %s", why)
            outbox.finish(row, State.FAILED, Reason.REFUSED, why)
        case Later(why=why) | InDoubt(why=why):
            doubt = isinstance(result, InDoubt)
            outbox.finish(row, State.FAILED, Reason.GAVE_UP, why, doubt=doubt)
        case _:
            assert_never(result)


def waits_because(result: Later | InDoubt | Refused) -> Reason:
    """Why a row waits for another attempt."""
    match result:
        case Later():
            return Reason.LATER
        case InDoubt():
            return Reason.IN_DOUBT
        case Refused(not_found=True):
            return Reason.NOT_FOUND
        case Refused():
            return Reason.SETUP
        case _:
            assert_never(result)
