"""What will go out by itself, for the organiser: when, about what, to how many, and how it looks. Sends nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.cli.status import conversations, ending
from bot.cli.text import card_text
from bot.reminders.cards import correction_card
from bot.reminders.holding import FEW, needs_a_yes
from bot.reminders.planning import announcement, due_lead, usual_and
from bot.store.report import Report
from bot.store.values import Kind
from dialogs.card import Card
from dialogs.context import Context
from dialogs.format import lead_words, meeting_line, meeting_title, moment
from dialogs.reminders import reminder as reminder_card
from dialogs.values import Place
from faq.language import LANGUAGES, Language
from faq.meetings import LEAD_MAX, Meeting
from faq.reminders import Reminder, reminders

AHEAD = timedelta(days=60)
BACK = timedelta(days=30)
DATES = 12
ALL_SERIES = "Elke reeks gaat naar iedereen die is aangemeld; leden kiezen niet per reeks."
NONE = "Er staat geen bijeenkomst gepland."


def dates(context: Context, now: datetime) -> Iterator[str]:
    """The next twelve meetings, in words."""
    coming = list(context.calendar.meetings(now, now + timedelta(days=5 * 366)))[:DATES]
    if not coming:
        yield NONE
        return
    yield "De volgende bijeenkomsten:"
    for meeting in coming:
        yield f"- {meeting_line(context, meeting, 'nl').replace('*', '')}"
    if len(context.calendar.series) > 1:
        yield ALL_SERIES


def ahead(
    context: Context, report: Report | None, until: date | None, now: datetime
) -> Iterator[str]:
    """Everything that will go out until a day; `report` is None where there is no database yet."""
    calendar = context.calendar
    last = calendar.utc(datetime.combine(until, datetime.max.time())) if until else now + AHEAD
    chosen = report.plans.chosen_leads() if report else ()
    coming = reminders(calendar, now, last + LEAD_MAX, usual_and(chosen))
    sends = [reminder for reminder in coming if now < reminder.due <= last]
    for reminder in sends:
        number = report.audience(due_lead(reminder)) if report else 0
        if number or reminder.usual:
            yield f"{_heading(context, reminder)}, aan {conversations(number)}"
            yield _short(_card(context, reminder, "nl"))
            yield ""
    if not sends:
        yield f"Tot en met {calendar.local(last):%d-%m-%Y} gaat er niets uit."
    elif len({reminder.meeting.series.id for reminder in sends}) > 1:
        yield ALL_SERIES
    if report:
        yield from _now(context, report, now)


def _heading(context: Context, reminder: Reminder) -> str:
    when = moment(context, context.calendar.local(reminder.due), "nl")
    before = lead_words(context, reminder.lead, "nl")
    return f"{when}: {meeting_title(reminder.meeting, 'nl')}, {before} vooraf"


def _card(context: Context, reminder: Reminder, language: Language) -> Card:
    """The reminder as it will be sent, in a personal chat."""
    today = context.day(reminder.due)
    return reminder_card(context, reminder.meeting, language, Place.PERSONAL, today=today)


def _short(card: Card) -> str:
    """A card as the terminal shows it, without the long addresses behind its links."""
    lines = card_text(card).splitlines()
    return "\n".join(line for line in lines if not line.startswith("|   http"))


def _now(context: Context, report: Report, now: datetime) -> Iterator[str]:
    """What waits already, and how what was sent ended."""
    for rows in report.waiting():
        what = "een wijziging" if rows.kind is Kind.CORRECTION else f"de herinnering {rows.lead}"
        yield f"Staat klaar: {what} van {rows.occurrence}, aan {conversations(rows.count)}."
    for occurrence in report.plans.occurrences() if context.calendar.series else ():
        meeting = context.calendar.find(occurrence)
        for owed in report.owed(occurrence, announcement(meeting), now):
            waits = _waits(meeting, owed.count)
            yield f"{waits}: een wijziging van {occurrence}, aan {conversations(owed.count)}."
            yield _short(correction_card(context, occurrence, owed.before, "nl"))
    ended = report.ended(now - BACK)
    if ended:
        yield f"De laatste {BACK.days} dagen:"
    yield from (f"- {ending(context, rows)}" for rows in ended)


def _waits(meeting: Meeting | None, number: int) -> str:
    """When a change goes out to so many conversations."""
    if number <= FEW:
        return "Gaat zo uit"
    if needs_a_yes(meeting):
        return "Wacht op een ja (python app.py confirm), want dit lijkt een vergissing"
    return "Gaat uit als het bestand een minuut hetzelfde is"


def at(context: Context, local: datetime, now: datetime) -> Iterator[str]:
    """The reminders as they would be sent at a local moment, in both languages."""
    calendar = context.calendar
    wanted = calendar.utc(local)
    coming = reminders(calendar, wanted, wanted + 3 * LEAD_MAX, lambda series: series.leads)
    sends = [reminder for reminder in coming if reminder.due >= wanted]
    then = [reminder for reminder in sends if reminder.due < wanted + timedelta(minutes=1)]
    for reminder in then:
        yield _heading(context, reminder)
        for language in LANGUAGES:
            card = _card(context, reminder, language)
            yield card_text(card) + ("\n" if language != LANGUAGES[-1] else "")
    if not then:
        yield f"Op {moment(context, local, 'nl')} gaat er niets uit."
        if sends:
            following = moment(context, calendar.local(sends[0].due), "nl")
            yield f"De eerstvolgende is op {following}: {meeting_title(sends[0].meeting, 'nl')}."
    if wanted < now:
        yield "Dat moment is al geweest."
