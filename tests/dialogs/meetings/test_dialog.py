"""What is said about the meetings; the conversations are in tests/talks/bijeenkomsten.tsv."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import conversation
from dialogs.meetings.dialog import asks
from dialogs.values import ConversationState, LastExchange, Message, Subscription
from faq import meetings_file
from tests.support.content import live_content, shipped_content

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SERIES = """
[[series]]
id = "{id}"
title.nl = "{title}"
title.en = "{title}"
starts = {starts}
duration_minutes = {minutes}
rrule = "{rule}"
location = "{location}"
url = "{url}"
reminders = ["1d"]
{more}
"""
USUAL = {
    "id": "cop", "title": "CoP", "starts": "2026-12-08T10:00:00", "minutes": 90,
    "rule": "FREQ=MONTHLY;BYDAY=2TU", "location": "Teams", "url": "", "more": "",
}  # fmt: skip


def context_of(*series):
    """What a dialog sees of a bot without answers, with meetings of these series."""
    raw = 'timezone = "Europe/Amsterdam"\n' + "".join(
        SERIES.format(**(USUAL | one)) for one in series
    )
    calendar, problems = meetings_file.parse(raw.encode())
    assert [p for p in problems if not p.warning] == []
    return replace(live_content().context(), calendar=calendar)


def say(context, text, last="", *, at=NOW, subscription=None):
    state = ConversationState(last=LastExchange(meeting=last), subscription=subscription)
    reply = conversation.respond(context, Message(text=text, at=at), state)
    assert reply.outcome.command == "meetings", text
    return reply


def words(reply):
    return f"{reply.card.title} | {reply.card.text}"


@pytest.mark.parametrize(
    ("location", "asked", "title"),
    [
        ("Teams", "is de bijeenkomst van januari online?", "Ja, online"),
        ("Croeselaan 15, Utrecht", "is de bijeenkomst van januari online?", "Nee, niet online"),
        ("Utrecht en via Teams", "is de bijeenkomst van januari online?", "Ja, online of op locatie"),
        ("Microsoft Teams", "is de bijeenkomst van januari fysiek?", "Nee, online"),
        ("Utrecht", "is de bijeenkomst van januari fysiek?", "Ja, op locatie"),
        ("Utrecht", "is de bijeenkomst van januari online of fysiek?", "Op locatie"),
        ("", "is de bijeenkomst van januari online?", "De plaats weet ik nog niet"),
        ("", "waar is de bijeenkomst van januari?", "De plaats weet ik nog niet"),
    ],
)  # fmt: skip
def test_the_place_is_told_as_the_calendar_has_it(location, asked, title):
    assert say(context_of({"location": location}), asked).card.title == title


def test_a_link_is_offered_where_there_is_one_and_missed_aloud_where_there_is_none():
    url = "https://teams.microsoft.com/l/meetup-join/1"
    with_link = say(context_of({"url": url}), "heb je de teamslink van de bijeenkomst")
    without = say(context_of({}), "heb je de teamslink van de bijeenkomst")

    assert url in [link.url for link in with_link.card.links]
    assert without.card.title == "Ik heb nog geen link"


def test_a_reason_that_nobody_wrote_is_not_made_up():
    more = "[[series.change]]\ndate = 2027-01-12\ncancelled = true\n"
    reply = say(context_of({"more": more}), "waarom gaat die van januari niet door?")

    assert "Waarom, dat weet ik niet" in reply.card.text


def test_a_calendar_that_ends_says_that_nothing_is_planned_after_it():
    ends = context_of({"rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=2"})

    assert "nog geen bijeenkomsten gepland" in words(say(ends, "bijeenkomst na januari"))
    assert "Nee, dan is er geen bijeenkomst" in words(say(ends, "is er een bijeenkomst in maart?"))
    over = say(ends, "bijeenkomsten", at=NOW + timedelta(days=90))
    assert "Geen bijeenkomst gepland" in words(over)


def test_a_cancelled_next_meeting_is_named_before_the_one_that_is_held():
    more = "[[series.change]]\ndate = 2026-12-08\ncancelled = true\nreason.nl = 'ziekte'\nreason.en = 'ill'\n"
    reply = say(context_of({"more": more}), "bijeenkomsten")

    gone, held = reply.card.text.index("gaat niet door"), reply.card.text.index("12 januari 2027")
    assert gone < held


def test_of_two_series_each_line_says_which_it_is_and_a_name_chooses_one():
    two = context_of({}, {"id": "inkoop", "title": "Inkoopoverleg", "starts": "2027-01-14T13:00:00", "rule": "FREQ=MONTHLY;BYDAY=2TH"})  # fmt: skip

    listed = say(two, "welke bijeenkomsten zijn er in januari").card.text
    assert "12 januari" in listed
    assert "Inkoopoverleg" in listed
    assert "CoP" in say(two, "hoe laat is de bijeenkomst van 12 januari").card.text


def test_one_series_is_not_named_on_every_line():
    assert "CoP" not in say(context_of({}), "alle bijeenkomsten").card.text.replace("subject=CoP", "")  # fmt: skip


@pytest.mark.parametrize(("asked", "count"), [("komende bijeenkomsten", 6), ("alle bijeenkomsten", 24)])  # fmt: skip
def test_a_list_that_is_not_whole_says_so(asked, count):
    weekly = context_of({"rule": "FREQ=WEEKLY;BYDAY=TU"})
    reply = say(weekly, asked)

    assert reply.card.text.count("\n- ") == count
    assert f"Dit zijn de eerste {count} van " in reply.card.text


def test_the_longest_list_is_small_enough_to_send_whatever_the_agenda():
    agenda = "Een thema, één vraag & meer. " * 60
    more = f'agenda.nl = "{agenda}"\nagenda.en = "{agenda}"\n'
    weekly = context_of({"rule": "FREQ=WEEKLY;BYDAY=TU", "title": "CoP " * 20, "more": more})
    card = say(weekly, "alle bijeenkomsten").card

    # Teams takes 28 kB, and there is more around the text.
    assert len(card.text.encode()) < 20_000


def test_a_day_in_a_list_is_a_link_that_puts_it_in_a_calendar():
    text = say(context_of({}), "bijeenkomsten in 2027").card.text

    assert "[dinsdag 12 januari](https://teams.microsoft.com/l/meeting/new?subject=" in text


@pytest.mark.parametrize("active", [True, False])
def test_who_has_reminders_is_not_offered_them_again(active):
    reply = say(context_of({}), "bijeenkomsten", subscription=Subscription(active=active))
    texts = live_content().context().texts

    offered = {choice.text for choice in reply.card.choices}
    assert (texts.get("nl", "says.subscribe") in offered) is not active
    assert (texts.get("nl", "says.status") in offered) is active


def test_what_was_shown_is_remembered_for_what_is_asked_next():
    first = say(context_of({}), "bijeenkomst in april")
    assert first.last.meeting == "cop/2027-04-13"

    later = say(context_of({}), "en daarna?", first.last.meeting)
    assert later.last.meeting == "cop/2027-05-11"


def test_a_meeting_that_left_the_calendar_is_no_longer_meant():
    assert "8 december 2026" in words(say(context_of({}), "hoe laat?", "gone/2027-01-01"))


def test_no_question_that_something_else_answers_is_taken():
    """Every example and phrasing of the content that is not about the meetings goes its own way."""
    content, context = shipped_content(), context_of({})
    questions = [(one.question, one.expected) for one in content.examples]
    for id_, entry in content.knowledge.entries.items():
        questions += [(phrasing, id_) for phrasing, _ in entry.phrasings]

    taken = [
        question
        for question, expected in questions
        if expected != "@meetings"
        and asks(context, Message(text=question, at=NOW), ConversationState())
    ]

    assert len(questions) > 1000
    assert taken == []


WORDS = st.sampled_from(
    (
        "de",
        "een",
        "die",
        "van",
        "na",
        "voor",
        "en",
        "in",
        "op",
        "is",
        "er",
        "gaat",
        "door",
        "niet",
        "waarom",
        "hoe",
        "laat",
        "waar",
        "wanneer",
        "volgende",
        "laatste",
        "bijeenkomst",
        "sessie",
        "mei",
        "augustus",
        "2027",
        "31",
        "12",
        "februari",
        "zomer",
        "kerst",
        "dinsdag",
        "alle",
        "data",
        "link",
        "online",
        "was",
        "the",
        "of",
        "after",
        "next",
    )
)


@given(st.lists(WORDS, max_size=12), st.integers(0, 900), st.booleans())
def test_whatever_is_asked_is_answered_and_names_no_meeting_that_is_not_there(some, days, shown):
    context, now = context_of({}), NOW + timedelta(days=days)
    state = ConversationState(last=LastExchange(meeting="cop/2027-05-11" if shown else ""))
    message = Message(text=" ".join([*some, "bijeenkomst"]), at=now)

    reply = conversation.respond(context, message, state)

    assert reply.card.title
    assert not reply.changes or reply.outcome.kind != "command"
