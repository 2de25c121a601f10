"""Doubt about a change of the reminders: nothing is changed, and the member is asked what was meant."""

from dataclasses import replace
from typing import Literal

from dialogs.card import Card, Choice
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import LastExchange, Outcome, Reply, Request

KEEPING = {"change": "@status", "meeting": "@meetings"}
"""Of each doubt, what the button leads to that changes nothing."""


def ask(context: Context, request: Request, about: Literal["change", "meeting"]) -> Reply:
    """Ask with the two readings as buttons.

    Args:
        context: what a dialog may read.
        request: the command that the message was taken for.
        about: whether to change anything at all, or one meeting or all reminders.
    """
    texts, language = context.texts, request.language
    ids = (f"@{request.command}", KEEPING[about], "@human")
    labels = {"@status": "keep", f"@{request.command}": request.command}
    buttons = (
        Choice(texts.get(language, f"doubt.{labels[id_]}"), choice.text)
        if id_ in labels
        else choice
        for id_, choice in zip(ids, choices(context, ids, language), strict=True)
    )
    card = Card(
        language=language,
        title=texts.get(language, f"doubt.{about}_title"),
        text=texts.get(language, f"doubt.{about}_text"),
        choices=tuple(buttons),
    )
    return Reply(
        card=card,
        outcome=Outcome(kind="suggest", language=language, suggestions=ids),
        last=LastExchange(question=request.state.last.question, at=request.message.at),
    )


def unchanged(context: Context, status: Reply) -> Reply:
    """What is so, told to who asked that it stay so."""
    card = status.card
    text = f"{context.texts.get(card.language, 'doubt.unchanged')}\n\n{card.text}"
    return replace(status, card=replace(card, text=text))
