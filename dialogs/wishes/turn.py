"""A message that wishes something of the reminders: undo, a form, or a sentence; and what a command makes of it."""

import re
from dataclasses import replace
from datetime import timedelta

from dialogs.card import Card
from dialogs.changes import Undo
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import (
    ConversationState,
    Message,
    Place,
    Reply,
    Request,
    Subscription,
)
from dialogs.wishes import form, say
from dialogs.wishes.about_days import Topic
from dialogs.wishes.asides import without_quotations, without_reason
from dialogs.wishes.corrections import Known, corrected
from dialogs.wishes.neighbours import read_with_neighbours
from dialogs.wishes.reading import read, read_vague_break, read_vague_on
from dialogs.wishes.replies import command_of, reply_to
from dialogs.wishes.undoing import asks_to_undo
from dialogs.wishes.vocabulary import vocabulary
from dialogs.wishes.whose import may_be_of_another, names_another, wishes_something
from dialogs.wishes.wish import Break, Reading, Simple, Unsure
from faq.entries import normalized
from faq.language import DEFAULT, LANGUAGES
from faq.meetings import Calendar

EVENING = timedelta(hours=19)
"""On the clock on the wall, when the evening before a meeting is."""
ANSWER_WORDS_MAX = 10
"""Words of an answer to our last card; a longer message says enough by itself."""
_MOMENT = re.compile(r"\d{1,2}-\d{1,2}-\d{4} \d{1,2}:\d{2}:\d{2}\Z")


def answer(context: Context, message: Message, state: ConversationState) -> Reply | None:
    """The reply to a message that wishes something of the reminders; None where it does not."""

    def request(command: str) -> Request:
        language = state.language or state.last.language or DEFAULT
        return Request(command=command, message=message, state=state, language=language)

    undo = is_undo(context, message.text)
    if undo or asks_to_undo(context, message.text, state, context.day(message.at)):
        return _undo(context, request("status"))
    filled = form.filled(message.text)
    if filled is not None:
        return _filled_in(context, request("subscribe"), filled)
    if _names_form(context, message.text):
        return show_form(context, request("status"))
    reading = read_wish(context, message, state)
    return reply_to(context, request(command_of(reading)), reading) if reading else None


def read_wish(context: Context, message: Message, state: ConversationState) -> Reading | None:
    """What a message wishes, also in a few words to our last card; None where it is no wish."""
    text = without_quotations(message.text)
    reading = _read_sentence(context, replace(message, text=text), state)
    if not _is_doubtful(reading):
        return reading
    today, words = context.day(message.at), vocabulary(context.texts)
    for head in without_reason(words, text, today):
        wish = _read_sentence(context, replace(message, text=head), state)
        if not _is_doubtful(wish) and (reading is not Simple.FOR_ANOTHER or wish is not Simple.ON):
            return wish
    return reading


def _is_doubtful(reading: Reading | None) -> bool:
    """Whether a reading is none, or none of what the member wishes for herself."""
    return reading is None or isinstance(reading, Unsure) or reading is Simple.FOR_ANOTHER


def _read_sentence(context: Context, message: Message, state: ConversationState) -> Reading | None:
    """What a message says in all of its words."""
    today, words, topic = context.day(message.at), vocabulary(context.texts), _topic(message, state)
    known = Known(state.subscription, state.undoable, context.calendar, message.at, topic)
    mended = corrected(read_with_neighbours(words, message.text, today), today, known)
    if mended:
        return mended
    reading = read(
        words,
        message.text,
        today,
        topic=topic,
        evening=evening_before(context.calendar),
        shared=message.place is not Place.PERSONAL,
    )
    pending = state.last.pending
    begins = pending.begins if pending and pending.kind == "pause-until" else None
    if begins and isinstance(reading, Break) and reading.begins is None and begins < reading.until:
        return Break(begins, reading.until)
    return reading


def says_more(context: Context, message: Message) -> bool:
    """Whether what looks like a question beside a wish is more of the wish."""
    return wishes_something(vocabulary(context.texts), message.text, context.day(message.at))


