"""Answers that change by themselves: what a member gets on a day, with the clock turned."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialogs import conversation, share
from dialogs.entry_card import entry_card
from dialogs.values import ConversationState, Message
from faq.search.result import Match, SearchResult
from tests.support.cards import context
from tests.support.content import small_content

MORNING = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped():
    return context()


def text_on(shipped, id_, day):
    then = shipped.on(day)
    return entry_card(then, then.knowledge.entries[id_], "nl", today=day).text


DAYS = date(2027, 1, 14), date(2027, 1, 15), date(2028, 1, 15)
TRANSITION = [
    ("overgangstermijn-certificaathouders",
     "Audit in maart 2027?", "Audit vanaf februari 2027?", "was waarschijnlijk **14 januari 2028**"),
    ("overgangstermijn-aanbestedende-diensten",
     "**Vanaf januari 2027**", "**Sinds januari 2027**", "Ook die tijd is nu voorbij."),
    ("overgang-wat-nu-doen",
     "Begin bij de datum", "Begin bij de datum", "Volgens SKAO moest je uiterlijk"),
    ("geldigheid-certificaat",
     "is waarschijnlijk 14 januari 2028", "is waarschijnlijk 14 januari 2028", "was waarschijnlijk 14 januari 2028"),
    ("verplicht-of-vrijwillig",
     "vanaf januari 2027", "sinds januari 2027", "sinds januari 2027"),
    ("ladder-in-aanbesteding",
     "vanaf januari 2027", "sinds januari 2027", "sinds januari 2027"),
    ("lopende-contracten-en-3-1",
     "vanaf januari 2027", "sinds januari 2027", "sinds januari 2027"),
]  # fmt: skip


@pytest.mark.parametrize(("id_", "says"), [(row[0], row[1:]) for row in TRANSITION])
def test_the_answers_on_the_transition_follow_the_calendar(shipped, id_, says):
    for day, words in zip(DAYS, says, strict=True):
        assert words in text_on(shipped, id_, day)


@pytest.mark.parametrize("day", DAYS[1:])
def test_nothing_that_was_coming_is_still_coming(shipped, day):
    stale = (
        "vanaf januari 2027",
        "tweede helft van januari 2027",
        "op 1 januari 2027 verhogen naar",
    )
    if day.year == 2028:
        stale = (*stale, "is waarschijnlijk **14 januari 2028", "is waarschijnlijk 14 januari 2028")
    late = [
        (id_, words)
        for id_ in shipped.knowledge.entries
        for words in stale
        if words.casefold() in text_on(shipped, id_, day).casefold()
        and "kabinet wilde" not in text_on(shipped, id_, day)
    ]

    assert late == []


class Finds:
    """A search that finds the same whatever is asked."""

    def __init__(self, zone, *ids, also=None):
        matches = tuple(Match(id_, 0.99) for id_ in ids)
        self.result = SearchResult(zone, matches, "nl", also)

    def search(self, _question, **_previous):
        return self.result


def small(shipped, search):
    """Three entries: one whose answer changes, one that ends, one that names both."""
    fields = {
        "geldigheid": '[[entry.later]]\nfrom = 2027-01-15\nanswer.nl = "Vier jaar."',
        "kosten": "until = 2027-01-14",
    }
    knowledge = small_content(fields=fields).knowledge
    names_both = replace(knowledge.entries["scopes"], related=("geldigheid", "kosten"))
    knowledge = replace(knowledge, entries={**knowledge.entries, "scopes": names_both})
    return replace(shipped, knowledge=knowledge, search=search)


def asked(shipped, search, at=MORNING):
    message = Message(text="hoe lang?", at=at)
    return conversation.respond(small(shipped, search), message, ConversationState())


def test_a_new_answer_begins_at_midnight_where_the_meetings_are(shipped):
    before = asked(
        shipped, Finds("answer", "geldigheid"), datetime(2027, 1, 14, 22, 59, tzinfo=UTC)
    )
    after = asked(shipped, Finds("answer", "geldigheid"), datetime(2027, 1, 14, 23, 0, tzinfo=UTC))

    assert "drie jaar" in before.card.text
    assert after.card.text == "Vier jaar."


def test_what_is_over_is_not_answered_but_what_is_near_is_offered(shipped):
    reply = asked(shipped, Finds("answer", "kosten", "geldigheid"))

    assert reply.outcome.kind == "unknown"
    assert [choice.text for choice in reply.card.choices] == [
        "Hoe lang is een certificaat geldig?",
        "Onderwerpen",
    ]


def test_what_is_over_is_no_suggestion(shipped):
    reply = asked(shipped, Finds("suggest", "kosten", "geldigheid", "scopes"))

    assert reply.outcome.suggestions == ("geldigheid", "scopes")
    assert asked(shipped, Finds("suggest", "kosten")).outcome.kind == "unknown"


def test_what_is_over_is_on_no_button(shipped):
    reply = asked(shipped, Finds("answer", "scopes", also="kosten"))

    assert [choice.text for choice in reply.card.rows] == ["Hoe lang is een certificaat geldig?"]


def test_a_command_is_found_whatever_is_over(shipped):
    assert asked(shipped, Finds("answer", "@help")).outcome.command == "help"


def test_what_is_shared_is_the_answer_of_the_day(shipped):
    cards = share.find(small(shipped, None), "certificaat geldig", "nl", MORNING)

    assert [card.text for card in cards] == ["Vier jaar."]
    assert share.find(small(shipped, None), "kosten", "nl", MORNING) == ()
