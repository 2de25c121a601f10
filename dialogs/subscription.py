"""Subscribe, stop, pause, resume and status: what is true now, and the one next step."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialogs import when
from dialogs.card import Card
from dialogs.changes import Change, Pause, Subscribe, Unsubscribe
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import day, join_words, lead_words, meeting_time, meeting_title, moment
from dialogs.values import ConversationState, Message, PendingQuestion, Reply, Request, Subscription
from faq.language import Language
from faq.reminders import Reminder, reminders

ANSWER_WORDS_MAX = 8
"""Words of an answer to `until when?`; a longer message is a question of its own."""
LONGEST_PAUSE = timedelta(days=2 * 366)
NEXT_MOMENTS = 3
AHEAD = timedelta(days=400)


def subscribe(context: Context, request: Request) -> Reply:
    """Subscribe this conversation; also resumes, and changes the leads."""
    message, language, before = request.message, request.language, request.state.subscription
    chosen = when.leads(message.text) or None
    after = Subscription(active=True, leads=chosen or (before.leads if before else None))
    if before is None or not before.active:
        key = "done"
    elif is_paused(before, message.at):
        key = "resumed"
    else:
        key = "leads" if chosen else "again"
    lines = [
        _text(context, request, f"subscribe.{key}"),
        _leads_line(context, after, language),
    ]
    coming = _sends(context, after, message.at)[:1]
    if coming:
        first = moment(context, context.calendar.local(coming[0].due), language)
        lines.append(context.texts.get(language, "subscribe.first", when=first))
    choice_ids = ["@unsubscribe", "@status", "@meetings"]
    return _reply(context, request, lines, choice_ids, changes=(Subscribe(chosen),))


def unsubscribe(context: Context, request: Request) -> Reply:
    """No more reminders, at once."""
    subscription = request.state.subscription
    active = subscription is not None and subscription.active
    text = _text(context, request, "unsubscribe.done" if active else "unsubscribe.was_not")
    changes = (Unsubscribe(),) if active else ()
    return _reply(context, request, [text], ["@subscribe", "@meetings"], changes=changes)


def pause(context: Context, request: Request) -> Reply:
    """No reminders until a day; asks for the day where the message names none."""
    message, state, language = request.message, request.state, request.language
    if state.subscription is None or not state.subscription.active:
        text = _text(context, request, "pause.was_not")
        return _reply(context, request, [text], ["@subscribe", "@meetings"])
    today = context.calendar.local(message.at).date()
    until = when.until(message.text, today)
    if until is None or not today < until <= today + LONGEST_PAUSE:
        key = "pause.ask_again" if _asked_until_when(state) else "pause.ask"
        pending = PendingQuestion("pause-until", language)
        paragraphs = [context.texts.get(language, key)]
        return _reply(context, request, paragraphs, ["@status", "@unsubscribe"], pending=pending)
    text = _text(context, request, "pause.done", date=day(context, until, language))
    changes = (Pause(context.calendar.utc(when.midnight(until))),)
    return _reply(context, request, [text], ["@subscribe", "@status"], changes=changes)


def status(context: Context, request: Request) -> Reply:
    """What this conversation gets: which leads, and the next three moments of sending."""
    subscription = request.state.subscription
    if subscription is None or not subscription.active:
        because = subscription.ended_because if subscription else None
        explained = because in ("blocked", "disabled", "uninstalled", "removed")
        key = f"status.ended_{because}" if explained else "status.none"
        return _reply(context, request, [_text(context, request, key)], ["@subscribe", "@meetings"])
    lines = _running(context, request, subscription)
    paused = is_paused(subscription, request.message.at)
    choice_ids = ["@subscribe" if paused else "@pause", "@unsubscribe", "@meetings"]
    return _reply(context, request, lines, choice_ids)


def _running(context: Context, request: Request, subscription: Subscription) -> list[str]:
    """What an active subscription gets."""
    now, language = request.message.at, request.language
    lines = [_text(context, request, "status.active")]
    if subscription.paused_until and is_paused(subscription, now):
        until = context.calendar.local(subscription.paused_until).date()
        date = day(context, until, language)
        lines.append(context.texts.get(language, "status.paused", date=date))
    lines.append(_leads_line(context, subscription, language))
    coming = _sends(context, subscription, now)[:NEXT_MOMENTS]
    if coming:
        lines.append(context.texts.get(language, "status.next"))
        listed = (
            f"- {moment(context, context.calendar.local(reminder.due), language)}: "
            f"{meeting_title(reminder.meeting, language)}, {meeting_time(context, reminder.meeting, language)}"
            for reminder in coming
        )
        lines.append("\n".join(listed))
    return lines


def is_paused(subscription: Subscription, now: datetime) -> bool:
    """Whether there is a pause now."""
    return subscription.paused_until is not None and subscription.paused_until > now


def _asked_until_when(state: ConversationState) -> PendingQuestion | None:
    """Our question `until when?`, where it waits for an answer."""
    pending = state.last.pending
    return pending if pending is not None and pending.kind == "pause-until" else None


def answers_when(context: Context, message: Message, state: ConversationState) -> Language | None:
    """The language of our question `until when?`, where a message can be the answer to it."""
    pending = _asked_until_when(state)
    if pending is None or len(message.text.split()) > ANSWER_WORDS_MAX:
        return None
    today = context.calendar.local(message.at).date()
    if when.until(message.text, today) is None and not when.begins_an_end(message.text):
        return None
    return pending.language


def _sends(context: Context, subscription: Subscription, now: datetime) -> list[Reminder]:
    """The reminders that will go out to a subscription, the nearest first."""
    start = max(now, subscription.paused_until or now)
    coming = reminders(
        context.calendar,
        now,
        now + AHEAD,
        lambda series: subscription.leads or series.leads,
    )
    return [reminder for reminder in coming if start < reminder.due < reminder.meeting.starts]


def _leads_line(context: Context, subscription: Subscription, language: Language) -> str:
    """How long before a meeting the reminders come."""
    texts = context.texts
    leads = subscription.leads or {
        lead for series in context.calendar.series for lead in series.leads
    }
    if not leads:
        return ""
    listed = [lead_words(context, lead, language) for lead in sorted(leads, reverse=True)]
    words = join_words(context, listed, language)
    return texts.get(language, "subscribe.when", leads=words)


def _text(context: Context, request: Request, key: str, **values: object) -> str:
    """A text that says `you` in a personal chat, and `this chat` or `this channel` elsewhere."""
    texts, language = context.texts, request.language
    who = texts.get(language, f"who.{request.message.place.name.lower()}")
    return texts.get(language, key, who=who, Who=who[:1].upper() + who[1:], **values)


def _reply(
    context: Context,
    request: Request,
    paragraphs: Sequence[str],
    choice_ids: Sequence[str],
    *,
    changes: tuple[Change, ...] = (),
    pending: PendingQuestion | None = None,
) -> Reply:
    """The reply of these paragraphs; its title is the command's."""
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
    card = Card(language=request.language, title="", text=text)
    return command_reply(
        context, request, card, choice_ids=choice_ids, changes=changes, pending=pending
    )
