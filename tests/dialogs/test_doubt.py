"""A press that ends the reminders of others too asks first; who types it means it."""

from datetime import timedelta

import pytest

from dialogs import conversation
from dialogs.changes import Undo, Unsubscribe
from dialogs.values import ConversationState, Message, Place, Subscription, Undoable
from tests.support.cards import NOW

SHARED = [Place.GROUP, Place.CHANNEL]


def say(context, text, place, *, pressed, active=True, language="nl"):
    state = ConversationState(language=language, subscription=Subscription(active=active))
    message = Message(text=text, at=NOW, place=place, pressed=pressed)
    return conversation.respond(context, message, state)


def ends(reply):
    return any(isinstance(change, Unsubscribe) for change in reply.changes)


@pytest.mark.parametrize("place", SHARED)
@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "Herinneringen uit"), ("nl", "Stop"), ("en", "Reminders off"), ("en", "Stop")],
)
def test_a_press_where_others_talk_asks_before_it_ends_the_reminders_of_all(
    shipped_context, place, language, text
):
    reply = say(shipped_context, text, place, pressed=True, language=language)
    keep, end, *_ = reply.card.choices

    assert not reply.changes
    assert ends(say(shipped_context, end.text, place, pressed=True, language=language))
    assert not say(shipped_context, keep.text, place, pressed=True, language=language).changes


@pytest.mark.parametrize("place", SHARED)
def test_what_is_typed_ends_them_at_once(shipped_context, place):
    assert ends(say(shipped_context, "stop", place, pressed=False))


@pytest.mark.parametrize("place", SHARED)
@pytest.mark.parametrize(
    ("language", "text", "pressed"),
    [
        ("nl", "stop", False),
        ("nl", "herinneringen voor iedereen uit", True),
        ("en", "stop", False),
        ("en", "reminders off for everyone", True),
    ],
)
def test_who_ends_them_for_all_can_undo_it_with_a_press(
    shipped_context, place, language, text, pressed
):
    reply = say(shipped_context, text, place, pressed=pressed, language=language)
    label = {"nl": "Ongedaan maken", "en": "Undo"}[reply.card.language]
    (undo,) = [choice for choice in reply.card.choices if choice.label == label]
    before = Subscription(active=True, leads=(timedelta(days=2),))
    state = ConversationState(
        subscription=Subscription(active=False), undoable=Undoable(NOW, before)
    )
    message = Message(text=undo.text, at=NOW + timedelta(hours=1), place=place, pressed=True)

    undone = conversation.respond(shipped_context, message, state)

    assert ends(reply)
    assert undone.changes == (Undo(NOW),)


def test_a_press_in_a_personal_chat_ends_them_at_once(shipped_context):
    assert ends(say(shipped_context, "Herinneringen uit", Place.PERSONAL, pressed=True))


def test_where_they_are_off_nothing_is_asked(shipped_context):
    reply = say(shipped_context, "Stop", Place.CHANNEL, pressed=True, active=False)

    assert "stonden al uit" in reply.card.text
