"""A command that was carried out: the card that says so, and what stays in mind of the talk."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.answer import choices
from dialogs.context import Context
from dialogs.values import Card, Change, ConversationState, LastExchange, Message, Outcome, Reply

BUTTONS_MAX = 6
"""Teams shows no more; a card that is full says in its note how to reach a person."""


def command_reply(
    context: Context,
    card: Card,
    command: str,
    *,
    ways: Sequence[str] = (),
    changes: tuple[Change, ...] = (),
    message: Message,
    state: ConversationState,
    asked: str | None = None,
) -> Reply:
    """The reply of a command; from each a person is two steps away at most.

    Args:
        context: what a dialog may look at.
        card: what is said; without a title it gets the command's own, without choices the `ways`.
        command: one of `dialogs.values.COMMANDS`.
        ways: ids and `@commands` that lead on; each becomes a button.
        changes: what to store.
        message: what was said.
        state: what is known of the conversation; the question before stays in mind.
        asked: a question of ours that waits for an answer.
    """
    buttons = card.choices or choices(context, card.language, list(ways))
    lost = not {context.title(way, card.language) for way in ("@help", "@human")} & {
        button.says for button in buttons
    }
    note = card.note
    if lost and len(buttons) < BUTTONS_MAX:
        buttons += choices(context, card.language, ["@help"])
    elif lost:
        note = f"{note} {context.texts.get(card.language, 'answer.human')}".strip()
    title = card.title or context.texts.get(card.language, f"{command.replace('-', '_')}.title")
    return Reply(
        card=replace(card, title=title, note=note, choices=buttons),
        outcome=Outcome(kind="command", language=card.language, score=1.0, command=command),
        changes=changes,
        last=LastExchange(
            question=state.last.question,
            answered=state.last.answered,
            asked=asked,
            at=message.at,
        ),
    )
