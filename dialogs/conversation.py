"""Who answers: the first dialog that recognises the message."""

import re
from dataclasses import replace

from dialogs import answer, meetings, privacy, smalltalk, subscription
from dialogs.context import Context
from dialogs.values import (
    COMMANDS,
    Card,
    ConversationState,
    Language,
    LastExchange,
    Message,
    Outcome,
    Reply,
)
from faq.search.result import SearchResult

QUESTION_MAX = 2_000
"""Characters of a message that are looked at; what comes after is rarely the question."""

CHANGES = frozenset({"subscribe", "unsubscribe", "pause"})
SURE = 0.7
"""What changes reminders must be surer than other commands; else the member is asked. Forgetting always asks."""
KEPT = frozenset(
    {"subscribe", "unsubscribe", "pause", "status", "my-data", "forget-me", "language"}
)
"""Commands that need what is stored: without it, they would say what is not so."""


def respond(context: Context, message: Message, state: ConversationState) -> Reply:
    """One message in, one card out. Never raises, whatever was typed."""
    text = message.text.strip()[:QUESTION_MAX]
    said = Message(text=text, at=message.at, place=message.place)
    if not re.search(r"\w", text) and text != "?":
        return _empty(context, state, state.language or "nl")
    exact = _exact(context, text)
    if exact:
        command, language = exact
        return _command(context, said, state, command, state.language or language, sure=True)
    asked_in = subscription.answers_when(context, said, state)
    if asked_in:
        return subscription.pause(context, said, state, state.language or asked_in)
    if context.search is None:
        return _resting(context, said, state)
    found = context.search.search(text, previous=state.last.question)
    language = state.language or found.language
    best, score = (found.matches[0].id, found.matches[0].score) if found.matches else ("", 0.0)
    if found.zone == "answer" and best.startswith("@"):
        if best[1:] in CHANGES and _doubtful(found):
            return answer.suggest(context, said, found, language)
        reply = _command(context, said, state, best[1:], language)
        return replace(reply, outcome=replace(reply.outcome, score=score))
    if found.zone == "answer":
        return answer.answer(context, said, found, language)
    if found.zone == "suggest":
        return answer.suggest(context, said, found, language)
    return answer.unknown(context, said, state, found, language)


def _doubtful(found: SearchResult) -> bool:
    """Whether another command is half as likely: `zet mij op de lijst` and `haal mij van de lijst` are near."""
    first, *others = found.matches
    near = any(m.id.startswith("@") and m.score > first.score / 2 for m in others)
    return first.score < SURE or near


def _exact(context: Context, text: str) -> tuple[str, Language] | None:
    """A command said in the very words of the texts; works without any content."""
    said = " ".join(re.findall(r"[\w'?]+", text.casefold())) if text != "?" else text
    said = said.rstrip("?").strip() or text
    for theme_word in ("onderwerpen ", "topics "):
        if said.startswith(theme_word) and _names_topics(context, said.removeprefix(theme_word)):
            return "topics", "nl" if theme_word == "onderwerpen " else "en"
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        for command in COMMANDS:
            if said in context.texts.get_list(language, f"exact.{command}"):
                return command, language
    return None


def _names_topics(context: Context, rest: str) -> bool:
    plain = " ".join(re.findall(r"\w+", rest))
    names = {
        " ".join(re.findall(r"\w+", name.casefold()))
        for t in context.knowledge.themes()
        for name in (t.nl, t.en)
    }
    return rest.isdigit() or plain in names


def _command(
    context: Context,
    message: Message,
    state: ConversationState,
    command: str,
    language: Language,
    *,
    sure: bool = False,
) -> Reply:
    """Carry out a command; `sure` when it was said in the very words of the texts."""
    match command:
        case "forget-me":
            return privacy.forget_me(context, message, state, language, sure=sure)
        case "topics":
            return smalltalk.topics(context, message, state, language)
        case "language":
            return smalltalk.language(context, message, state, language)
        case "subscribe":
            return subscription.subscribe(context, message, state, language)
        case "unsubscribe":
            return subscription.unsubscribe(context, message, state, language)
        case "pause":
            return subscription.pause(context, message, state, language)
        case "status":
            return subscription.status(context, message, state, language)
        case "meetings":
            return meetings.meetings(context, message, state, language)
        case "my-data":
            return privacy.my_data(context, message, state, language)
        case _:
            return smalltalk.plain(context, message, state, command, language)


def _empty(context: Context, state: ConversationState, language: Language) -> Reply:
    card = Card(
        language=language,
        title=context.texts.get(language, "empty.title"),
        text=context.texts.get(language, "empty.text"),
        choices=answer.choices(context, language, ["@help", "@topics"]),
    )
    return Reply(card=card, outcome=Outcome(kind="unknown", language=language), last=state.last)


def _resting(context: Context, message: Message, state: ConversationState) -> Reply:
    language: Language = state.language or "nl"
    card = Card(
        language=language,
        title=context.texts.get(language, "resting.title"),
        text=context.texts.get(language, "resting.text"),
        choices=answer.choices(context, language, ["@help", "@unsubscribe"]),
    )
    return Reply(
        card=card,
        outcome=Outcome(kind="unknown", language=language),
        last=LastExchange(at=message.at),
    )


def failed(context: Context, language: Language, reference: str) -> Card:
    """What a member sees when something breaks on our side: friendly, with a reference."""
    return Card(
        language=language,
        title=context.texts.get(language, "broken.title"),
        text=context.texts.get(language, "broken.text"),
        note=context.texts.get(language, "broken.note", reference=reference),
        choices=answer.choices(context, language, ["@help", "@human"]),
    )


def without_store(context: Context, reply: Reply) -> Reply:
    """The same reply where nothing can be kept or looked up: no promise that will not be held."""
    language, command = reply.card.language, reply.outcome.command
    if command == "help":
        note = f"{context.texts.get(language, 'unkept.note')} {reply.card.note}".strip()
        return replace(reply, card=replace(reply.card, note=note), changes=())
    if command not in KEPT:
        return replace(reply, changes=())
    card = Card(
        language=language,
        title=context.texts.get(language, "unkept.title"),
        text=context.texts.get(
            language, "unkept.stop" if command == "unsubscribe" else "unkept.text"
        ),
        choices=answer.choices(context, language, ["@help", "@human"]),
    )
    return replace(reply, card=card, changes=(), last=LastExchange())


def late(context: Context, language: Language) -> Card:
    """What a member sees when a turn is cut off."""
    return Card(
        language=language,
        title=context.texts.get(language, "late.title"),
        text=context.texts.get(language, "late.text"),
        choices=answer.choices(context, language, ["@help", "@human"]),
    )
