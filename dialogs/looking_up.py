"""What must be looked up: searched, read within the talk, and told, offered or admitted not to be known."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import answer, language_choice, numbering, single_words, suggestions, talk
from dialogs.carrying_out import carry_out, change
from dialogs.command import Command
from dialogs.context import Context
from dialogs.format import text_card
from dialogs.leaning import content_words
from dialogs.meetings.entries import is_of_meetings
from dialogs.naming import has_any
from dialogs.subject import without_unasked_command
from dialogs.understanding.sentences import introduced_question
from dialogs.understanding.utterance import read
from dialogs.values import ConversationState, LastExchange, Message, Outcome, Reply
from faq.entries import normalized
from faq.language import DEFAULT
from faq.search.follow_up import points_back
from faq.search.result import Match, Search, SearchResult

REMINDER_CHANGE_MIN = 0.7
"""Probability from which a command that changes reminders is carried out; below it the member is asked."""

OF_A_MEETING_AT, OF_A_MEETING_MAX = 0.45, 12
"""Probability from which what is asked after a meeting was shown is read as a question about it; words of it."""

GUESSED = frozenset({"@status", "@meetings"})
"""Commands that what is asked of a meeting is taken for."""


def look_up(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply:
    """The reply to what must be looked up."""
    text = message.text
    if not re.search(r"\w", text):
        return _quoted_question(context, message, state, commands) or _empty(context, state)
    if context.search is None:
        return _without_search(context, message, state)
    if state.last.kind == "suggest" and not state.last.entry:
        text = numbering.spelled_out(context.texts, text, state.last.question)
    result = without_unasked_command(context.texts, text, context.search.search(text))
    reply = _theme(context, message, state, result, commands)
    if reply is not None:
        return reply
    result = _of_the_meeting(context, message, state, result)
    result = _introduced(context.search, text, result)
    result = single_words.named(context, text, result)
    reply = talk.follow_up(context, message, state, result)
    if reply is not None:
        return reply
    result = _with_the_question(context, message, state, result)
    result = single_words.looked_up(context, text, result)
    return _follow(context, message, state, result, commands)


def _of_the_meeting(
    context: Context, message: Message, state: ConversationState, result: SearchResult
) -> SearchResult:
    """What a message that is not clear by itself asks of the meeting that the talk is about: `wie nodigt uit?`."""
    if not state.last.meeting or len(message.text.split()) > OF_A_MEETING_MAX:
        return result
    if any(_is_elsewhere(context, message.text, result, match) for match in result.matches[:1]):
        return result
    least = result.matches[0].score if result.zone == "answer" else 0.0
    word = context.texts.get(state.language or result.language, "meetings.word")
    both = context.search.search(f"{message.text} {word}") if context.search else result
    for match in both.matches[:1]:
        # What was told just now is read on from, not told again.
        new = match.id != state.last.entry and is_of_meetings(context, match.id)
        if new and match.score >= max(OF_A_MEETING_AT, least):
            return replace(both, zone="answer", matches=(match,), language=result.language)
    return result


def _is_elsewhere(context: Context, text: str, result: SearchResult, match: Match) -> bool:
    """Whether a message is about something else than a meeting: surely, or by a word of it."""
    entry = context.knowledge.entries.get(match.id)
    if entry is None:
        return result.zone == "answer" and match.id not in GUESSED
    if result.zone == "answer":
        return True
    named = has_any(entry, content_words(context.texts, text))
    return named and match.score >= suggestions.UNSHARED_AT


def _introduced(search: Search, text: str, result: SearchResult) -> SearchResult:
    """What is sure of a question behind an introduction, where the whole message has it among what is likely."""
    question = introduced_question(text) if result.zone == "suggest" else None
    if question is None or points_back(question):
        return result
    alone = search.search(question)
    likely = {match.id for match in result.matches}
    sure = alone.zone == "answer" and not alone.foreign and alone.matches[0].id in likely
    return alone if sure and not alone.matches[0].id.startswith("@") else result


def _quoted_question(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply | None:
    """The answer to a question of somebody else's that is quoted without a word; never a command."""
    quoted = message.quoted
    if quoted is None or quoted.ours or not quoted.text or context.search is None:
        return None
    asked = replace(message, text=read(context.texts, quoted.text).text, quoted=None)
    result = context.search.search(asked.text)
    if result.zone == "unknown" or result.matches[0].id.startswith("@"):
        return None
    return _follow(context, asked, state, result, commands)


