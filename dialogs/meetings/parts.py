"""Where in a message the question about meetings is: in all of it, or behind an answer to something else."""

from dataclasses import replace

from dialogs.context import Context
from dialogs.meetings.asked import read
from dialogs.meetings.dialog import asks
from dialogs.meetings.grammar import grammar
from dialogs.understanding.sentences import last_part
from dialogs.values import ConversationState, Message
from faq.language import Language


def asked_in(
    context: Context, message: Message, state: ConversationState
) -> tuple[Message, Language] | None:
    """The message, or its last part, that asks about meetings beyond doubt, and its language; None where none does."""
    part = last_part(message.text)
    behind = replace(message, text=part) if part else None
    if behind and _names_days(context, message) and not _names_days(context, behind):
        # `is september zoals gepland, gaat die door`: the days are part of the question.
        behind = None
    for asking in (message, behind):
        language = asks(context, asking, state) if asking else None
        if asking and language:
            return asking, language
    return None


def _names_days(context: Context, message: Message) -> bool:
    return read(grammar(context.texts), message.text, context.day(message.at)).period is not None
