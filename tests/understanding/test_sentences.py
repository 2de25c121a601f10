"""Tests for which part of a message holds its question."""

import pytest

from dialogs.understanding.sentences import introduced_question, introduces_somebody, last_part

PARTS = [
    ("dat is helder. en gaat de sessie door?", "gaat de sessie door?"),
    ("not yet, just tell me when it starts", "tell me when it starts"),
    ("gaat mei door? en wanneer is juni", None),
    ("dank, top", None),
    ("hoe lang duurt het", None),
]
QUESTIONS = [
    ("wij zijn een kleine dienst, wat zijn de scopes", "wat zijn de scopes"),
    ("I am new here, how does an audit go?", "how does an audit go?"),
    ("bij een audit, hoe lang duurt dat dan", None),
    ("ik ben nieuw, fijn om hier te zijn", None),
]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_the_last_part_stands_behind_the_last_border(text, part):
    assert last_part(text) == part


@pytest.mark.parametrize(("text", "question"), QUESTIONS)
def test_a_question_stands_behind_what_somebody_tells_of_herself(text, question):
    assert introduced_question(text) == question


@pytest.mark.parametrize(
    "text", ["Ik ben Marleen, adviseur bij EZ", "My name is Joan, I work in Breda."]
)
def test_who_only_says_who_she_is_asks_nothing(text):
    assert introduces_somebody(text)


@pytest.mark.parametrize(
    "text", ["Ik ben Els, wat kost het", "ik ben Els. Kan dat?", "ik ben ziek", "hoe is het"]
)
def test_who_asks_something_does_not_only_introduce_herself(text):
    assert not introduces_somebody(text)
