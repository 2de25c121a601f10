"""What a message says within the talk: to our own card, nothing that asks, or on about what was just told."""

from dataclasses import replace

from dialogs import answer, in_short, small_talk
from dialogs import follow_up as asked_on
from dialogs.context import Context
from dialogs.excerpts import excerpt_of
from dialogs.leaning import content_words
from dialogs.naming import in_title
from dialogs.own_card import Unnamed
from dialogs.subject import FollowUp, subject
from dialogs.subject import follow_up as read_on
from dialogs.suggestions import BELIEVED_AT
from dialogs.values import ConversationState, Message, Reply
from dialogs.wishes import taken_back
from faq.entries import normalized
from faq.language import DEFAULT, Language
from faq.search.result import Match, SearchResult

TITLE_LETTERS = 4
"""Shorter words stand in too many titles to say which is meant."""
TAKES_BACK = frozenset({"wrong", "no", "unchanged"})
"""What takes back a change of the reminders that was made just before."""


def reply(
    context: Context, message: Message, state: ConversationState, chosen: Unnamed | None
) -> Reply | None:
    """The reply to what needs no search; None where something is asked.

    Args:
        context: what a dialog may read.
        message: what the member wrote.
        state: of the conversation.
        chosen: what it says to the choices of the card before.
    """
    language, texts = _spoken(state), context.texts
    if chosen is Unnamed.WHICH:
        return answer.which(context, state, language)
    if chosen is Unnamed.AGAIN:
        shown = state.last.listed or state.last.offered
        again = replace(state, last=replace(state.last, offered=shown))
        return answer.which(context, again, language)
    if chosen is Unnamed.NONE:
        return answer.not_meant(context, state, language)
    if asked_on.asks_for_sources(texts, message.text):
        return _sources(context, message, state)
    if in_short.is_asked(texts, message.text):
        return _in_short(context, message, state)
    kind = small_talk.kind(texts, message.text)
    if kind in TAKES_BACK and taken_back.is_meant(state):
        return taken_back.ask(context, message, state)
    if kind == "wrong" or (kind == "no" and state.last.kind == "answer"):
        return answer.not_meant(context, state, language, "talk.wrong")
    return small_talk.reply(context, state, language, kind) if kind else None


def _sources(context: Context, message: Message, state: ConversationState) -> Reply:
    """The sources of what was told; where that was no answer, that there are none."""
    language, last = _spoken(state), state.last
    about = subject(context, message.quoted, last.entry)
    told_nothing = last.kind in ("suggest", "unknown") and message.quoted is None
    if about is None or told_nothing:
        return asked_on.no_answer(context, message, last.entry, language)
    if asked_on.asks_for_proof(context.texts, message.text):
        excerpt = excerpt_of(context, message.text, about, language)
        if excerpt.sentences:
            asked = FollowUp(about=about, language=language, told=last.told, excerpt=excerpt)
            return asked_on.part(context, message, asked)
    return asked_on.sources(context, message, about, language, last.told)


def _in_short(context: Context, message: Message, state: ConversationState) -> Reply:
    """The subject in short; without one, what helps who finds it hard."""
    about, language = subject(context, message.quoted, state.last.entry), _spoken(state)
    if about is None:
        return small_talk.reply(context, state, language, "hard")
    return in_short.in_short(context, message, about, language, again=state.last.shortened)


def follow_up(
    context: Context, message: Message, state: ConversationState, result: SearchResult
) -> Reply | None:
    """The reply to what asks on about the subject of the talk; None where the message stands by itself."""
    about = subject(context, message.quoted, state.last.entry)
    if about is None:
        return _about_the_choices(context, message, state, result)
    last = state.last
    bare = FollowUp(about=about, language=_spoken(state), told=last.told, shortened=last.shortened)
    numbered = asked_on.numbered(context, message, bare)
    if numbered:
        return numbered
    asked = read_on(context, message.text, bare, result)
    return asked_on.reply(context, message, asked) if asked else None


def _about_the_choices(
    context: Context, message: Message, state: ConversationState, result: SearchResult
) -> Reply | None:
    """`Kun je dat uitleggen?` under choices of which none was chosen yet: the likeliest; else which one is meant."""
    asked = state.last.kind == "suggest" and state.last.offered
    if not asked or content_words(context.texts, message.text):
        return None
    if _is_titled(context, message.text, result):
        return None
    language, first = _spoken(state), state.last.offered[0].text
    titled = (e.id for e in context.knowledge.entries.values() if e.title(language) == first)
    id_ = next(titled, None)
    if id_ and context.texts.pattern("follow_up.explains").search(message.text.casefold()):
        result = SearchResult("answer", (Match(id_, 1.0),), language)
        return answer.answer(context, message, result, language, believed=True)
    return answer.which(context, state, language)


def _is_titled(context: Context, text: str, result: SearchResult) -> bool:
    """Whether what is likely has a word of the message in its title, though it says little: `is het verplicht?`."""
    words = [word for word in normalized(text).split() if len(word) >= TITLE_LETTERS]
    return any(
        match.score >= BELIEVED_AT and in_title(context.knowledge.entries[match.id], words)
        for match in result.matches[:1]
        if match.id in context.knowledge.entries
    )


def _spoken(state: ConversationState) -> Language:
    return state.language or state.last.language or DEFAULT
