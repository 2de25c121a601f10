"""The answer to a question about the member's own reminders: from what is stored, and the calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dialogs.card import Card
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices, lead_words, moment, near_moment, weekday_day
from dialogs.meetings.phrases import period_words
from dialogs.values import ConversationState, Message, Reply, Request
from dialogs.wishes import say
from dialogs.wishes.coming import AHEAD, sends
from dialogs.wishes.fulfil import leads_of
from dialogs.wishes.own_state import ABOUT_MEETINGS, About
from dialogs.wishes.periods import Period
from dialogs.wishes.questions import Question, Topic, read
from dialogs.wishes.replies import reply_to
from dialogs.wishes.taken_back import ABOUT_REMINDERS
from dialogs.wishes.wish import OneMeeting
from faq.language import DEFAULT
from faq.reminders import reminders

LATELY = timedelta(days=7)


def inform(context: Context, message: Message, state: ConversationState) -> Reply | None:
    """The reply to a question about somebody's own reminders; None for any other message."""
    question = read(context.texts, message.text, context.day(message.at))
    if question is None or not _is_meant(question, state):
        return None
    language = state.language or question.language or state.last.language or DEFAULT
    request = Request(command="status", message=message, state=state, language=language)
    if question.topic == "skip":
        return reply_to(context, request, OneMeeting(_days(context, question, request)))
    about = About(context, request, question)
    title, lines = about.not_registered() if about.of_a_list() else _ANSWERS[question.topic](about)
    text = "\n\n".join(line for line in lines if line)
    card = Card(language=language, title=title, text=text)
    buttons = choices(context, about.ways(), language)
    if about.active:
        buttons = (say.set_choice(context, language), *buttons)
    pending = say.about_reminders(language) if about.active else None
    reply = command_reply(context, request, replace(card, choices=buttons), pending=pending)
    return replace(reply, last=replace(reply.last, meeting=state.last.meeting))


def _is_meant(question: Question, state: ConversationState) -> bool:
    """Whether it is about the reminders: it names them, or the talk is about them, or about signing up."""
    after_meeting = state.last.command in ABOUT_MEETINGS and question.registered
    return question.named or after_meeting or state.last.command in ABOUT_REMINDERS


def _days(context: Context, question: Question, request: Request) -> Period | None:
    """The day of the meeting that is to be without reminders; None for the next one."""
    meeting = About(context, request, question).meeting()
    day = meeting.local.date() if meeting and question.period else None
    return Period(day, day) if day else None


def _state(about: About) -> tuple[str, list[str]]:
    question = about.question
    if about.paused:
        return about.until(), [about.state(), *about.coming()]
    right = about.active is not question.negated
    whether = "is" if question.either else "yes" if right else "no"
    title = about.say(f"state_{whether}_{'on' if about.active else 'off'}")
    return title, [about.state(), *about.coming()]


def _done(about: About) -> tuple[str, list[str]]:
    undoable, last = about.request.state.undoable, about.request.state.last
    changed = undoable is not None and undoable.at == last.at
    return about.say("done_title" if changed else "done_unchanged"), [about.state()]


def _next(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("state_is_off"), [about.state()]
    first = next(iter(sends(about.context, about.kept, about.now, 1)), None)
    if first is None:
        return about.say("next_none_title"), [about.say("next_none")]
    when = near_moment(about.context, about.context.calendar.local(first.due), about.language)
    return about.say("next_title", when=when), about.coming()


def _meeting(about: About) -> tuple[str, list[str]]:
    context, language, period = about.context, about.language, about.question.period
    meeting = about.meeting()
    if meeting is None:
        words = period_words(context, period, language) if period else ""
        text = about.say("meeting_not_then", period=words) if period else about.say("next_none")
        return about.say("meeting_none"), [text, *about.coming()]
    when = weekday_day(context, meeting.local, language)
    if meeting.cancelled:
        return about.say("meeting_none"), [about.say("meeting_cancelled", meeting=when)]
    if not about.active:
        return about.say("state_no_off"), [about.state()]
    some = [r for r in sends(context, about.kept, about.now, None) if r.meeting == meeting]
    if not some:
        return about.say("meeting_none"), about.coming()
    local = context.calendar.local
    lines = [
        context.texts.get(
            language,
            "status.line",
            when=near_moment(context, local(one.due), language),
            lead=lead_words(context, one.lead, language),
        )
        for one in some
    ]
    return about.say("meeting_yes"), [
        "\n".join([about.say("meeting_for", meeting=when), *lines]),
    ]


def _count(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("state_is_off"), [about.state()]
    leads = leads_of(about.kept, about.context.calendar)
    title = about.say("count_title", count=len(leads))
    return title, [about.state(), *about.coming()]


def _leads(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("state_is_off"), [about.state()]
    title = about.say("leads_title", leads=about.leads())
    return title[:1].upper() + title[1:], about.coming()


def _pause(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("state_is_off"), [about.state()]
    until, begins = about.kept.paused_until, about.kept.paused_from
    if about.paused:
        title = about.say("pause_yes", until=about.day(until))
    elif until and begins and begins > about.now:
        title = about.say("pause_later", begins=about.day(begins))
    else:
        title = about.say("pause_no")
    return title, [about.state(), *about.coming()]


def _change(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("change_no"), [about.state()]
    return about.say("change_yes"), [about.say("change")]


def _ways(about: About) -> tuple[str, list[str]]:
    return about.say("ways_title"), [about.say("ways"), about.state()]


def _nuisance(about: About) -> tuple[str, list[str]]:
    if not about.active:
        return about.say("nuisance_off"), [about.state()]
    return about.say("nuisance_on"), [about.state(), about.say("nuisance")]


def _missed(about: About) -> tuple[str, list[str]]:
    context, kept, now, language = about.context, about.kept, about.now, about.language
    if not about.active:
        return about.say("missed_off"), [about.state()]
    if about.paused:
        return about.say("missed_paused"), [about.state(), *about.coming()]
    period, local = about.question.period, context.calendar.local
    leads = leads_of(kept, context.calendar)
    some = reminders(context.calendar, now - AHEAD, now + AHEAD, lambda _: leads)
    lately = [
        one
        for one in some
        if one.due <= now
        and (period.covers(local(one.due).date()) if period else one.due > now - LATELY)
    ]
    if not lately:
        words = period_words(context, period, language) if period else about.say("lately")
        text = about.say("missed_none_text", period=words, leads=about.leads())
        return about.say("missed_none"), [text, *about.coming()]
    due = moment(context, local(lately[-1].due), language)
    meeting = weekday_day(context, lately[-1].meeting.local, language)
    return about.say("missed_due"), [about.say("missed_due_text", when=due, meeting=meeting)]


_ANSWERS: dict[Topic, Callable[[About], tuple[str, list[str]]]] = {
    "missed": _missed,
    "change": _change,
    "nuisance": _nuisance,
    "ways": _ways,
    "pause": _pause,
    "leads": _leads,
    "meeting": _meeting,
    "next": _next,
    "count": _count,
    "done": _done,
    "state": _state,
}
