"""A command that was carried out: the card that says so, and what stays in mind of the talk."""

from collections.abc import Sequence

from dialogs.answer import choices
from dialogs.house import House
from dialogs.values import Card, Change, Known, Message, Outcome, Recent, Reply


def told(
    house: House,
    card: Card,
    command: str,
    *,
    ways: Sequence[str] = (),
    changes: tuple[Change, ...] = (),
    message: Message,
    known: Known,
    asked: str | None = None,
) -> Reply:
    """The reply of a command.

    Args:
        house: what a dialog may look at.
        card: what is said; without a title it gets the command's own, without choices the `ways`.
        command: one of `dialogs.values.COMMANDS`.
        ways: ids and `@commands` that lead on; each becomes a button.
        changes: what to store.
        message: what was said.
        known: what is known of the conversation; the question before stays in mind.
        asked: a question of ours that waits for an answer.
    """
    said = Card(
        language=card.language,
        title=card.title or house.words.say(card.language, f"{command.replace('-', '_')}.title"),
        text=card.text,
        facts=card.facts,
        note=card.note,
        links=card.links,
        choices=card.choices or choices(house, card.language, list(ways)),
    )
    return Reply(
        card=said,
        outcome=Outcome(kind="command", language=card.language, score=1.0, command=command),
        changes=changes,
        recent=Recent(
            question=known.recent.question,
            answered=known.recent.answered,
            asked=asked,
            at=message.at,
        ),
    )
