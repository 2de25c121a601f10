"""What will go out by itself, for the organiser: when, about what, to how many, and how it looks. Sends nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.cli.text import card_text
from bot.reminders.cards import correction_card
from bot.reminders.planning import announcement, new_moment
from bot.store.forecast import Ended, Forecast
from bot.store.plans import Due
from bot.store.values import Kind
from dialogs import reminders
from dialogs.context import Context
from dialogs.format import lead_words, meeting_line, meeting_title, moment
from dialogs.values import Card
from faq.meetings import LEAD_MAX, Meeting

AHEAD = timedelta(days=60)
BACK = timedelta(days=30)
DATES = 12
NONE = "Er staat geen bijeenkomst gepland."


def dates(context: Context, now: datetime) -> Iterator[str]:
    """The next twelve meetings, in words."""
    coming = list(context.calendar.meetings(now, now + timedelta(days=5 * 366)))[:DATES]
    if not coming:
        yield NONE
        return
    yield "De volgende bijeenkomsten:"
    for meeting in coming:
        yield f"- {meeting_line(context, meeting, 'nl').replace('*', '').replace('~', '')}"


def ahead(
    context: Context, forecast: Forecast | None, until: date | None, now: datetime
) -> Iterator[str]:
    """Everything that will go out until a day; `forecast` is None where there is no database yet."""
    calendar = context.calendar
    last = calendar.utc(datetime.combine(until, datetime.max.time())) if until else now + AHEAD
    chosen = forecast.plans.chosen_leads() if forecast else ()
    sends = [
        (due, meeting, lead)
        for meeting in calendar.meetings(now, last + LEAD_MAX)
        if not meeting.cancelled
        for lead in sorted({*meeting.series.leads, *chosen})
        if now < (due := calendar.due(meeting, lead)) <= last
    ]
    for due, meeting, lead in sorted(sends, key=lambda each: (each[0], each[1].key)):
        usual = lead in meeting.series.leads
        row = Due(int(lead.total_seconds()) // 60, new_moment(meeting), due, usual)
        number = forecast.audience(row) if forecast else 0
        if number or usual:
            yield _heading(context, due, meeting, lead, number)
            yield _short(reminders.reminder(context, meeting, "nl"))
            yield ""
    if not sends:
        yield f"Tot en met {calendar.local(last):%d-%m-%Y} gaat er niets uit."
    if forecast:
        yield from _now(context, forecast, now)


def _heading(
    context: Context, due: datetime, meeting: Meeting, lead: timedelta, number: int
) -> str:
    when = moment(context, context.calendar.local(due), "nl")
    before = lead_words(context, lead, "nl")
    return f"{when}: {meeting_title(meeting, 'nl')}, {before} vooraf, aan {_conversations(number)}"


def _short(card: Card) -> str:
    """A card as the terminal shows it, without the long addresses behind its links."""
    lines = card_text(card).splitlines()
    return "\n".join(line for line in lines if not line.startswith("|   http"))


def _conversations(number: int) -> str:
    return f"{number} gesprek{'ken' * (number != 1)}"


def _now(context: Context, forecast: Forecast, now: datetime) -> Iterator[str]:
    """What waits already, and how what was sent ended."""
    for rows in forecast.waiting():
        what = "een wijziging" if rows.kind is Kind.CORRECTION else f"de herinnering {rows.lead}"
        yield f"Staat klaar: {what} van {rows.occurrence}, aan {_conversations(rows.count)}."
    for occurrence in forecast.plans.occurrences() if context.calendar.series else ():
        meeting = context.calendar.find(occurrence)
        for owed in forecast.owed(occurrence, announcement(meeting), now):
            yield f"Gaat zo uit: een wijziging van {occurrence}, aan {_conversations(owed.count)}."
            yield _short(correction_card(context, occurrence, owed.before, "nl"))
    ended = forecast.ended(now - BACK)
    if ended:
        yield f"De laatste {BACK.days} dagen:"
    yield from (f"- {_ended(context, rows)}" for rows in ended)


def _ended(context: Context, rows: Ended) -> str:
    state = context.texts.get("nl", f"state.{rows.state}")
    if rows.reason is None:
        return f"{rows.count} {state}"
    reason = context.texts.get("nl", f"reason.{rows.reason}")
    detail = f": {rows.detail}" if rows.detail else ""
    return f"{rows.count} {state} ({reason}{detail})"


def at(context: Context, local: datetime, now: datetime) -> Iterator[str]:
    """The reminders as they would be sent at a local moment, in both languages."""
    calendar = context.calendar
    wanted = calendar.utc(local)
    sends = sorted(
        (
            (due, meeting, lead)
            for meeting in calendar.meetings(wanted, wanted + 3 * LEAD_MAX)
            if not meeting.cancelled
            for lead in meeting.series.leads
            if (due := calendar.due(meeting, lead)) >= wanted
        ),
        key=lambda each: (each[0], each[1].key),
    )
    then = [(meeting, lead) for due, meeting, lead in sends if due < wanted + timedelta(minutes=1)]
    for meeting, lead in then:
        before = lead_words(context, lead, "nl")
        yield f"{moment(context, local, 'nl')}: {meeting_title(meeting, 'nl')}, {before} vooraf"
        yield card_text(reminders.reminder(context, meeting, "nl"))
        yield ""
        yield card_text(reminders.reminder(context, meeting, "en"))
    if not then:
        yield f"Op {moment(context, local, 'nl')} gaat er niets uit."
        if sends:
            following = moment(context, calendar.local(sends[0][0]), "nl")
            yield f"De eerstvolgende is op {following}: {meeting_title(sends[0][1], 'nl')}."
    if wanted < now:
        yield "Dat moment is al geweest."
