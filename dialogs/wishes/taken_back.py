"""What was made of a message about the reminders was not meant: nothing is undone unasked."""

from dataclasses import replace

from dialogs.card import Card
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import ConversationState, Message, Reply, Request
from dialogs.wishes import say
from faq.entries import normalized
from faq.language import DEFAULT

ABOUT_REMINDERS = frozenset({"subscribe", "unsubscribe", "pause", "status"})
"""Commands after which the talk is about the reminders, so that `ze` are these."""


def is_meant(state: ConversationState) -> bool:
    """Whether the last reply changed the reminders, so that a mere `nee` is about that."""
    undoable, last = state.undoable, state.last
    return last.command in ABOUT_REMINDERS and undoable is not None and undoable.at == last.at


def not_the_reminders(context: Context, message: Message, state: ConversationState) -> Reply | None:
    """The reply to `nee, niet voor de herinneringen`, `ik bedoelde de bijeenkomst`; None for any other message."""
    words, texts = normalized(message.text), context.texts
    about_them = state.last.command in ABOUT_REMINDERS
    other = texts.pattern("questions.not_these").fullmatch(words)
    meant = about_them and texts.pattern("questions.the_meeting").fullmatch(words)
    return ask(context, message, state) if other or meant else None


def ask(context: Context, message: Message, state: ConversationState) -> Reply:
    """That the reminders stay as they are, or how to undo what was changed just now; and who can help."""
    language = state.language or state.last.language or DEFAULT
    request = Request(command="status", message=message, state=state, language=language)
    texts, key = context.texts, "taken_back" if is_meant(state) else "understood"
    buttons = choices(context, ["@meetings", "@status", "@human"], language)
    if is_meant(state) and state.undoable:
        buttons = (
            say.undo_choice(context, state.undoable.at, language),
            say.set_choice(context, language),
            *buttons,
        )
    card = Card(
        language=language,
        title=texts.get(language, f"questions.{key}_title"),
        text=texts.get(language, f"questions.{key}"),
        choices=buttons,
    )
    pending = say.about_reminders(language) if is_meant(state) else None
    reply = command_reply(context, request, card, pending=pending)
    return replace(reply, last=replace(reply.last, meeting=state.last.meeting))
