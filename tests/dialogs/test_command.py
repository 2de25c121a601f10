"""What every command does with its card: nothing is lost, and a person is two steps away at most."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime

from dialogs.card import Card, Choice, Fold, Form, Link, Sources
from dialogs.command import command_reply
from dialogs.values import ConversationState, Message, Request

REQUEST = Request(
    command="help",
    message=Message(text="help", at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
    state=ConversationState(),
    language="en",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCard(Card):
    """A card as it may become: with a field more."""

    picture: str = ""


FULL = LaterCard(
    language="en",
    title="Title",
    text="Text",
    fold=Fold(1, "More", "Less"),
    facts=(("Where", "Teams"),),
    sources=Sources("Source:", (Link("SKAO", "https://example.org"),)),
    form=Form(
        ticks_label="Which",
        ticks=(),
        begins_label="From",
        begins="",
        last_label="Until",
        last="",
        submit=Choice("Keep", "keep"),
    ),
    note="Note",
    prompt="Choose:",
    counted="One choice.",
    hint="None?",
    links=(Link("Join", "https://example.org"),),
    choices=(Choice("Help", "Help"),),
    picture="ladder.png",
)


def test_a_card_with_every_field_set_comes_through_a_command_whole(shipped_context):
    card = command_reply(shipped_context, REQUEST, FULL).card

    assert all(getattr(FULL, field.name) for field in fields(FULL)), "every field is set"
    assert {f.name: getattr(card, f.name, None) for f in fields(FULL)} == {
        f.name: getattr(FULL, f.name) for f in fields(FULL)
    }
