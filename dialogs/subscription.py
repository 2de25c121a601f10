"""Subscribe, stop, pause, resume and status: what is true now, and the one next step."""

from datetime import datetime, timedelta

from dialogs import when as moments
from dialogs.answer import day
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.meetings import title, when
from dialogs.values import (
    Card,
    Change,
    ConversationState,
    Language,
    Message,
    Pause,
    Place,
    Reply,
    Subscribe,
    Subscription,
    Unsubscribe,
)
from faq.meetings import Meeting

PAUSE_UNTIL = "pause-until"
"""A question of ours: until when?"""
LONGEST_PAUSE = timedelta(days=2 * 366)
NEXT_MOMENTS = 3


def subscribe(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """Subscribe this conversation; also resumes, and changes the leads."""
    chosen = moments.leads(message.text) or None
    before = state.subscription
    active = before is not None and before.active
    resting = before is not None and _resting(before, message.at)
    was = active and not resting
    after = Subscription(active=True, leads=chosen or (before.leads if before else None))
    key = (
        "again"
        if was and not chosen
        else "leads"
        if was
        else "resumed"
        if active and resting
        else "done"
    )
    text = [
        _say(context, message, language, f"subscribe.{key}"),
        _says_when(context, after, language),
    ]
    soon = _moments(context, after, message.at)[:1]
    if soon:
        text.append(
            context.texts.get(
                language, "subscribe.first", when=_moment(context, soon[0][0], language)
            )
        )
    return command_reply(
        context,
        _card(language, *text),
        "subscribe",
        ways=["@unsubscribe", "@status", "@meetings"],
        changes=(Subscribe(chosen),),
        message=message,
        state=state,
    )


def unsubscribe(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """No more reminders, at once."""
    active = state.subscription is not None and state.subscription.active
    text = _say(context, message, language, "unsubscribe.done" if active else "unsubscribe.was_not")
    changes: tuple[Change, ...] = (Unsubscribe(),) if active else ()
    return command_reply(
        context,
        _card(language, text),
        "unsubscribe",
        ways=["@subscribe", "@meetings"],
        changes=changes,
        message=message,
        state=state,
    )


def pause(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """No reminders until a day; asks for the day where the message names none."""
    texts = context.texts
    asked: str | None = None
    changes: tuple[Change, ...] = ()
    ways = ["@subscribe", "@meetings"]
    today = context.calendar.local(message.at).date()
    until = moments.until(message.text, today)
    if state.subscription is None or not state.subscription.active:
        text = _say(context, message, language, "pause.was_not")
    elif until is None or not today < until <= today + LONGEST_PAUSE:
        again = (state.last.asked or "").startswith(PAUSE_UNTIL)
        text = texts.get(language, "pause.ask_again" if again else "pause.ask")
        asked = f"{PAUSE_UNTIL} {language}"
        ways = ["@status", "@unsubscribe"]
    else:
        changes = (Pause(context.calendar.utc(moments.midnight(until))),)
        text = _say(context, message, language, "pause.done", date=day(context, language, until))
        ways = ["@subscribe", "@status"]
    return command_reply(
        context,
        _card(language, text),
        "pause",
        ways=ways,
        changes=changes,
        message=message,
        state=state,
        asked=asked,
    )


def status(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """What this conversation gets: which leads, and the next three moments of sending."""
    subscription = state.subscription
    if subscription is None or not subscription.active:
        because = subscription.ended_because if subscription else None
        told_why = because in ("blocked", "disabled", "uninstalled", "removed")
        key = f"status.ended_{because}" if told_why else "status.none"
        lines, ways = [_say(context, message, language, key)], ["@subscribe", "@meetings"]
    else:
        lines = _running(context, message, subscription, language)
        resting = _resting(subscription, message.at)
        ways = ["@subscribe" if resting else "@pause", "@unsubscribe", "@meetings"]
    card = _card(language, *lines)
    return command_reply(context, card, "status", ways=ways, message=message, state=state)


def _running(
    context: Context, message: Message, subscription: Subscription, language: Language
) -> list[str]:
    lines = [_say(context, message, language, "status.active")]
    if subscription.paused_until and _resting(subscription, message.at):
        until = context.calendar.local(subscription.paused_until).date()
        lines.append(
            context.texts.get(language, "status.paused", date=day(context, language, until))
        )
    lines.append(_says_when(context, subscription, language))
    soon = _moments(context, subscription, message.at)[:NEXT_MOMENTS]
    if soon:
        lines.append(context.texts.get(language, "status.next"))
        lines.append(
            "\n".join(
                f"- {_moment(context, at, language)}: {title(m, language)}, {when(context, m, language)}"
                for at, m in soon
            )
        )
    return lines


def _resting(subscription: Subscription, now: datetime) -> bool:
    """Whether there is a pause now."""
    return subscription.paused_until is not None and subscription.paused_until > now


def answers_when(context: Context, message: Message, state: ConversationState) -> Language | None:
    """The language of our question `until when?`, where a message can be the answer to it."""
    asked, _, language = (state.last.asked or "").partition(" ")
    texts = message.text.split()
    if asked != PAUSE_UNTIL or len(texts) > 8:
        return None
    today = context.calendar.local(message.at).date()
    if moments.until(message.text, today) is None and not moments.begins_an_end(message.text):
        return None
    return "en" if language == "en" else "nl"


def _moments(
    context: Context, subscription: Subscription, now: datetime
) -> list[tuple[datetime, Meeting]]:
    """When reminders will go out to a subscription, the nearest first."""
    start = max(now, subscription.paused_until or now)
    found = [
        (at, meeting)
        for meeting in context.calendar.meetings(now, now + timedelta(days=400))
        if not meeting.cancelled
        for lead in subscription.leads or meeting.series.leads
        if start < (at := context.calendar.due(meeting, lead)) < meeting.starts
    ]
    return sorted(found, key=lambda pair: pair[0])


def _moment(context: Context, at: datetime, language: Language) -> str:
    local = context.calendar.local(at)
    weekday = context.texts.get_list(language, "calendar.days")[local.weekday()]
    return f"{weekday} {day(context, language, local.date())}, {local:%H:%M}"


def _says_when(context: Context, subscription: Subscription, language: Language) -> str:
    """How long before a meeting the reminders come."""
    texts = context.texts
    leads = subscription.leads or {lead for s in context.calendar.series for lead in s.leads}
    if not leads:
        return ""
    parts = [lead_words(context, lead, language) for lead in sorted(leads, reverse=True)]
    listed = (
        parts[0]
        if len(parts) == 1
        else ", ".join(parts[:-1])
        + texts.get(language, "subscribe.and").join((" ", " "))
        + parts[-1]
    )
    return texts.get(language, "subscribe.when", leads=listed)


def lead_words(context: Context, lead: timedelta, language: Language) -> str:
    """A lead in words: een week, twee dagen."""
    minutes = int(lead.total_seconds()) // 60
    for unit, size in (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes % size == 0:
            count = minutes // size
            return context.texts.get(
                language, f"leads.{unit}" if count == 1 else f"leads.{unit}s", count=count
            )
    raise AssertionError(minutes)


def _say(context: Context, message: Message, language: Language, key: str, **values: object) -> str:
    """A text that says `you` in a personal chat, and `this chat` or `this channel` elsewhere."""
    who = context.texts.get(
        language, f"who.{message.place.value if message.place != Place.GROUP else 'group'}"
    )
    return context.texts.get(language, key, who=who, Who=who[:1].upper() + who[1:], **values)


def _card(language: Language, *paragraphs: str) -> Card:
    """A card of these paragraphs; its title is the command's."""
    return Card(language=language, title="", text="\n\n".join(p for p in paragraphs if p.strip()))
