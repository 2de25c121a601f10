"""Who copies a sentence of the bot's does not ask for what it says."""

import pytest

from dialogs.understanding.own_words import without_copies
from tests.support.content import texts

COPIED = [
    ("Typ stop als je ze niet meer wilt.", ""),
    ("typ 'stop' als je ze niet meer wilt", ""),
    ("Typ stop als je ze niet meer wilt. Hoezo?", " Hoezo?"),
    # What it holds out to be typed is not copied, but typed.
    ("pauze tot 1 september", "pauze tot 1 september"),
    ("stop", "stop"),
    ("geen herinneringen meer", "geen herinneringen meer"),
    ("hou er eens mee op", "hou er eens mee op"),
]


@pytest.mark.parametrize(("text", "left"), COPIED)
def test_what_the_bot_says_itself_is_left_out(text, left):
    assert without_copies(texts(), text) == left
