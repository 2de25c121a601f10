"""Reminders on, off, paused, and status: what is true now, and the one next step."""

from itertools import groupby

from dialogs.card import Card
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices, lead_words, meeting_title, moment, near_moment
from dialogs.values import Reply, Request, Subscription
from dialogs.wishes import say
from dialogs.wishes.coming import none_any_more, sends
from dialogs.wishes.fulfil import leads_of
from dialogs.wishes.replies import names_values, reply_to
from dialogs.wishes.turn import read_wish, vague_on, vague_pause
from dialogs.wishes.wish import Simple, Unsure
from faq.language import Language
from faq.meetings import Meeting
from faq.reminders import Reminder

NEXT_MOMENTS = 3


def subscribe(context: Context, request: Request) -> Reply:
    """Reminders on, with the leads that the message names; asks where it names what was not read."""
    if request.exact:
        return reply_to(context, request, Simple.ON)
    reading = read_wish(context, request.message, request.state)
    return reply_to(context, request, reading or vague_on(context, request.message))


def unsubscribe(context: Context, request: Request) -> Reply:
    """No more reminders, at once; asks where the message names days or leads."""
    if request.exact:
        return reply_to(context, request, Simple.OFF)
    reading = read_wish(context, request.message, request.state)
    vague = Unsure((Simple.OFF,)) if names_values(context, request) else Simple.OFF
    return reply_to(context, request, reading or vague)


def pause(context: Context, request: Request) -> Reply:
    """No reminders for a while; asks for the days where the message names none."""
    reading = None if request.exact else read_wish(context, request.message, request.state)
    return reply_to(context, request, reading or vague_pause(context, request.message))


def status(context: Context, request: Request) -> Reply:
    """What this conversation gets: which leads, and the next three moments of sending."""
    subscription, language = request.state.subscription, request.language
    if subscription is None or not subscription.active:
        because = subscription.ended_because if subscription else None
        explained = because in ("blocked", "disabled", "uninstalled", "removed")
        key = f"status.ended_{because}" if explained else "status.none"
        text = say.for_whom(context, request.message.place, language, key)
        card = Card(language=language, title="", text=text)
        return command_reply(context, request, card, choice_ids=["@subscribe", "@meetings"])
    text = "\n\n".join(line for line in _running(context, request, subscription) if line)
    paused = subscription.paused_at(request.message.at)
    ids = ["@subscribe" if paused else "@pause", "@meetings", "@unsubscribe"]
    buttons = (say.set_choice(context, language), *choices(context, ids, language))
    card = Card(language=language, title="", text=text, choices=buttons)
    return command_reply(context, request, card, pending=say.about_reminders(language))


def _running(context: Context, request: Request, subscription: Subscription) -> list[str]:
    """What an active subscription gets."""
    now, language, texts = request.message.at, request.language, context.texts
    lines = [say.for_whom(context, request.message.place, language, "status.active")]
    lines.append(say.pause_in_words(context, subscription, now, language))
    leads = say.leads_in_words(context, leads_of(subscription, context.calendar), language)
    lines.append(texts.get(language, "subscribe.when", leads=leads) if leads else "")
    lines.append(none_any_more(context, subscription, now, language))
    coming = sends(context, subscription, now, NEXT_MOMENTS)
    if coming:
        lines.append(texts.get(language, "status.next"))
        for meeting, of_it in groupby(coming, key=lambda reminder: reminder.meeting):
            listed = (_one_line(context, reminder, language) for reminder in of_it)
            lines.append("\n".join((_which(context, meeting, language), *listed)))
    return lines


def _which(context: Context, meeting: Meeting, language: Language) -> str:
    """Which meeting it is about; its name only where there are others."""
    key = "status.meeting" if len(context.calendar.series) == 1 else "status.meeting_named"
    when, name = moment(context, meeting.local, language), meeting_title(meeting, language)
    return context.texts.get(language, key, when=when, meeting=name)


def _one_line(context: Context, reminder: Reminder, language: Language) -> str:
    """When a reminder comes, and how long before the meeting that is."""
    when = near_moment(context, context.calendar.local(reminder.due), language)
    lead = lead_words(context, reminder.lead, language)
    return context.texts.get(language, "status.line", when=when, lead=lead)
