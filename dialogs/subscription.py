"""Subscribe, stop, pause, resume and status: what is true now, and the one next step."""

from datetime import datetime, timedelta

from dialogs import when as moments
from dialogs.answer import day
from dialogs.command import told
from dialogs.context import House
from dialogs.meetings import title, when
from dialogs.values import (
    Card,
    Change,
    Known,
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


def subscribe(house: House, message: Message, known: Known, language: Language) -> Reply:
    """Subscribe this conversation; also resumes, and changes the leads."""
    chosen = moments.leads(message.text) or None
    before = known.subscription
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
    text = [_say(house, message, language, f"subscribe.{key}"), _says_when(house, after, language)]
    soon = _moments(house, after, message.at)[:1]
    if soon:
        text.append(
            house.words.say(language, "subscribe.first", when=_moment(house, soon[0][0], language))
        )
    return told(
        house,
        _card(language, *text),
        "subscribe",
        ways=["@unsubscribe", "@status", "@meetings"],
        changes=(Subscribe(chosen),),
        message=message,
        known=known,
    )


def unsubscribe(house: House, message: Message, known: Known, language: Language) -> Reply:
    """No more reminders, at once."""
    active = known.subscription is not None and known.subscription.active
    text = _say(house, message, language, "unsubscribe.done" if active else "unsubscribe.was_not")
    changes: tuple[Change, ...] = (Unsubscribe(),) if active else ()
    return told(
        house,
        _card(language, text),
        "unsubscribe",
        ways=["@subscribe", "@meetings"],
        changes=changes,
        message=message,
        known=known,
    )


def pause(house: House, message: Message, known: Known, language: Language) -> Reply:
    """No reminders until a day; asks for the day where the message names none."""
    words = house.words
    asked: str | None = None
    changes: tuple[Change, ...] = ()
    ways = ["@subscribe", "@meetings"]
    today = house.calendar.local(message.at).date()
    until = moments.until(message.text, today)
    if known.subscription is None or not known.subscription.active:
        text = _say(house, message, language, "pause.was_not")
    elif until is None or not today < until <= today + LONGEST_PAUSE:
        again = (known.recent.asked or "").startswith(PAUSE_UNTIL)
        text = words.say(language, "pause.ask_again" if again else "pause.ask")
        asked = f"{PAUSE_UNTIL} {language}"
        ways = ["@status", "@unsubscribe"]
    else:
        changes = (Pause(house.calendar.utc(moments.midnight(until))),)
        text = _say(house, message, language, "pause.done", date=day(house, language, until))
        ways = ["@subscribe", "@status"]
    return told(
        house,
        _card(language, text),
        "pause",
        ways=ways,
        changes=changes,
        message=message,
        known=known,
        asked=asked,
    )


def status(house: House, message: Message, known: Known, language: Language) -> Reply:
    """What this conversation gets: which leads, and the next three moments of sending."""
    subscription = known.subscription
    if subscription is None or not subscription.active:
        because = subscription.ended_because if subscription else None
        told_why = because in ("blocked", "disabled", "uninstalled", "removed")
        key = f"status.ended_{because}" if told_why else "status.none"
        lines, ways = [_say(house, message, language, key)], ["@subscribe", "@meetings"]
    else:
        lines = _running(house, message, subscription, language)
        resting = _resting(subscription, message.at)
        ways = ["@subscribe" if resting else "@pause", "@unsubscribe", "@meetings"]
    card = _card(language, *lines)
    return told(house, card, "status", ways=ways, message=message, known=known)


def _running(
    house: House, message: Message, subscription: Subscription, language: Language
) -> list[str]:
    lines = [_say(house, message, language, "status.active")]
    if subscription.paused_until and _resting(subscription, message.at):
        until = house.calendar.local(subscription.paused_until).date()
        lines.append(house.words.say(language, "status.paused", date=day(house, language, until)))
    lines.append(_says_when(house, subscription, language))
    soon = _moments(house, subscription, message.at)[:NEXT_MOMENTS]
    if soon:
        lines.append(house.words.say(language, "status.next"))
        lines.append(
            "\n".join(
                f"- {_moment(house, at, language)}: {title(m, language)}, {when(house, m, language)}"
                for at, m in soon
            )
        )
    return lines


def _resting(subscription: Subscription, now: datetime) -> bool:
    """Whether there is a pause now."""
    return subscription.paused_until is not None and subscription.paused_until > now


def answers_when(house: House, message: Message, known: Known) -> Language | None:
    """The language of our question `until when?`, where a message can be the answer to it."""
    asked, _, language = (known.recent.asked or "").partition(" ")
    words = message.text.split()
    if asked != PAUSE_UNTIL or len(words) > 8:
        return None
    today = house.calendar.local(message.at).date()
    if moments.until(message.text, today) is None and not moments.begins_an_end(message.text):
        return None
    return "en" if language == "en" else "nl"


def _moments(
    house: House, subscription: Subscription, now: datetime
) -> list[tuple[datetime, Meeting]]:
    """When reminders will go out to a subscription, the nearest first."""
    start = max(now, subscription.paused_until or now)
    found = [
        (at, meeting)
        for meeting in house.calendar.meetings(now, now + timedelta(days=400))
        if not meeting.cancelled
        for lead in subscription.leads or meeting.series.leads
        if start < (at := house.calendar.due(meeting, lead)) < meeting.starts
    ]
    return sorted(found, key=lambda pair: pair[0])


def _moment(house: House, at: datetime, language: Language) -> str:
    local = house.calendar.local(at)
    weekday = house.words.listed(language, "calendar.days")[local.weekday()]
    return f"{weekday} {day(house, language, local.date())}, {local:%H:%M}"


def _says_when(house: House, subscription: Subscription, language: Language) -> str:
    """How long before a meeting the reminders come."""
    words = house.words
    leads = subscription.leads or {lead for s in house.calendar.series for lead in s.leads}
    if not leads:
        return ""
    parts = [lead_words(house, lead, language) for lead in sorted(leads, reverse=True)]
    listed = (
        parts[0]
        if len(parts) == 1
        else ", ".join(parts[:-1])
        + words.say(language, "subscribe.and").join((" ", " "))
        + parts[-1]
    )
    return words.say(language, "subscribe.when", leads=listed)


def lead_words(house: House, lead: timedelta, language: Language) -> str:
    """A lead in words: een week, twee dagen."""
    minutes = int(lead.total_seconds()) // 60
    for unit, size in (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes % size == 0:
            count = minutes // size
            return house.words.say(
                language, f"leads.{unit}" if count == 1 else f"leads.{unit}s", count=count
            )
    raise AssertionError(minutes)


def _say(house: House, message: Message, language: Language, key: str, **values: object) -> str:
    """A text that says `you` in a personal chat, and `this chat` or `this channel` elsewhere."""
    who = house.words.say(
        language, f"who.{message.place.value if message.place != Place.GROUP else 'group'}"
    )
    return house.words.say(language, key, who=who, Who=who[:1].upper() + who[1:], **values)


def _card(language: Language, *paragraphs: str) -> Card:
    """A card of these paragraphs; its title is the command's."""
    return Card(language=language, title="", text="\n\n".join(p for p in paragraphs if p.strip()))
