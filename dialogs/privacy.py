"""What is kept of a member: show it all, remove it all."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import day
from dialogs.values import Card, ForgetMe, LastExchange, Reply, Request
from faq.language import Language

MOMENTS = frozenset({"welcomed_at", "since", "paused_until"})


def my_data(context: Context, request: Request) -> Reply:
    """Everything that is stored of this member."""
    language = request.language
    listed = "\n".join(
        f"- {_line(context, language, kind, value)}" for kind, value in request.state.stored
    )
    text = context.texts.get(language, "my-data.text", listed=listed)
    card = Card(language=language, title="", text=text)
    return command_reply(context, request, card, choice_ids=["@forget-me", "@help"])


def _line(context: Context, language: Language, kind: str, value: str) -> str:
    """One thing that is stored, its moment on the clock on the wall."""
    if kind in MOMENTS:
        local = context.calendar.local(datetime.fromisoformat(value))
        value = f"{day(context, local.date(), language)}, {local:%H:%M}"
    elif kind == "seen_at":
        value = day(context, date.fromisoformat(value), language)
    elif kind == "ended_because":
        value = context.texts.get(language, f"reason.{value}")
    return context.texts.get(language, f"my-data.{kind}", value=value)


def forget_me(context: Context, request: Request) -> Reply:
    """Remove everything, when the member said so in so many words; else ask first."""
    key, choice_ids = ("done", ["@help"]) if request.exact else ("ask", ["@forget-me", "@my-data"])
    text = context.texts.get(request.language, f"forget-me.{key}")
    card = Card(language=request.language, title="", text=text)
    if not request.exact:
        return command_reply(context, request, card, choice_ids=choice_ids)
    reply = command_reply(context, request, card, choice_ids=choice_ids, changes=(ForgetMe(),))
    return replace(reply, last=LastExchange())
