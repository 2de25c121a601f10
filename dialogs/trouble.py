"""What is said when something does not work, on our side or where nothing can be stored."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.card import Card
from dialogs.command import Command
from dialogs.context import Context
from dialogs.format import text_card
from dialogs.values import LastExchange, Reply
from faq.language import Language


def failed(context: Context, language: Language, reference: str) -> Card:
    """What a member sees when something breaks on our side: friendly, with a reference."""
    note = context.texts.get(language, "broken.note", reference=reference)
    return replace(text_card(context, language, "broken", ["@help", "@human"]), note=note)


def late(context: Context, language: Language) -> Card:
    """What a member sees when a turn is cut off."""
    return text_card(context, language, "late", ["@help", "@human"])


def without_store(context: Context, reply: Reply, commands: Sequence[Command]) -> Reply:
    """The reply where the store cannot be used: a command that needs it says that it was not carried out."""
    language, command = reply.card.language, reply.outcome.command
    if command == "help":
        note = f"{context.texts.get(language, 'unkept.note')} {reply.card.note}".strip()
        return replace(reply, card=replace(reply.card, note=note), changes=())
    if not any(c.needs_store for c in commands if c.id == command):
        return replace(reply, changes=())
    card = text_card(context, language, "unkept", ["@help", "@human"])
    if command == "unsubscribe":
        card = replace(card, text=context.texts.get(language, "unkept.stop"))
    return replace(reply, card=card, changes=(), last=LastExchange())


def too_many(context: Context, reply: Reply) -> Reply:
    """The reply where a member set reminders on in too many conversations today: nothing is changed."""
    card = text_card(context, reply.card.language, "too_many", ["@help", "@human"])
    return replace(reply, card=card, changes=(), last=LastExchange())
