"""The reply to a wish: it is carried out and the new state said, or it is asked what was meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.card import Card, Choice
from dialogs.changes import Change
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices, day
from dialogs.values import PendingQuestion, Reply, Request, Subscription
from dialogs.wishes import say
from dialogs.wishes.breaks import LONGEST
from dialogs.wishes.coming import AHEAD, next_sentence, none_any_more
from dialogs.wishes.fulfil import Step, fulfil, leads_of
from dialogs.wishes.periods import DAY, Period
from dialogs.wishes.reading import holds_values
from dialogs.wishes.vocabulary import vocabulary
from dialogs.wishes.wish import Break, OneMeeting, Reading, Simple, Sure, Unsure, UntilWhen
from faq.meetings import LEAD_MAX, LEADS_MAX


def command_of(reading: Reading) -> str:
    """The command that a wish belongs to, as `ask --json` tells it."""
    if isinstance(reading, Unsure):
        return command_of(reading.readings[0]) if reading.readings else "status"
    if isinstance(reading, Break | UntilWhen):
        return "pause"
    if isinstance(reading, OneMeeting):
        return "status"
    return "unsubscribe" if reading is Simple.OFF else "subscribe"


def reply_to(context: Context, request: Request, reading: Reading) -> Reply:
    """The reply to what was read; only what is sure is carried out."""
    kept = request.state.subscription
    match reading:
        case Unsure(readings):
            return _ask_which(context, request, readings)
        case UntilWhen(begins):
            if kept is None or not kept.active:
                return _told(
                    context, request, Step(Subscription(active=False), key="pause.was_not")
                )
            return ask_until_when(context, request, UntilWhen(begins))
        case OneMeeting(days):
            return _of_one_meeting(context, request, days)
        case Simple.FOR_ANOTHER | Simple.NOT_ALLOWED:
            key = "for_another" if reading is Simple.FOR_ANOTHER else "not_allowed"
            text = context.texts.get(request.language, f"wishes.{key}", days=LEAD_MAX.days)
            return _card(context, request, [text], [_set(context, request)], ["@status"])
        case _:
            return _told(
                context, request, fulfil(reading, kept, context.calendar, request.message.at)
            )


def ask_until_when(context: Context, request: Request, asked: UntilWhen) -> Reply:
    """Ask for the end of a pause; its start is remembered."""
    before = request.state.last.pending
    waits = before is not None and before.kind == "pause-until"
    again = waits or names_values(context, request)
    begins = asked.begins or (before.begins if before and waits else None)
    pending = PendingQuestion("pause-until", request.language, begins)
    text = context.texts.get(request.language, "pause.ask_again" if again else "pause.ask")
    return _card(context, request, [text], [_set(context, request)], ["@status"], pending=pending)


def names_values(context: Context, request: Request) -> bool:
    """Whether the message names days or lengths, that a command without them would pass over."""
    words, today = vocabulary(context.texts), context.day(request.message.at)
    return holds_values(words, request.message.text, today)


def _told(context: Context, request: Request, step: Step) -> Reply:
    """What was done, and what is so now."""
    kind = step.key.partition(".")[0]
    buttons = [say.undo_choice(context, request.message.at, request.language)] * bool(step.changes)
    ids: list[str] = []
    pending: PendingQuestion | None = say.about_reminders(request.language)
    if step.key == "wishes.none_left":
        ids = ["@unsubscribe", "@status"]
    elif not step.after.active:
        ids, pending = ["@subscribe", "@meetings"], None
    else:
        ids = ["@status", "@meetings"]
        buttons.append(_set(context, request))
        if kind == "pause" or step.key == "wishes.paused":
            pending = PendingQuestion("pause-until", request.language)
    return _card(
        context,
        request,
        _lines(context, request, step),
        buttons,
        ids,
        changes=step.changes,
        pending=pending,
    )


def _lines(context: Context, request: Request, step: Step) -> list[str]:
    language, after, now = request.language, step.after, request.message.at
    get, place = context.texts.get, request.message.place
    leads = say.leads_in_words(context, leads_of(after, context.calendar), language)
    if step.key == "wishes.paused":
        outside = get(language, "wishes.outside_pause", leads=leads) if leads else ""
        lines = [_paused(context, request, after), outside]
        lines.append(none_any_more(context, after, now, language))
        return [*lines, next_sentence(context, after, now, language)]
    first = say.for_whom(context, place, language, step.key, max=LEADS_MAX)
    if not after.active or not step.key.startswith(("subscribe.", "wishes.same")):
        return [first]
    if step.key in ("subscribe.leads", "wishes.same"):
        lines = [first, say.state_in_words(context, after, now, place, language)]
    else:
        lines = [first, get(language, "subscribe.when", leads=leads) if leads else ""]
        lines.append(say.pause_in_words(context, after, now, language))
    return [*lines, none_any_more(context, after, now, language), _first(context, request, after)]


def _first(context: Context, request: Request, after: Subscription) -> str:
    """When the next reminder comes, for which meeting, and how to turn them off again."""
    first = next_sentence(context, after, request.message.at, request.language)
    return f"{first} {context.texts.get(request.language, 'subscribe.off')}" if first else ""


def _paused(context: Context, request: Request, after: Subscription) -> str:
    """From when until when there are no reminders."""
    language, place = request.language, request.message.place

    def in_words(moment_: datetime | None) -> str:
        return day(context, context.calendar.local(moment_).date(), language) if moment_ else ""

    until, begins = in_words(after.paused_until), in_words(after.paused_from)
    key = "pause.done_later" if begins else "pause.done"
    return say.for_whom(context, place, language, key, date=until, begins=begins)


def _ask_which(context: Context, request: Request, readings: Sequence[Sure]) -> Reply:
    """Ask what was meant; each reading is a button that says all of it."""
    language = request.language
    phrases = [
        phrase for each in readings if (phrase := say.wish_in_words(context, each, language))
    ]
    text = context.texts.get(language, "wishes.unsure" if phrases else "wishes.unclear")
    buttons = [Choice(phrase[:1].upper() + phrase[1:], phrase) for phrase in phrases]
    pending = say.about_reminders(language)
    if any(isinstance(each, Break) for each in readings):
        pending = PendingQuestion("pause-until", language)
    return _card(
        context,
        request,
        [text],
        [*buttons, _set(context, request)],
        ["@status"],
        pending=pending,
    )


def _of_one_meeting(context: Context, request: Request, days: Period | None) -> Reply:
    """Reminders are of all meetings; a pause around the one is offered."""
    now, calendar = request.message.at, context.calendar
    text = context.texts.get(request.language, "wishes.one_meeting")
    meeting = next(
        (
            m
            for m in calendar.meetings(now, now + AHEAD)
            if m.held and (days is None or days.first <= m.local.date() <= days.last)
        ),
        None,
    )
    buttons = []
    if meeting is not None:
        leads = leads_of(request.state.subscription or Subscription(active=True), calendar)
        first = meeting.local.date() - max(leads, default=timedelta())
        begins = first if first > calendar.local(now).date() else None
        around = Break(begins, meeting.local.date() + DAY)
        phrase = say.wish_in_words(context, around, request.language)
        if phrase and around.until <= calendar.local(now).date() + LONGEST:
            buttons.append(Choice(phrase[:1].upper() + phrase[1:], phrase))
    return _card(context, request, [text], buttons, ["@status", "@meetings"])


def _set(context: Context, request: Request) -> Choice:
    return say.set_choice(context, request.language)


def _card(
    context: Context,
    request: Request,
    lines: Sequence[str],
    buttons: Sequence[Choice],
    ids: Sequence[str],
    *,
    changes: tuple[Change, ...] = (),
    pending: PendingQuestion | None = None,
) -> Reply:
    """The reply of these lines and buttons; its title is the command's."""
    language = request.language
    text = "\n\n".join(line for line in lines if line.strip())
    card = Card(language=language, title="", text=text)
    card = replace(card, choices=(*buttons, *choices(context, ids, language)))
    return command_reply(context, request, card, changes=changes, pending=pending)
