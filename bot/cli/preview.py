"""What will go out by itself, for the organiser: when, about what, to how many, and how it looks. Sends nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.cli.text import card_text
from bot.reminders.planning import announcement, lead_key
from bot.store.plans import Due, Plans
from dialogs import reminders
from dialogs.context import Context
from dialogs.meetings import line, moment, title
from dialogs.subscription import lead_words
from dialogs.values import Card
from faq.meetings import LEAD_MAX, Meeting

AHEAD = timedelta(days=60)
BACK = timedelta(days=30)
DATES = 12
NONE = "Er staat geen bijeenkomst gepland."
STATES = {
    "sent": "verzonden",
    "failed": "mislukt",
    "expired": "vervallen",
    "stopped": "niet verzonden",
}
WHY = {
    "blocked": "de ontvanger heeft de bot geblokkeerd",
    "removed": "de bot is verwijderd",
    "uninstalled": "het gesprek bestaat niet meer",
    "disabled": "een beheerder heeft de bot uitgezet",
    "stop": "de ontvanger zei stop",
    "paused": "de ontvanger had pauze",
    "other leads chosen": "de ontvanger koos andere momenten",
    "the meeting was moved or cancelled": "de bijeenkomst is verplaatst of gaat niet door",
    "the meeting has started": "de bijeenkomst was al begonnen",
    "the meeting is past": "de bijeenkomst was al geweest",
    "a nearer reminder took its place": "er kwam al een latere herinnering",
    "what people were told is so again": "de wijziging was al teruggedraaid",
}


def dates(context: Context, now: datetime) -> Iterator[str]:
    """The next twelve meetings, in words."""
    coming = list(context.calendar.meetings(now, now + timedelta(days=5 * 366)))[:DATES]
    if not coming:
        yield NONE
        return
    yield "De volgende bijeenkomsten:"
    for meeting in coming:
        yield f"- {line(context, meeting, 'nl').replace('*', '').replace('~', '')}"


def ahead(
    context: Context, plans: Plans | None, until: date | None, now: datetime
) -> Iterator[str]:
    """Everything that will go out until a day; `plans` is None where there is no database yet."""
    calendar = context.calendar
    last = calendar.utc(datetime.combine(until, datetime.max.time())) if until else now + AHEAD
    chosen = plans.chosen_leads() if plans else ()
    found = [
        (at, meeting, lead)
        for meeting in calendar.meetings(now, last + LEAD_MAX)
        if not meeting.cancelled
        for lead in sorted({*meeting.series.leads, *chosen})
        if now < (at := calendar.due(meeting, lead)) <= last
    ]
    for at, meeting, lead in sorted(found, key=lambda each: (each[0], each[1].key)):
        usual = lead in meeting.series.leads
        due = Due(int(lead.total_seconds()) // 60, lead_key(meeting, lead), at, usual)
        number = plans.audience(due) if plans else 0
        if number or usual:
            yield _heading(context, at, meeting, lead, number)
            yield _short(reminders.reminder(context, meeting, "nl"))
            yield ""
    if not found:
        yield f"Tot en met {calendar.local(last):%d-%m-%Y} gaat er niets uit."
    if plans:
        yield from _now(context, plans, now)


def _heading(context: Context, at: datetime, meeting: Meeting, lead: timedelta, number: int) -> str:
    when, before = (
        moment(context, context.calendar.local(at), "nl"),
        lead_words(context, lead, "nl"),
    )
    return f"{when}: {title(meeting, 'nl')}, {before} vooraf, aan {_conversations(number)}"


def _short(card: Card) -> str:
    """A card as the terminal shows it, without the long addresses behind its links."""
    lines = card_text(card).splitlines()
    return "\n".join(line for line in lines if not line.startswith("|   http"))


def _conversations(number: int) -> str:
    return f"{number} gesprek{'ken' * (number != 1)}"


def _now(context: Context, plans: Plans, now: datetime) -> Iterator[str]:
    """What waits already, and how what was sent ended."""
    for occurrence, lead, number in plans.queued():
        kind = "een wijziging" if lead == "change" else f"de herinnering {lead}"
        yield f"Staat klaar: {kind} van {occurrence}, aan {_conversations(number)}."
    for occurrence in plans.occurrences() if context.calendar.series else ():
        meeting = context.calendar.find(occurrence)
        number = plans.owed(occurrence, announcement(meeting), now)
        if number:
            told = (
                context.calendar.local(meeting.starts)
                if meeting and not meeting.cancelled
                else None
            )
            yield f"Gaat zo uit: een wijziging van {occurrence}, aan {_conversations(number)}."
            yield _short(reminders.correction(context, meeting, "nl", told))
    ended = plans.ended(now - BACK)
    if ended:
        yield f"De laatste {BACK.days} dagen:"
    for state, why, number in ended:
        reason = f" ({WHY.get(why, why)})" if why else ""
        yield f"- {number} {STATES[state]}{reason}"


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
        yield f"{moment(context, local, 'nl')}: {title(meeting, 'nl')}, {before} vooraf"
        yield card_text(reminders.reminder(context, meeting, "nl"))
        yield ""
        yield card_text(reminders.reminder(context, meeting, "en"))
    if not then:
        yield f"Op {moment(context, local, 'nl')} gaat er niets uit."
        if sends:
            following = moment(context, calendar.local(sends[0][0]), "nl")
            yield f"De eerstvolgende is op {following}: {title(sends[0][1], 'nl')}."
    if wanted < now:
        yield "Dat moment is al geweest."
