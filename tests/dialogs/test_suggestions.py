"""What is offered: few things, likely ones, and nothing that was not asked for."""

import pytest

from dialogs import suggestions
from faq.search.result import Match
from tests.support.content import texts

REMINDERS = {"@subscribe", "@unsubscribe", "@pause"}


def offered(text, *matches):
    likely = suggestions.likely(texts(), text, [Match(*m) for m in matches], REMINDERS)
    return [match.id for match in likely]


@pytest.mark.parametrize("never", ["@greeting", "@thanks", "@language", "@forget-me"])
def test_nobody_is_offered_to_say_hello_or_to_be_forgotten(never):
    assert offered("haal me van de herinneringen", (never, 0.4), ("scopes", 0.2)) == ["scopes"]


@pytest.mark.parametrize("command", sorted(REMINDERS))
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("herinner me eraan", True), ("stuur me een seintje", True), ("remind me", True),
        ("welke trede past bij ons", False), ("what about flights", False),
    ],
)  # fmt: skip
def test_reminders_are_offered_where_the_words_are_about_them(command, text, shown):
    assert (command in offered(text, (command, 0.4), ("scopes", 0.3))) == shown


def test_three_are_offered_at_most_and_none_that_is_far_behind():
    near = [("a", 0.3), ("b", 0.2), ("c", 0.1), ("d", 0.09)]

    assert offered("vraag", *near) == ["a", "b", "c"]
    assert offered("vraag", ("a", 0.3), ("b", 0.02)) == ["a"]
    assert offered("vraag", ("a", 0.04), ("b", 0.03)) == []


def test_a_command_that_is_hardly_likely_is_not_offered():
    assert offered("vraag", ("a", 0.09), ("@topics", 0.08)) == ["a"]


@pytest.mark.parametrize(
    ("matches", "told"),
    [
        ([("a", 0.72)], True),
        ([("a", 0.72), ("b", 0.1)], True),
        ([("a", 0.72), ("b", 0.5)], False),
        ([("a", 0.1)], False),
        ([("@meetings", 0.72)], False),
    ],
)
def test_an_answer_that_is_alone_in_being_likely_is_told(matches, told):
    assert suggestions.is_believed([Match(*m) for m in matches]) == told
