"""Carrying out a command: where that may be done, and where it is what the member asks for."""

from dialogs import answer, doubt
from dialogs.command import Command, not_here
from dialogs.commands import COMMANDS
from dialogs.context import Context
from dialogs.understanding import polarity
from dialogs.understanding.exact import Exact
from dialogs.understanding.own_words import without_copies
from dialogs.values import ConversationState, Message, Reply, Request
from dialogs.wishes import turn
from faq.language import Language
from faq.search.result import SUGGESTIONS, Match, SearchResult


def carry_out(
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
    if command.id == "unsubscribe" and doubt.ends_for_all(context, request):
        return doubt.ask_for_all(context, request)
    return command.run(context, request)


def carry_out_named(
    context: Context, named: Exact, message: Message, state: ConversationState, language: Language
) -> Reply:
    """Carry out the command that was named, or offer those that it may have been."""
    if len(named.commands) == 1:
        return carry_out(context, named.commands[0], message, state, language, exact=True)
    matches = tuple(Match(f"@{command.id}", 0.5) for command in named.commands[:SUGGESTIONS])
    result = SearchResult("suggest", matches, language)
    return answer.suggest(context, message, state, result, language)


def change(
    context: Context,
    command: Command,
    message: Message,
    state: ConversationState,
    language: Language,
) -> Reply:
    """Carry out what changes the reminders, where that is what the words ask for."""
    verdict = polarity.reading(command.id, without_copies(context.texts, message.text))
    if verdict == "do" and turn.is_doubtful(context, message, command.id):
        verdict = "ask"
    if verdict == "do":
        return carry_out(context, command, message, state, language)
    if verdict == "keep":
        status = next(one for one in COMMANDS if one.id == "status")
        return doubt.unchanged(context, carry_out(context, status, message, state, language))
    request = Request(command=command.id, message=message, state=state, language=language)
    return doubt.ask(context, request, "meeting" if verdict == "one_meeting" else "change")
