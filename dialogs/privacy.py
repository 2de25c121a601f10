"""What is kept of a member: show it all, remove it all."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.card import Card, Choice, Fold
from dialogs.changes import ForgetMe
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import day
from dialogs.markdown import paragraphs
from dialogs.values import LastExchange, Reply, Request
from faq.entries import normalized
from faq.language import LANGUAGES, Language

TECHNICAL = frozenset({"id", "address"})
"""What is named in words, and shown as it is stored after a press."""
MOMENTS = frozenset({"welcomed_at", "since", "paused_from", "paused_until", "undo"})


def my_data(context: Context, request: Request) -> Reply:
    """Everything that is stored of this member."""
    language = request.language
    # What came from outside is shown as it is, and is no link.
    stored = [(kind, value.replace("](", "] (")) for kind, value in request.state.stored]
    listed = "\n".join(f"- {_line(context, language, kind, value)}" for kind, value in stored)
    texts = context.texts
    text = texts.get(language, "my-data.text", listed=listed)
    # Whoever wants to see the ids and the address themselves presses once more.
    exactly = "\n".join(
        f"- {_line(context, language, kind, value)}: {value}"
        for kind, value in stored
        if kind in TECHNICAL
    )
    fold = None
    if exactly:
        show, hide = (texts.get(language, f"my-data.{key}") for key in ("show", "hide"))
        fold = Fold(len(paragraphs(text)), show, hide)
        text += "\n\n" + texts.get(language, "my-data.exactly") + "\n" + exactly
    card = Card(language=language, title="", text=text, fold=fold)
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
    answer = _answer(context, request.message.text)
    key = "ask" if answer is None else "done" if answer else "kept"
    text = context.texts.get(request.language, f"forget-me.{key}")
    card = Card(language=request.language, title="", text=text)
    if answer is None:
        card = replace(card, choices=_yes_and_no(context, request.language))
        return command_reply(context, request, card)
    if not answer:
        return command_reply(context, request, card, choice_ids=["@my-data", "@help"])
    reply = command_reply(context, request, card, choice_ids=["@help"], changes=(ForgetMe(),))
    return replace(reply, last=LastExchange())


def _answer(context: Context, text: str) -> bool | None:
    """Yes or no in the words of a button; None for all else."""
    words = normalized(text)
    for language in LANGUAGES:
        for answer, key in ((True, "yes_says"), (False, "no_says")):
            if words == normalized(context.texts.get(language, f"forget-me.{key}")):
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
