"""Who answers: the first dialog that recognises the message."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs import own_card, talk
from dialogs.card import Choice
from dialogs.carrying_out import carry_out, carry_out_named
from dialogs.changes import ForgetMe
from dialogs.command import Command
from dialogs.commands import COMMANDS
from dialogs.context import Context
from dialogs.facts import with_facts
from dialogs.format import counted
from dialogs.looking_up import look_up
from dialogs.meetings.entries import is_of_meetings
from dialogs.meetings.parts import asked_in as asks_about_meetings
from dialogs.understanding.courtesy import courtesy, words_of
from dialogs.understanding.exact import exact
from dialogs.understanding.sentences import introduces_somebody
from dialogs.understanding.spoken import spoken
from dialogs.understanding.two_things import wish_and_question
from dialogs.understanding.utterance import Utterance, read
from dialogs.values import ConversationState, LastExchange, Message, Reply, Spoken
from dialogs.wishes import turn
from dialogs.wishes.beside import after, beside
from dialogs.wishes.informing import inform
from dialogs.wishes.taken_back import not_the_reminders
from faq.entries import normalized
from faq.tokens import narrowed

QUESTION_MAX = 2_000
"""Characters of a message that are looked at; what comes after is rarely the question."""
ASKED_AT = 0.3
"""Probability of the best match below which what came with thanks is taken for more of the same."""

COURTESIES = frozenset({"thanks", "greeting"})
"""Commands after which the talk is about what it was about."""


def respond(
    context: Context,
    message: Message,
    state: ConversationState,
    commands: Sequence[Command] = COMMANDS,
) -> Reply:
    """One message in, one card out. Never raises, whatever was typed."""
    context = context.on(context.day(message.at)).here(message.place)
    utterance = read(context.texts, narrowed(message.text.strip()[:QUESTION_MAX]), message.quoted)
    message = replace(message, text=utterance.text, quoted=utterance.quoted)
    talk = spoken(context, utterance.whole, state)
    state = _in_talk(state, message, talk)
    reply = _reply(context, message, state, commands)
    courtesy_only = _courtesy_only(context, utterance, reply)
    if courtesy_only:
        answering = next(command for command in commands if command.id == courtesy_only)
        reply = carry_out(context, answering, message, state, reply.card.language)
    card = counted(context, with_facts(context, reply.card, message.at))
    return _remembering(context, replace(reply, card=card), message, state, talk)


def _in_talk(state: ConversationState, message: Message, talk: Spoken | None) -> ConversationState:
    """The state for this message: in the language of the talk; who quotes a colleague does not speak to our card."""
    state = replace(state, language=talk.language if talk else None)
    if message.quoted is None or message.quoted.ours or not message.quoted.text:
        return state
    return replace(state, last=replace(state.last, offered=(), pending=None))


def _courtesy_only(context: Context, utterance: Utterance, reply: Reply) -> str | None:
    """The command that answers thanks, or a greeting, with something beside it that asks nothing."""
    if utterance.has("thanks") and _asks_nothing(context, utterance.text, reply):
        return "thanks"
    unsure = reply.outcome.kind in ("unknown", "suggest")
    return "greeting" if unsure and introduces_somebody(utterance.text) else None


def _asks_nothing(context: Context, text: str, reply: Reply) -> bool:
    """Whether what came with thanks is no question: `top, hier kan ik wat mee`."""
    first = words_of(text)[:1]
    asks = "?" in text or any(word in context.texts.words("talk.asks_first") for word in first)
    outcome = reply.outcome
    commands_only = all(id_.startswith("@") for id_ in outcome.suggestions)
    unlikely = outcome.kind in ("unknown", "suggest") and (
        commands_only or outcome.score < ASKED_AT
    )
    return unlikely and not asks and [*first] not in courtesy(context.texts).joining


def _remembering(
    context: Context, reply: Reply, message: Message, state: ConversationState, talk: Spoken | None
) -> Reply:
    """The reply with what the next message is read against; after `vergeet mij` that is nothing."""
    if any(isinstance(change, ForgetMe) for change in reply.changes):
        return replace(reply, last=LastExchange())
    elsewhere = _told_elsewhere(reply)
    of_meetings = is_of_meetings(context, reply.outcome.id or "")
    last = replace(
        reply.last,
        at=message.at,
        kind=reply.outcome.kind,
        command=(reply.outcome.command or "") if elsewhere else state.last.command,
        meeting=reply.last.meeting or ("" if elsewhere and not of_meetings else state.last.meeting),
        offered=reply.card.choices,
        listed=_listed(reply, state.last),
        language=reply.card.language,
        spoken=Spoken(reply.card.language) if reply.outcome.command == "language" else talk,
    )
    return replace(reply, last=last)


def _listed(reply: Reply, before: LastExchange) -> tuple[Choice, ...]:
    """The answers offered last, as long as the talk is about one of them: `en de tweede?`."""
    ids = reply.outcome.suggestions
    if ids and not any(id_.startswith("@") for id_ in ids):
        return reply.card.choices
    of_them = reply.card.title in {choice.text for choice in before.listed}
    same = bool(reply.last.entry) and reply.last.entry == before.entry
    return before.listed if of_them or same else ()


def _told_elsewhere(reply: Reply) -> bool:
    """Whether something was told or done, so that the talk is about that; courtesy and doubt change nothing in it."""
    outcome = reply.outcome
    return outcome.kind == "answer" or outcome.command not in (None, *COURTESIES)


def _reply(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply:
    """The first that recognises the message answers it."""
    text = message.text
    named = exact(context, text, commands)
    if named:
        language = state.language or named.language
        return carry_out_named(context, named, message, state, language)
    of_reminders = (
        _both(context, message, state, commands)
        or not_the_reminders(context, message, state)
        or turn.answer(context, message, state)
        or inform(context, message, state)
    )
    if of_reminders:
        return of_reminders
    asking = asks_about_meetings(context, message, state)
    if asking:
        asked, language = asking
        command = next(c for c in commands if c.id == "meetings")
        return carry_out(context, command, asked, state, state.language or language)
    return _in_the_talk(context, message, state, commands) or look_up(
        context, message, state, commands
    )


def _both(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply | None:
    """The reply to a wish about the reminders and a question in one message: the wish first, then the answer."""
    for wish, question in wish_and_question(context.texts, message.text):
        asked = replace(message, text=question)
        if _of_wish(context, asked, state, commands) or turn.says_more(context, asked):
            continue
        done = _of_wish(context, replace(message, text=wish), state, commands)
        if done is not None:
            known = after(context, state, done.changes, message.at)
            return beside(done, _reply(context, asked, known, commands))
    return None


def _of_wish(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply | None:
    """The reply to what is, in all of its words, a wish about the reminders."""
    named = exact(context, message.text, commands)
    if named and all(command.changes_reminders for command in named.commands):
        return carry_out_named(context, named, message, state, state.language or named.language)
    return None if named else turn.answer(context, message, state)


def _in_the_talk(
    context: Context, message: Message, state: ConversationState, commands: Sequence[Command]
) -> Reply | None:
    """The reply to what is said to the card before, or asks nothing."""
    chosen = own_card.read(context.texts, message.text, state.last)
    if isinstance(chosen, Choice) and _by_number_only(context, message, state, chosen, commands):
        chosen = own_card.Unnamed.WHICH
    if isinstance(chosen, Choice):
        before = replace(state, last=replace(state.last, offered=()))
        return _reply(context, replace(message, text=chosen.text), before, commands)
    return talk.reply(context, message, state, chosen)


def _by_number_only(
    context: Context,
    message: Message,
    state: ConversationState,
    chosen: Choice,
    commands: Sequence[Command],
) -> bool:
    """Whether a number alone would change reminders, under a card that asked nothing: `1` may be an hour."""
    named = exact(context, chosen.text, commands)
    changes = named is not None and any(command.changes_reminders for command in named.commands)
    by_label = normalized(message.text) == normalized(chosen.label)
    return changes and not by_label and state.last.kind != "suggest"
