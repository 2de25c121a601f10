"""What is kept of a member: show it all, remove it all."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.card import Card, Choice
from dialogs.changes import ForgetMe
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import day
from dialogs.values import ConversationState, LastExchange, Message, PendingQuestion, Reply, Request
from faq.entries import normalized
from faq.language import LANGUAGES, Language

MOMENTS = frozenset({"welcomed_at", "since", "paused_from", "paused_until", "undo"})


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
    """Remove everything, once the member has answered our question with yes; every other way leads to the question."""
    answer = _answer(context, request.message.text, asked=_asked(request.state))
    key = "ask" if answer is None else "done" if answer else "kept"
    text = context.texts.get(request.language, f"forget-me.{key}")
    card = Card(language=request.language, title="", text=text)
    if answer is None:
        card = replace(card, choices=_yes_and_no(context, request.language))
        pending = PendingQuestion("forget-me", request.language)
        return command_reply(context, request, card, pending=pending)
    if not answer:
        return command_reply(context, request, card, choice_ids=["@my-data", "@help"])
    reply = command_reply(context, request, card, choice_ids=["@help"], changes=(ForgetMe(),))
    return replace(reply, last=LastExchange())


def answers_whether(
    context: Context, message: Message, state: ConversationState
) -> Language | None:
    """The language of our question whether to remove everything, where a message is the answer to it."""
    pending = state.last.pending
    if pending is None or not _asked(state) or _answer(context, message.text, asked=True) is None:
        return None
    return pending.language


def _asked(state: ConversationState) -> bool:
    """Whether our question waits for an answer."""
    return state.last.pending is not None and state.last.pending.kind == "forget-me"


def _answer(context: Context, text: str, *, asked: bool) -> bool | None:
    """Yes or no in the words of a button, or in short where it was just asked; None for all else."""
    words = normalized(text)
    for answer, key in ((True, "yes"), (False, "no")):
        for language in LANGUAGES:
            whole = normalized(context.texts.get(language, f"forget-me.{key}_says"))
            if words == whole or (
                asked and words in context.texts.get_list(language, f"{key}.words")
            ):
                return answer
    return None


def _yes_and_no(context: Context, language: Language) -> tuple[Choice, ...]:
    """The two answers; each says all of it, so that an older card does what it says."""
    texts = context.texts
    return tuple(
        Choice(
            texts.get(language, f"forget-me.{key}"), texts.get(language, f"forget-me.{key}_says")
        )
        for key in ("yes", "no")
    )
