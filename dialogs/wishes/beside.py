"""The reply to a message that wished something of the reminders, and asked something else as well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.card import Card
from dialogs.changes import Change, Subscribe, Unsubscribe
from dialogs.context import Context
from dialogs.values import ConversationState, Reply, Subscription
from dialogs.wishes.coming import AHEAD

PARAGRAPHS = 2
"""Of what is said of the wish: what was done, and what is so now."""
BUTTONS = 2
"""Buttons of the wish that are kept on the card of the answer: to undo it, or to choose what was meant."""


def after(
    context: Context, state: ConversationState, changes: Sequence[Change], now: datetime
) -> ConversationState:
    """The state in which the question is read: reminders on or off, and `waar is het` about the next meeting.

    Args:
        context: the calendar.
        state: before the wish; where the talk had a subject, the question is read against that.
        changes: what the wish changes.
        now: UTC.
    """
    kept, last = state.subscription, replace(state.last, offered=(), pending=None)
    for change in changes:
        if isinstance(change, Subscribe | Unsubscribe):
            active = isinstance(change, Subscribe)
            kept = replace(kept or Subscription(active=active), active=active)
    if not last.entry and not last.meeting:
        coming = context.calendar.meetings(now, now + AHEAD)
        last = replace(last, meeting=next((m.key for m in coming if m.held), ""))
    return replace(state, subscription=kept, last=last)


def beside(done: Reply, answered: Reply) -> Reply:
    """One card of two: what was done, or is asked, about the reminders, then the answer.

    Args:
        done: the reply to the wish.
        answered: the reply to the question; the talk goes on about that.
    """
    card = _with(done.card, answered.card)
    changes = (*done.changes, *answered.changes)
    last = replace(answered.last, pending=answered.last.pending or done.last.pending)
    return replace(answered, card=card, changes=changes, last=last)


def _with(done: Card, answered: Card) -> Card:
    told = done.text.split("\n\n")[:PARAGRAPHS]
    fold = answered.fold
    rows = len(answered.rows)
    kept = [choice for choice in done.choices if choice not in answered.choices][:BUTTONS]
    buttons = answered.choices[rows:]
    return replace(
        answered,
        text="\n\n".join((*told, answered.text)),
        fold=replace(fold, paragraphs=fold.paragraphs + len(told)) if fold else None,
        choices=(*answered.choices[:rows], *kept, *buttons),
    )
