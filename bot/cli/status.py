"""Who is subscribed and who was told, for the organiser: in numbers and words, by meeting and reminder."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.reminders.planning import due_lead, usual_and
from bot.store.delivered import Delivered, Subscribed, Subscribers
from bot.store.report import Ended, Report
from bot.store.values import Kind, Reason, State
from dialogs.context import Context
from dialogs.format import lead_words, meeting_time, meeting_title, moment
from dialogs.values import Place
from faq.language import DEFAULT
from faq.meetings import LEAD_MAX, Meeting
from faq.reminders import Reminder, reminders

AHEAD = timedelta(days=60)
PLACES = {
    Place.PERSONAL.value: "persoonlijk",
    Place.CHANNEL.value: "kanalen",
    Place.GROUP.value: "groepschats",
}
NOTHING = "- niets klaargezet: de bot stond toen uit, of niemand was aangemeld"


def subscribed(context: Context, everybody: Sequence[Subscribers]) -> Iterator[str]:
    """How many want reminders, by place, and why others do not any more."""
    wanting = [these for these in everybody if these.state is not Subscribed.ENDED]
    yield f"Aangemeld: {conversations(sum(these.count for these in wanting))}."
    for place, word in PLACES.items():
        here = Counter[Subscribed]()
        for these in wanting:
            here[these.state] += these.count if these.place == place else 0
        if here.total():
            paused, lost = here[Subscribed.PAUSED], here[Subscribed.UNREACHABLE]
            notes = [f"{paused} met pauze"] * bool(paused) + [f"{lost} onbereikbaar"] * bool(lost)
            yield f"- {word}: {here.total()}{', waarvan ' * bool(notes)}{' en '.join(notes)}"
    ended = Counter[Reason | None]()
    for these in everybody:
        ended[these.reason] += these.count if these.state is Subscribed.ENDED else 0
    if ended.total():
        yield f"Afgemeld of weg: {ended.total()}."
    for reason, count in ended.most_common():
        if count:
            why = context.texts.get(DEFAULT, f"reason.{reason}") if reason else "onbekend"
            yield f"- {count}: {why}"


def told(
    context: Context, report: Report, rows: Iterable[Delivered], since: datetime, now: datetime
) -> Iterator[str]:
    """What became of the reminders and corrections of each meeting since a moment, and what is to come."""
    by_meeting = {key: list(group) for key, group in groupby(rows, key=lambda row: row.occurrence)}
    meetings = {m.key: m for m in context.calendar.meetings(since, now + AHEAD) if m.held}
    coming = _coming(context, report, now)
    keys = sorted({*by_meeting, *meetings}, key=lambda key: (key.rpartition("/")[2], key))
    for key in keys:
        meeting = meetings.get(key) or context.calendar.find(key)
        yield ""
        yield _heading(context, key, meeting)
        lines = [*_ended(context, by_meeting.get(key, ())), *coming.get(key, ())]
        yield from lines or [NOTHING]


def conversations(number: int) -> str:
    """`1 gesprek`, `2 gesprekken`."""
    return f"{number} gesprek{'ken' * (number != 1)}"


def ending(context: Context, row: Delivered | Ended) -> str:
    """`2 mislukt (de ontvanger heeft de bot geblokkeerd)`."""
    state = context.texts.get(DEFAULT, f"state.{row.state}")
    # What was sent after a few attempts was sent.
    if row.reason is None or row.state is State.SENT:
        return f"{row.count} {state}"
    reason = context.texts.get(DEFAULT, f"reason.{row.reason}")
    return f"{row.count} {state} ({reason}{f': {row.detail}' if row.detail else ''})"


def _heading(context: Context, key: str, meeting: Meeting | None) -> str:
    if meeting is None:
        return f"{key} (staat niet meer in de agenda)"
    off = " (vervalt)" if meeting.cancelled else ""
    return f"{meeting_title(meeting, DEFAULT)}, {meeting_time(context, meeting, DEFAULT)}{off}"


def _ended(context: Context, rows: Sequence[Delivered]) -> Iterator[str]:
    """A line for each lead, and one for the corrections."""
    for (kind, minutes), group in groupby(rows, key=lambda row: (row.kind, row.minutes)):
        if kind is Kind.CORRECTION:
            what = "wijziging"
        else:
            what = f"{lead_words(context, timedelta(minutes=minutes), DEFAULT)} vooraf"
        yield f"- {what}: {', '.join(ending(context, row) for row in group)}"


def _coming(context: Context, report: Report, now: datetime) -> dict[str, list[str]]:
    """The reminders that are still to come, by meeting."""
    every = usual_and(report.plans.chosen_leads())
    ahead = reminders(context.calendar, now, now + AHEAD + LEAD_MAX, every)
    lines: dict[str, list[str]] = {}
    for reminder in ahead:
        number = report.audience(due_lead(reminder))
        if now < reminder.due <= now + AHEAD and (number or reminder.usual):
            lines.setdefault(reminder.meeting.key, []).append(_line(context, reminder, number))
    return lines


def _line(context: Context, reminder: Reminder, number: int) -> str:
    before = lead_words(context, reminder.lead, DEFAULT)
    when = moment(context, context.calendar.local(reminder.due), DEFAULT)
    return f"- {before} vooraf: komt op {when}, aan {conversations(number)}"
