"""What an operator sees of the reminders in `/metrics`: also what did not happen."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock
from bot.figures import Figure
from bot.store.tally import Tally
from bot.store.values import Reason, State
from dialogs.context import Context

LATE = timedelta(minutes=10)
"""After which a reminder that was due and is not sent is late."""
AHEAD = timedelta(days=60)
"""How far ahead a meeting is looked for; a community meets once a month or so."""

ENDINGS = tuple(
    (state.value, reason.value)
    for state, reasons in {
        State.FAILED: (
            *(Reason.GAVE_UP, Reason.BAD_ADDRESS),
            *(Reason.BLOCKED, Reason.REMOVED, Reason.UNINSTALLED, Reason.DISABLED),
        ),
        State.EXPIRED: (Reason.MEETING_STARTED, Reason.MEETING_PAST, Reason.SUPERSEDED),
        State.STOPPED: (Reason.STOP, Reason.PAUSED, Reason.MEETING_CHANGED),
    }.items()
    for reason in reasons
)
"""How a row may end without being sent. Each is always shown: a figure that appears cannot be seen to rise."""


class ReminderFigures:
    """Counts at the moment of the request."""

    def __init__(self, tally: Tally, context: Callable[[], Context], clock: Clock) -> None:
        """Count with `tally`, in whatever thread asks."""
        self._tally, self._context, self._clock = tally, context, clock

    def __call__(self) -> list[Figure]:
        """All figures."""
        now = self._clock()
        meetings = self._context().calendar.meetings(now, now + AHEAD)
        return [
            *self._rows(),
            Figure.of(
                "ladderbot_outbox_late_rows",
                "Rows that were due ten minutes ago and are not sent.",
                self._tally.late(now - LATE, now),
            ),
            Figure.of(
                "ladderbot_subscribed_conversations",
                "Conversations that want reminders.",
                self._tally.subscribed(),
            ),
            Figure.of(
                "ladderbot_meetings_ahead",
                "Meetings of the next 60 days that are held.",
                sum(meeting.held for meeting in meetings),
            ),
        ]

    def _rows(self) -> list[Figure]:
        rows = self._tally.rows()
        states: Counter[tuple[str, ...]] = Counter({(state.value,): 0 for state in State})
        for (state, _), count in rows.items():
            states[(state,)] += count
        ended: dict[tuple[str, ...], float] = {each: rows.get(each, 0) for each in ENDINGS}
        ended |= {ending: count for ending, count in rows.items() if ending[1]}
        without = "Rows that ended without being sent, by state and reason."
        return [
            Figure("ladderbot_outbox_rows", "Rows of the outbox, by state.", ("state",), states),
            Figure("ladderbot_outbox_ended_rows", without, ("state", "reason"), ended),
        ]
