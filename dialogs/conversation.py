"""Who answers: the first dialog that recognises the message."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import (
    answer,
    language_choice,
    own_card,
    privacy,
    small_talk,
    subscription,
    suggestions,
)
from dialogs.carrying_out import carry_out, carry_out_named, change
from dialogs.changes import ForgetMe
from dialogs.command import Command
from dialogs.commands import COMMANDS
from dialogs.context import Context
from dialogs.format import text_card
from dialogs.meetings.dialog import asks as asks_about_meetings
from dialogs.understanding.exact import exact
from dialogs.understanding.utterance import read
from dialogs.values import (
    Choice,
    ConversationState,
    LastExchange,
    Message,
    Outcome,
    Reply,
    Request,
)
from faq.entries import normalized
from faq.language import DEFAULT
from faq.search.result import Match, SearchResult

QUESTION_MAX = 2_000
"""Characters of a message that are looked at; what comes after is rarely the question."""
REMINDER_CHANGE_MIN = 0.7
"""Probability from which a command that changes reminders is carried out; below it the member is asked."""


def respond(
    context: Context,
    message: Message,
    state: ConversationState,
    commands: Sequence[Command] = COMMANDS,
) -> Reply:
    """One message in, one card out. Never raises, whatever was typed."""
    context = context.on(context.day(message.at))
    utterance = read(context.texts, message.text.strip()[:QUESTION_MAX], message.quoted)
    message = replace(message, text=utterance.text, quoted=utterance.quoted)
    return _remembering(_reply(context, message, state, commands), message)


def _remembering(reply: Reply, message: Message) -> Reply:
    """The reply with what the next message is read against; after `vergeet mij` that is nothing."""
    if any(isinstance(change, ForgetMe) for change in reply.changes):
        return replace(reply, last=LastExchange())
    last = replace(
        reply.last,
        at=message.at,
        kind=reply.outcome.kind,
        offered=reply.card.choices,
        language=reply.card.language,
    )
    return replace(reply, last=last)


def _reply(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply:
    """The first that recognises the message answers it."""
    text = message.text
    named = exact(context, text, commands)
    if named:
        language = state.language or named.language
        return carry_out_named(context, named, message, state, language)
    asked_in = subscription.answers_when(context, message, state)
    if asked_in:
        language = state.language or asked_in
        request = Request(command="pause", message=message, state=state, language=language)
        return subscription.pause(context, request)
    for id_, asks in (("forget-me", privacy.answers_whether), ("meetings", asks_about_meetings)):
        asked_in = asks(context, message, state)
        if asked_in:
            command = next(c for c in commands if c.id == id_)
            return carry_out(context, command, message, state, state.language or asked_in)
    reply = _in_the_talk(context, message, state, commands)
    if reply is not None:
        return reply
    if not re.search(r"\w", text):
        return _empty(context, state)
    if context.search is None:
        return _without_search(context, message, state)
    result = context.search.search(text, previous=state.last.question)
    return _follow(context, message, state, result, commands)


def _in_the_talk(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply | None:
    """The reply to what is said to our own card, or asks nothing; None where it is a question."""
    language = state.language or state.last.language or DEFAULT
    chosen = own_card.read(context.texts, message.text, state.last)
    if isinstance(chosen, Choice):
        before = replace(state, last=replace(state.last, offered=()))
        return _reply(context, replace(message, text=chosen.text), before, commands)
    if chosen is own_card.Unnamed.WHICH:
        return answer.which(context, state, language)
    if chosen is own_card.Unnamed.NONE:
        return answer.not_meant(context, state, language)
    about = small_talk.kind(context.texts, message.text)
    if about == "wrong" or (about == "no" and state.last.kind == "answer"):
        return answer.not_meant(context, state, language, "talk.wrong")
    return small_talk.reply(context, state, language, about) if about else None


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
    best = result.matches[0]
    command = next((c for c in commands if best.id == f"@{c.id}"), None)
    if result.zone == "suggest" or (command and command.changes_reminders and _doubtful(result)):
        return _offer(context, message, state, result, commands)
    if command is None:
        return answer.answer(context, message, result, language)
    if command.id == "language" and not language_choice.is_named(context, message.text):
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
    likely = suggestions.likely(context.texts, message.text, result.matches, changing)
    result = replace(result, matches=likely)
    if not likely:
        return answer.unknown(context, message, state, result, language)
    if suggestions.is_believed(likely):
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
