"""Doubt about a change of the reminders: nothing is changed, and the member is asked what was meant."""

from dataclasses import replace
from typing import Literal

from dialogs.card import Card, Choice
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import LastExchange, Outcome, Place, Reply, Request

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


def ends_for_all(context: Context, request: Request) -> bool:
    """Whether a press ends the reminders of others too, and was not asked about yet.

    Whoever types it means it; a button of a card in a channel is pressed by anybody who sees it.
    """
    message, subscription = request.message, request.state.subscription
    if not message.pressed or message.place == Place.PERSONAL:
        return False
    confirmed = message.text in context.texts.words("unsubscribe.for_all_says")
    return subscription is not None and subscription.active and not confirmed


def ask_for_all(context: Context, request: Request) -> Reply:
    """Ask whether the reminders may end for everybody here; nothing is changed yet."""
    texts, language = context.texts, request.language
    (says,) = texts.get_list(language, "unsubscribe.for_all_says")
    who = texts.get(language, f"who.{request.message.place.name.lower()}")
    no = Choice(texts.get(language, "unsubscribe.for_all_no"), context.title("@status", language))
    card = Card(
        language=language,
        title="",
        text=texts.get(language, "unsubscribe.for_all", who=who),
        choices=(no, Choice(texts.get(language, "unsubscribe.for_all_yes"), says)),
    )
    return command_reply(context, request, card)


def unchanged(context: Context, status: Reply) -> Reply:
    """What is so, told to who asked that it stay so."""
    card = status.card
    text = f"{context.texts.get(card.language, 'doubt.unchanged')}\n\n{card.text}"
    return replace(status, card=replace(card, text=text))
