"""What is offered: few things, likely ones, and nothing that was not asked for."""

from dataclasses import replace

import pytest

from dialogs import suggestions
from faq.search.result import Match
from tests.support.content import small_content
from tests.support.reminders import calendar, context_of

REMINDERS = {"@subscribe", "@unsubscribe", "@pause"}


@pytest.fixture(scope="module")
def context():
    return replace(context_of(calendar()), knowledge=small_content().knowledge)


def offered(context, text, *matches):
    likely = suggestions.likely(context, text, [Match(*m) for m in matches], REMINDERS)
    return [match.id for match in likely]


@pytest.mark.parametrize("never", ["@greeting", "@thanks", "@language", "@forget-me"])
def test_nobody_is_offered_to_say_hello_or_to_be_forgotten(context, never):
    assert offered(context, "haal me van de herinneringen", (never, 0.4), ("scopes", 0.35)) == [
        "scopes"
    ]


@pytest.mark.parametrize("command", sorted(REMINDERS))
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("herinner me eraan", True), ("stuur me een seintje", True), ("remind me", True),
        ("welke trede past bij ons", False), ("what about flights", False),
    ],
)  # fmt: skip
def test_reminders_are_offered_where_the_words_are_about_them(context, command, text, shown):
    assert (command in offered(context, text, (command, 0.4), ("scopes", 0.3))) == shown


def test_three_are_offered_at_most_and_none_that_is_far_behind(context):
    near = [("@topics", 0.4), ("kosten", 0.3), ("scopes", 0.2), ("geldigheid", 0.19)]

    assert offered(context, "vraag", *near) == ["@topics", "kosten", "scopes"]
    assert offered(context, "vraag", ("kosten", 0.4), ("scopes", 0.02)) == ["kosten"]
    assert offered(context, "kosten", ("kosten", 0.04), ("scopes", 0.03)) == []


def test_what_is_hardly_likely_needs_a_word_of_the_message(context):
    matches = [("kosten", 0.2), ("scopes", 0.15), ("@meetings", 0.12)]

    assert offered(context, "wat kost een notaris", *matches) == ["kosten"]
    assert offered(context, "wie is de penningmeester", *matches) == []
    assert offered(context, "wanneer is de sessie over kosten", *matches) == ["kosten", "@meetings"]


def test_a_command_that_is_hardly_likely_is_not_offered(context):
    matches = [("kosten", 0.3), ("@topics", 0.08)]

    assert offered(context, "vraag", *matches) == ["kosten"]


@pytest.mark.parametrize(
    ("text", "matches", "told"),
    [
        ("vraag", [("kosten", 0.72)], True),
        ("vraag", [("kosten", 0.72), ("scopes", 0.1)], True),
        ("vraag", [("kosten", 0.72), ("scopes", 0.5)], False),
        ("vraag", [("kosten", 0.65)], False),
        ("vraag over geldigheid bij een fusie", [("geldigheid", 0.6)], True),
        ("de geldigheid van een certificaat", [("geldigheid", 0.45)], True),
        ("de geldigheid van een paspoort", [("geldigheid", 0.45)], False),
        ("vraag", [("@meetings", 0.72)], False),
    ],
)
def test_an_answer_that_is_alone_in_being_likely_is_told(context, text, matches, told):
    assert suggestions.is_believed(context, text, [Match(*m) for m in matches]) == told


def test_under_what_is_not_known_stand_two_answers_that_are_a_little_likely():
    matches = [
        Match(*m) for m in (("kosten", 0.2), ("@help", 0.2), ("scopes", 0.15), ("geldigheid", 0.14))
    ]

    assert [m.id for m in suggestions.nearest(matches)] == ["kosten", "scopes"]
    assert suggestions.nearest([Match("kosten", 0.05)]) == ()
