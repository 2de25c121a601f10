"""A command: its row in the registry, and the reply once it was carried out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dialogs.card import BUTTONS_MAX, Card
from dialogs.changes import Change
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import Outcome, PendingQuestion, Place, Reply, Request

EVERYWHERE = frozenset(Place)
PERSONAL = frozenset({Place.PERSONAL})

Dialog = Callable[[Context, Request], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row of the registry: all that is known of a command besides its dialog and its texts.

    A new command needs these keys in every file of `dialogs/texts/`; without them the bot does not start:

    says.ID                what its button says
    exact.ID               a list: the words that are understood literally, also without any content
    ID.title, ID.text      its answer; a command that answers otherwise says so in `texts`
    ID.note                small print of its answer; may be left out
    ID.not_here            where `places` is not everywhere
    manifest.command.ID    where it is `listed`: its description in Teams' list
    """

    id: str
    """Its name in `ask --json` and in the texts' keys; in example questions it carries an @."""
    run: Dialog
    texts: tuple[str, ...] = ("title", "text")
    """The keys below its id that must be there; its dialog may read more."""
    places: frozenset[Place] = EVERYWHERE
    """Where it is carried out; elsewhere its text `not_here` is the answer."""
    elsewhere: tuple[str, ...] = ("@help",)
    """The buttons of the card that says `not_here`."""
    needs_store: bool = False
    """Without what is stored it would say what is not so."""
    changes_reminders: bool = False
    """It must be surer than other commands; else the member is asked."""
    listed: bool = True
    """Whether Teams shows it in its list of commands."""

    def text_keys(self) -> tuple[str, ...]:
        """The keys of the texts that it needs in every language."""
        return (
            f"says.{self.id}",
            f"exact.{self.id}",
            *(f"{self.id}.{name}" for name in self.texts),
            *([f"{self.id}.not_here"] if self.places != EVERYWHERE else []),
            *([f"manifest.command.{self.id}"] if self.listed else []),
        )


def command_reply(
    context: Context,
    request: Request,
    card: Card,
    *,
    choice_ids: Sequence[str] = (),
    changes: tuple[Change, ...] = (),
    pending: PendingQuestion | None = None,
) -> Reply:
    """The reply of a command; from each a person is two steps away at most.

    Args:
        context: what a dialog may read.
        request: the command; what the talk was about before it stays remembered.
        card: without a title it gets the command's own, without choices the `choice_ids`.
        choice_ids: ids and `@commands` that become buttons.
        changes: what to store.
        pending: a question of ours that waits for an answer.
    """
    title = card.title or context.texts.get(card.language, f"{request.command}.title")
    buttons = card.choices or choices(context, choice_ids, card.language)
    return Reply(
        card=_with_way_out(context, replace(card, title=title, choices=buttons)),
        outcome=Outcome(kind="command", language=card.language, score=1.0, command=request.command),
        changes=changes,
        last=replace(request.state.last, unknowns=0, pending=pending),
    )


def _with_way_out(context: Context, card: Card) -> Card:
    """The card with a way to a person: a button, or a word in the note of a card that is full."""
    out = {context.title(way, card.language) for way in ("@help", "@human")}
    if out & {choice.text for choice in card.choices}:
        return card
    if len(card.buttons) + len(card.links) < BUTTONS_MAX:
        return replace(card, choices=(*card.choices, *choices(context, ["@help"], card.language)))
    note = f"{card.note} {context.texts.get(card.language, 'answer.human')}".strip()
    return replace(card, note=note)


def not_here(context: Context, request: Request, command: Command) -> Reply:
    """The reply of a command that is not carried out in this place: personal data stays personal."""
    text = context.texts.get(request.language, f"{request.command}.not_here")
    card = Card(language=request.language, title="", text=text)
    return command_reply(context, request, card, choice_ids=command.elsewhere)