def _with_the_question(
    context: Context, message: Message, state: ConversationState, result: SearchResult
) -> SearchResult:
    """What the search makes of a message that asks on about a question of which nothing was chosen yet."""
    asked = state.last.kind == "suggest" and not state.last.entry and state.last.question
    if not asked or result.zone == "answer" or not points_back(message.text) or not context.search:
        return result
    both = context.search.search(f"{state.last.question} {message.text}")
    return result if both.zone == "unknown" or both.matches[0].id.startswith("@") else both


def _theme(
    context: Context,
    message: Message,
    state: ConversationState,
    result: SearchResult,
    commands: Sequence[Command],
) -> Reply | None:
    """The questions of a theme that is named, unless an answer asks for it so: as its button under the topics."""
    named = single_words.theme(context, message.text)
    command = next((c for c in commands if c.id == "topics"), None)
    exact = result.zone == "answer" and result.matches[0].score == 1
    if named is None or command is None or exact:
        return None
    theme, written_in = named
    language = state.language or state.last.language or written_in
    words = context.texts.get(language, "topics.theme_says", theme=theme.in_(language))
    return carry_out(context, command, replace(message, text=words), state, language)


def _follow(
    context: Context,
    message: Message,
    state: ConversationState,
    result: SearchResult,
    commands: Sequence[Command],
) -> Reply:
    """Do what the search makes of a message."""
    language = state.language or result.language
    if result.zone == "unknown":
        return answer.unknown(context, message, state, result, language)
    if result.foreign:
        return answer.suggest(context, message, state, result, language)
    best = result.matches[0]
    command = next((c for c in commands if best.id == f"@{c.id}"), None)
    if result.zone == "suggest" or (command and command.changes_reminders and _doubtful(result)):
        return _offer(context, message, state, result, commands)
    if command is None:
        return answer.answer(context, message, result, language)
    if command.id == "language" and not language_choice.is_asked(context, message.text):
        others = tuple(match for match in result.matches if match is not best)
        result = replace(result, zone="suggest" if others else "unknown", matches=others)
        return _follow(context, message, state, result, commands)
    if command.changes_reminders:
        reply = change(context, command, message, state, language)
    else:
        reply = carry_out(context, command, message, state, language)
    return replace(reply, outcome=replace(reply.outcome, score=best.score))


def _offer(
    context: Context,
    message: Message,
    state: ConversationState,
    result: SearchResult,
    commands: Sequence[Command],
) -> Reply:
    """Offer what is likely; what is the only likely answer is told, as what was probably meant."""
    language = state.language or result.language
    changing = {f"@{c.id}" for c in commands if c.changes_reminders}
    likely = suggestions.likely(context, message.text, result.matches, changing)
    near = suggestions.nearest(result.matches)
    result = replace(result, matches=likely or near)
    if not likely:
        return answer.unknown(context, message, state, result, language)
    if suggestions.is_believed(context, message.text, likely):
        return answer.answer(context, message, result, language, believed=True)
    return answer.suggest(context, message, state, result, language)


def _doubtful(result: SearchResult) -> bool:
    """Whether another command is half as likely: `zet mij op de lijst` and `haal mij van de lijst` are near."""
    first, *others = result.matches
    near = any(m.id.startswith("@") and m.score > first.score / 2 for m in others)
    return first.score < REMINDER_CHANGE_MIN or near


def _empty(context: Context, state: ConversationState) -> Reply:
    """The message holds no word."""
    card = text_card(context, state.language or DEFAULT, "empty", ["@help", "@topics"])
    outcome = Outcome(kind="unknown", language=card.language)
    return Reply(card=card, outcome=outcome, last=state.last)


def _without_search(context: Context, message: Message, state: ConversationState) -> Reply:
    """Nothing is learned yet: a phrasing as it stands is answered, as a button says it, and nothing else."""
    typed = normalized(message.text)
    for entry in context.knowledge.entries.values():
        for phrasing, language in entry.phrasings:
            if normalized(phrasing) == typed:
                result = SearchResult("answer", (Match(entry.id, 1.0),), language)
                return answer.answer(context, message, result, state.language or language)
    key = "starting" if context.knowledge.entries else "no_content"
    card = text_card(context, state.language or DEFAULT, key, ["@help", "@unsubscribe"])
    outcome = Outcome(kind="unknown", language=card.language)
    return Reply(card=card, outcome=outcome, last=LastExchange(at=message.at))
