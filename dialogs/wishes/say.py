"""A wish, and the state of somebody's reminders, in words; a button says what could have been typed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dialogs.card import Choice, Form, Tick
from dialogs.context import Context
from dialogs.format import day, join_words, lead_words
from dialogs.values import PendingQuestion, Place, Subscription
from dialogs.wishes.form import Filled
from dialogs.wishes.fulfil import leads_of, usual_leads
from dialogs.wishes.periods import DAY
from dialogs.wishes.wish import Break, Leads, Simple, Sure
from faq.language import Language
from faq.meetings import lead_minutes, lead_text

OFFERED = tuple(
    timedelta(**size)
    for size in ({"weeks": 2}, {"weeks": 1}, {"days": 1}, {"hours": 2}, {"hours": 1})
)
"""Leads that a form offers beside those of the series and those chosen already."""
HOUR, DAY_LONG = timedelta(hours=1), timedelta(days=1)
UNDO_MOMENT = "%d-%m-%Y %H:%M:%S"


def for_whom(context: Context, place: Place, language: Language, key: str, **values: object) -> str:
    """A text that says `you` in a personal chat, and `this chat` or `this channel` elsewhere."""
    who = context.texts.get(language, f"who.{place.name.lower()}")
    return context.texts.get(language, key, who=who, Who=who[:1].upper() + who[1:], **values)


def about_reminders(language: Language) -> PendingQuestion:
    """Our card was about reminders, so a few words to it are understood: `en ook een uur`."""
    return PendingQuestion("reminders", language)


def leads_in_words(context: Context, leads: Iterable[timedelta], language: Language) -> str:
    """Leads, the longest first: een week, een dag en een uur.

    Beside one of minutes an hour is sixty minutes, for `een uur en 15 minuten` would be one lead.
    """
    longest_first = sorted(leads, reverse=True)
    in_minutes = any(lead % HOUR for lead in longest_first)
    listed = [
        context.texts.get(language, "leads.minutes", count=lead_minutes(lead))
        if in_minutes and lead % DAY_LONG and lead_minutes(lead) > 1
        else lead_words(context, lead, language)
        for lead in longest_first
    ]
    return join_words(context, listed, language)


def pause_in_words(
    context: Context, subscription: Subscription, now: datetime, language: Language
) -> str:
    """The pause that there is, or that is to come; empty where there is none."""
    begins, until = subscription.paused_from, subscription.paused_until
    if until is None or until <= now:
        return ""
    until_words = day(context, context.calendar.local(until).date(), language)
    if begins is None or begins <= now:
        return context.texts.get(language, "wishes.pause_now", until=until_words)
    begins_words = day(context, context.calendar.local(begins).date(), language)
    return context.texts.get(language, "wishes.pause_later", begins=begins_words, until=until_words)


def state_in_words(
    context: Context, subscription: Subscription, now: datetime, place: Place, language: Language
) -> str:
    """What somebody gets from now on."""
    if not subscription.active:
        return for_whom(context, place, language, "wishes.now_off")
    leads = leads_in_words(context, leads_of(subscription, context.calendar), language)
    if not leads:
        return pause_in_words(context, subscription, now, language)
    now_words = for_whom(context, place, language, "wishes.now", leads=leads)
    return f"{now_words} {pause_in_words(context, subscription, now, language)}".strip()


def wish_in_words(context: Context, wish: Sure, language: Language) -> str | None:
    """A wish as a button says it; None for what no button says."""
    get = context.texts.get
    match wish:
        case Leads():
            return _leads(context, wish, language)
        case Break(begins, until):
            values = {"until": day(context, until, language)}
            if begins is None:
                return get(language, "wishes.say_pause_now", **values)
            values["begins"] = day(context, begins, language)
            return get(language, "wishes.say_pause_later", **values)
        case Simple.ON:
            return context.title("@subscribe", language)
        case Simple.OFF:
            return context.title("@unsubscribe", language)
        case Simple.RESUME:
            return get(language, "wishes.say_resume")
    return None


def _leads(context: Context, wish: Leads, language: Language) -> str:
    leads = leads_in_words(context, wish.add, language)
    without = leads_in_words(context, wish.remove, language)
    if wish.only:
        return context.texts.get(language, "wishes.say_only", leads=leads)
    if not wish.add:
        return context.texts.get(language, "wishes.say_remove", leads=without)
    key = "wishes.say_both" if wish.remove else "wishes.say_add"
    return context.texts.get(language, key, leads=leads, without=without)


def undo_choice(context: Context, at: datetime, language: Language) -> Choice:
    """The button that undoes the change of that moment, and no other."""
    moment = context.calendar.local(at).strftime(UNDO_MOMENT)
    texts = context.texts
    return Choice(
        texts.get(language, "undo.button"), texts.get(language, "undo.says", moment=moment)
    )


def set_choice(context: Context, language: Language) -> Choice:
    """The button that leads to the form."""
    texts = context.texts
    return Choice(texts.get(language, "wishes.set"), texts.get(language, "wishes.set_says"))


def form_of(
    context: Context,
    subscription: Subscription | None,
    now: datetime,
    language: Language,
    filled: Filled | None = None,
) -> Form:
    """The form, with what there is, or what was filled in already."""
    get = context.texts.get
    active = subscription if subscription and subscription.active else Subscription(active=True)
    chosen = filled.leads if filled else tuple(leads_of(active, context.calendar))
    offered = {*OFFERED, *usual_leads(context.calendar), *chosen}
    ticks = tuple(
        Tick(lead_words(context, lead, language), lead_text(lead), lead in chosen)
        for lead in sorted(offered, reverse=True)
    )
    begins, last = (filled.begins, filled.last) if filled else _days(context, active, now)
    return Form(
        ticks_label=get(language, "form.leads"),
        ticks=ticks,
        begins_label=get(language, "form.begins"),
        begins=begins,
        last_label=get(language, "form.last"),
        last=last,
        submit=Choice(get(language, "form.submit"), get(language, "wishes.set_says")),
    )


def _days(context: Context, subscription: Subscription, now: datetime) -> tuple[str, str]:
    """The first and the last day of the pause, as a form has them; empty where there is none."""
    begins, until = subscription.paused_from, subscription.paused_until
    if until is None or until <= now:
        return "", ""
    first = context.calendar.local(begins).date() if begins else None
    last: date = context.calendar.local(until).date() - DAY
    return first.isoformat() if first else "", last.isoformat()