def is_doubtful(context: Context, message: Message, command: str) -> bool:
    """Whether a message that the search took for reminders on or off may be of somebody or something else."""
    about = (vocabulary(context.texts), message.text, context.day(message.at))
    if command == "unsubscribe":
        return may_be_of_another(*about)
    return command == "subscribe" and names_another(*about)


def vague_on(context: Context, message: Message) -> Reading:
    """What is made of a message that the search took for reminders on: not for somebody else, not without its days."""
    shared, today = message.place is not Place.PERSONAL, context.day(message.at)
    return read_vague_on(vocabulary(context.texts), message.text, today, shared=shared)


def vague_pause(context: Context, message: Message) -> Reading:
    """What is asked of a message that the search took for a wish to pause."""
    return read_vague_break(vocabulary(context.texts), message.text, context.day(message.at))


def evening_before(calendar: Calendar) -> timedelta | None:
    """How long before a meeting the evening before it is; None where meetings begin at different times."""
    times = {series.starts.time() for series in calendar.series}
    if len(times) != 1:
        return None
    starts = next(iter(times))
    return timedelta(hours=24 + starts.hour, minutes=starts.minute) - EVENING


def _topic(message: Message, state: ConversationState) -> Topic:
    pending = state.last.pending
    if pending is None or len(message.text.split()) > ANSWER_WORDS_MAX:
        return ""
    topics: dict[str, Topic] = {"reminders": "reminders", "pause-until": "pause"}
    return topics.get(pending.kind, "")


def is_undo(context: Context, text: str) -> bool:
    """Whether a message asks to undo the last change, or the change of a moment."""
    words = normalized(_MOMENT.sub("", text.strip()))
    return any(
        words == normalized(listed)
        for language in LANGUAGES
        for listed in context.texts.get_list(language, "undo.words")
    )


def _undo(context: Context, request: Request) -> Reply:
    """Put back what there was before the last change, where it is the one that is meant."""
    undoable, language = request.state.undoable, request.language
    named = _MOMENT.search(request.message.text.strip())
    lines = [context.texts.get(language, "undo.nothing")]
    changes: tuple[Undo, ...] = ()
    if undoable is not None:
        at = context.calendar.local(undoable.at).strftime(say.UNDO_MOMENT)
        if named and named[0] != at:
            lines = [context.texts.get(language, "undo.stale")]
        else:
            before = undoable.before or Subscription(active=False)
            now, place = request.message.at, request.message.place
            state = say.state_in_words(context, before, now, place, language)
            lines, changes = [context.texts.get(language, "undo.done"), state], (Undo(undoable.at),)
    elif named:
        lines = [context.texts.get(language, "undo.stale")]
    title = context.texts.get(language, "subscribe.title")
    card = Card(language=language, title=title, text="\n\n".join(lines))
    return command_reply(
        context, request, card, choice_ids=["@status", "@meetings"], changes=changes
    )


def _names_form(context: Context, text: str) -> bool:
    return any(
        normalized(text) == normalized(context.texts.get(language, key))
        for language in LANGUAGES
        for key in ("wishes.set_says", "wishes.set")
    )


def show_form(
    context: Context, request: Request, filled: form.Filled | None = None, mistake: str = ""
) -> Reply:
    """The form; after a mistake with what was filled in, so that nothing is lost."""
    texts, language = context.texts, request.language
    kept, now = request.state.subscription, request.message.at
    ids = ["@unsubscribe", "@status"] if mistake == "no_lead" else ["@status"]
    card = Card(
        language=language,
        title=texts.get(language, "form.title"),
        text=texts.get(language, f"form.{mistake or 'text'}"),
        note=texts.get(language, "form.in_words"),
        form=say.form_of(context, kept, now, language, filled),
        choices=choices(context, ids, language),
    )
    return command_reply(context, request, card, pending=say.about_reminders(language))


def _filled_in(context: Context, request: Request, filled: form.Filled) -> Reply:
    """Carry out what a form asks for, or say what is wrong with it."""
    asked = form.settings(filled, context.day(request.message.at))
    if isinstance(asked, str):
        return show_form(context, request, filled, asked)
    return reply_to(context, request, asked)
