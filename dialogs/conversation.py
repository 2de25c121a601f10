"""Who answers: the first dialog that recognises the message."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import answer, privacy, subscription
from dialogs.command import Command, not_here
from dialogs.commands import COMMANDS
from dialogs.context import Context
from dialogs.format import choices
from dialogs.understanding.utterance import read
from dialogs.values import (
    Card,
    ConversationState,
    LastExchange,
    Message,
    Outcome,
    Reply,
    Request,
)
from faq.entries import normalized
from faq.language import DEFAULT, LANGUAGES, Language
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
    text = utterance.text
    message = replace(message, text=text, quoted=utterance.quoted)
    if not re.search(r"\w", text) and text != "?":
        return _empty(context, state)
    exact = _exact(context, text, commands)
    if exact:
        command, language = exact
        return _carry_out(context, command, message, state, state.language or language, exact=True)
    asked_in = subscription.answers_when(context, message, state)
    if asked_in:
        language = state.language or asked_in
        request = Request(command="pause", message=message, state=state, language=language)
        return subscription.pause(context, request)
    asked_in = privacy.answers_whether(context, message, state)
    if asked_in:
        command = next(c for c in commands if c.id == "forget-me")
        return _carry_out(context, command, message, state, state.language or asked_in)
    if context.search is None:
        return _without_search(context, message, state)
    result = context.search.search(text, previous=state.last.question)
    return _follow(context, message, state, result, commands)


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
    if result.zone == "suggest":
        return answer.suggest(context, message, result, language)
    command = next((c for c in commands if best.id == f"@{c.id}"), None)
    if command is None:
        return answer.answer(context, message, result, language)
    if command.changes_reminders and _doubtful(result):
        return answer.suggest(context, message, result, language)
    reply = _carry_out(context, command, message, state, language)
    return replace(reply, outcome=replace(reply.outcome, score=best.score))


def _doubtful(result: SearchResult) -> bool:
    """Whether another command is half as likely: `zet mij op de lijst` and `haal mij van de lijst` are near."""
    first, *others = result.matches
    near = any(m.id.startswith("@") and m.score > first.score / 2 for m in others)
    return first.score < REMINDER_CHANGE_MIN or near


def _exact(
    context: Context, text: str, commands: Sequence[Command]
) -> tuple[Command, Language] | None:
    """A command in the very words of the texts; works without any content."""
    words = " ".join(re.findall(r"[\w'?]+", text.casefold())) if text != "?" else text
    words = words.rstrip("?").strip() or text
    by_id = {command.id: command for command in commands}
    for language in LANGUAGES:
        theme_word = context.texts.get(language, "topics.theme_says", theme="") + " "
        if words.startswith(theme_word) and _names_topics(context, words.removeprefix(theme_word)):
            return by_id["topics"], language
        for command in commands:
            if words in context.texts.get_list(language, f"exact.{command.id}"):
                return command, language
    return None


def _names_topics(context: Context, rest: str) -> bool:
    normalized = " ".join(re.findall(r"\w+", rest))
    names = {
        " ".join(re.findall(r"\w+", name.casefold()))
        for theme in context.knowledge.themes()
        for name in map(theme.in_, LANGUAGES)
    }
    return rest.isdigit() or normalized in names


def _carry_out(
    context: Context,
    command: Command,
    message: Message,
    state: ConversationState,
    language: Language,
    *,
    exact: bool = False,
) -> Reply:
    """Carry out a command, where that may be done."""
    request = Request(
        command=command.id, message=message, state=state, language=language, exact=exact
    )
    if message.place not in command.places:
        return not_here(context, request, command)
    return command.run(context, request)


def _empty(context: Context, state: ConversationState) -> Reply:
    """The message holds no word."""
    card = _card(context, state.language or DEFAULT, "empty", ["@help", "@topics"])
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
    card = _card(context, state.language or DEFAULT, key, ["@help", "@unsubscribe"])
    outcome = Outcome(kind="unknown", language=card.language)
    return Reply(card=card, outcome=outcome, last=LastExchange(at=message.at))


def failed(context: Context, language: Language, reference: str) -> Card:
    """What a member sees when something breaks on our side: friendly, with a reference."""
    note = context.texts.get(language, "broken.note", reference=reference)
    return replace(_card(context, language, "broken", ["@help", "@human"]), note=note)


def late(context: Context, language: Language) -> Card:
    """What a member sees when a turn is cut off."""
    return _card(context, language, "late", ["@help", "@human"])


def without_store(context: Context, reply: Reply, commands: Sequence[Command] = COMMANDS) -> Reply:
    """The reply where the store cannot be used: a command that needs it says that it was not carried out."""
    language, command = reply.card.language, reply.outcome.command
    if command == "help":
        note = f"{context.texts.get(language, 'unkept.note')} {reply.card.note}".strip()
        return replace(reply, card=replace(reply.card, note=note), changes=())
    if not any(c.needs_store for c in commands if c.id == command):
        return replace(reply, changes=())
    card = _card(context, language, "unkept", ["@help", "@human"])
    if command == "unsubscribe":
        card = replace(card, text=context.texts.get(language, "unkept.stop"))
    return replace(reply, card=card, changes=(), last=LastExchange())


def _card(context: Context, language: Language, key: str, choice_ids: Sequence[str]) -> Card:
    """The card of a text with a title, and its buttons."""
    return Card(
        language=language,
        title=context.texts.get(language, f"{key}.title"),
        text=context.texts.get(language, f"{key}.text"),
        choices=choices(context, choice_ids, language),
    )
