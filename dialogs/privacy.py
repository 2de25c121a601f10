"""What is kept of a member: show it all, remove it all."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.answer import day
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.values import (
    Card,
    ConversationState,
    ForgetMe,
    Language,
    LastExchange,
    Message,
    Place,
    Reply,
)

MOMENTS = frozenset({"welcomed_at", "since", "paused_until"})


def my_data(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """Everything that is stored of this member; in a channel or group only what is kept in general."""
    texts = context.texts
    if message.place != Place.PERSONAL:
        # Personal data is never shown where others read along.
        text, ways = texts.get(language, "my_data.not_here"), ["@help"]
    else:
        listed = "\n".join(
            f"- {_line(context, language, kind, value)}" for kind, value in state.stored
        )
        text, ways = texts.get(language, "my_data.text", listed=listed), ["@forget-me", "@help"]
    card = Card(language=language, title="", text=text)
    return command_reply(context, card, "my-data", ways=ways, message=message, state=state)


def _line(context: Context, language: Language, kind: str, value: str) -> str:
    """One thing that is stored, its moment on the clock on the wall."""
    if kind in MOMENTS:
        at = context.calendar.local(datetime.fromisoformat(value))
        value = f"{day(context, language, at.date())}, {at:%H:%M}"
    elif kind == "seen_at":
        value = day(context, language, date.fromisoformat(value))
    elif kind == "ended_because":
        value = context.texts.get(language, f"reason.{value}")
    return context.texts.get(language, f"my_data.{kind}", value=value)


def forget_me(
    context: Context, message: Message, state: ConversationState, language: Language, *, sure: bool
) -> Reply:
    """Remove everything, when the member said so in so many words; else ask first."""
    if message.place != Place.PERSONAL:
        key, ways = "not_here", ["@unsubscribe"]
    elif not sure:
        key, ways = "ask", ["@forget-me", "@my-data"]
    else:
        key, ways = "done", ["@help"]
    card = Card(language=language, title="", text=context.texts.get(language, f"forget_me.{key}"))
    changes = (ForgetMe(),) if key == "done" else ()
    reply = command_reply(
        context, card, "forget-me", ways=ways, changes=changes, message=message, state=state
    )
    return replace(reply, last=LastExchange()) if changes else reply
