"""What is said of a wish: the new state in words, the way back, and what to choose from where it is not sure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import conversation
from dialogs.changes import Undo
from dialogs.commands import COMMANDS
from dialogs.values import ConversationState, Message, Place, Request, Subscription, Undoable
from dialogs.wishes import turn
from dialogs.wishes.reading import read
from dialogs.wishes.say import undo_choice, wish_in_words
from dialogs.wishes.vocabulary import vocabulary
from dialogs.wishes.wish import Break, Leads, Simple
from tests.support.bot import bot_over_http
from tests.support.reminders import at, calendar, context_of

NOW = at("2026-11-25 12:00")
TODAY = NOW.date()
CONTEXT = context_of(calendar())
ON = Subscription(active=True)


def say(text, subscription=ON, language="nl", place=Place.PERSONAL, **state):
    known = ConversationState(language=language, subscription=subscription, **state)
    return conversation.respond(CONTEXT, Message(text=text, at=NOW, place=place), known)


def labels(reply):
    return [choice.label for choice in reply.card.choices]


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        ("nl", "alleen een week en een dag van tevoren", "Je krijgt nu een herinnering een week en een dag van tevoren."),
        ("nl", "die van een uur hoeft niet", "Je krijgt nu een herinnering een week en een dag van tevoren."),
        ("nl", "pauze van 1 juli tot 1 september", "van 1 juli 2027 tot 1 september 2027"),
        ("nl", "pauze tot 1 september", "Je krijgt geen herinneringen tot 1 september 2027"),
        ("en", "only a week and a day before", "Reminders for you now come a week and a day before a meeting."),
        ("en", "pause from 1 July until 1 September", "from 1 July 2027 until 1 September 2027"),
    ],
)  # fmt: skip
def test_a_change_says_what_is_so_now_and_offers_the_way_back(language, text, holds):
    reply = say(text, language=language)

    assert holds in reply.card.text
    assert labels(reply)[0] == CONTEXT.texts.get(language, "undo.button")


@pytest.mark.parametrize("text", ["aanmelden", "alleen een dag van tevoren", "meld me aan voor herinneringen"])  # fmt: skip
def test_the_first_subscription_can_be_undone_too(text):
    assert labels(say(text, None))[0] == "Ongedaan maken"


def test_what_changes_nothing_offers_no_way_back():
    for text in ("aanmelden", "een week, een dag en een uur van tevoren", "haal de pauze weg"):
        reply = say(text)

        assert reply.changes == ()
        assert "Ongedaan maken" not in labels(reply)


@pytest.mark.parametrize(
    "text", ["ongedaan maken", "Maak dat ongedaan!", "undo", "Undo that.", "draai dat terug"]
)
def test_undo_can_be_typed(text):
    before = Subscription(active=True, leads=(timedelta(days=1),))
    reply = say(text, undoable=Undoable(NOW, before))

    assert reply.changes == (Undo(NOW),)
    assert "een herinnering een dag van tevoren" in reply.card.text


def test_undo_of_a_first_subscription_says_that_there_are_no_reminders():
    assert "geen herinneringen" in say("ongedaan maken", undoable=Undoable(NOW, None)).card.text


def test_the_button_of_an_older_change_undoes_nothing():
    older = undo_choice(CONTEXT, NOW - timedelta(minutes=1), "nl").text

    reply = say(older, undoable=Undoable(NOW, None))

    assert reply.changes == ()
    assert "kwam een andere na" in reply.card.text
    assert say(undo_choice(CONTEXT, NOW, "nl").text, undoable=Undoable(NOW, None)).changes


def test_without_a_change_to_undo_nothing_happens():
    assert say("ongedaan maken").changes == ()
    assert "niets om ongedaan" in say("ongedaan maken").card.text


async def test_undo_brings_back_leads_and_pause_twice_pressed_or_a_day_late_it_does_not(
    settings, clock, microsoft
):
    clock.now = NOW
    async with bot_over_http(settings, clock, microsoft) as client:
        for text in ("alleen een dag van tevoren", "pauze van 1 juli tot 1 september", "stop"):
            card = await client.say(text)
            clock.move(seconds=20)
        press = next(a["data"] for a in pressed(card) if a["title"].endswith("Ongedaan maken"))

        card = await client.say(None, value=press)
        assert "een herinnering een dag van tevoren" in card["fallbackText"]
        assert "van 1 juli 2027 tot 1 september 2027" in card["fallbackText"]
        card = await client.say(None, value=press)
        assert "Er is niets veranderd" in card["fallbackText"]

        await client.say("stop")
        clock.move(hours=25)
        card = await client.say("ongedaan maken")
        assert "niets om ongedaan" in card["fallbackText"]
        assert "geen herinneringen" in (await client.say("mijn abonnement"))["fallbackText"]


def pressed(part):
    """Every action of a card that submits something."""
    if isinstance(part, dict):
        own = [part] if part.get("type") == "Action.Submit" else []
        return own + [action for inner in part.values() for action in pressed(inner)]
    return [action for inner in part for action in pressed(inner)] if isinstance(part, list) else []


def test_in_doubt_each_reading_is_a_button_that_does_what_it_says():
    reply = say("een uur en 15 minuten van tevoren")

    assert reply.changes == ()
    together, apart = reply.card.choices[:2]
    assert say(together.text).changes[0].leads == (timedelta(minutes=75),)
    assert say(apart.text).changes[0].leads == (timedelta(hours=1), timedelta(minutes=15))


def test_of_a_pause_of_which_the_end_is_asked_the_start_is_kept():
    asked = say("pauze vanaf 1 juli")

    reply = say("tot 1 september", last=asked.last)

    (pause,) = reply.changes
    assert (pause.begins, pause.until) == (at("2027-07-01 00:00"), at("2027-09-01 00:00"))


def test_around_one_meeting_a_pause_is_offered():
    reply = say("geen herinnering voor de bijeenkomst van 12 januari")

    assert reply.changes == ()
    offered = reply.card.choices[0].text
    (pause,) = say(offered).changes
    assert pause.begins <= at("2027-01-05 10:00") < at("2027-01-12 10:00") < pause.until


def test_a_team_is_who_is_here_in_a_channel_and_somebody_else_in_a_personal_chat():
    text = "zet voor ons team de herinneringen aan"

    assert say(text, None).changes == ()
    assert say(text, None, place=Place.CHANNEL).changes


def test_the_evening_before_is_counted_from_the_start_of_the_meetings():
    assert turn.evening_before(calendar()) == timedelta(hours=15)
    assert turn.evening_before(calendar(starts="2026-12-08T13:30:00")) == timedelta(hours=18.5)


USUAL = [timedelta(minutes=m) for m in (20160, 10080, 4320, 2880, 1440, 120, 60, 30, 15, 1)]
sizes = st.sampled_from(USUAL) | st.builds(
    lambda minutes: timedelta(minutes=minutes), st.integers(1, 60 * 1440)
)
some = st.frozensets(sizes, min_size=1, max_size=4)
days = st.dates(TODAY + timedelta(days=1), TODAY + timedelta(days=300))
wishes = st.one_of(
    st.builds(lambda leads: Leads(add=leads, only=True), some),
    st.builds(lambda leads: Leads(add=leads), some),
    st.builds(lambda leads: Leads(remove=leads), some),
    st.builds(lambda a, b: Leads(add=a - b, remove=b), some, some).filter(lambda w: w.add),
    st.builds(lambda day: Break(None, day), days),
    st.builds(lambda day, length: Break(day, day + timedelta(days=length)), days, st.integers(1, 90)),
)  # fmt: skip


@given(wishes, st.sampled_from(["nl", "en"]))
def test_what_a_button_says_is_read_as_what_it_means(wish, language):
    phrase = wish_in_words(CONTEXT, wish, language)

    assert read(vocabulary(CONTEXT.texts), phrase, TODAY) == wish


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_button_that_ends_a_pause_is_read_as_that(language):
    phrase = wish_in_words(CONTEXT, Simple.RESUME, language)

    assert read(vocabulary(CONTEXT.texts), phrase, TODAY) is Simple.RESUME


words = st.lists(
    st.sampled_from(
        [
            "ook",
            "niet",
            "alleen",
            "een",
            "twee",
            "1,5",
            "half",
            "dag",
            "week",
            "uur",
            "van",
            "tevoren",
            "pauze",
            "tot",
            "vanaf",
            "1",
            "juli",
            "en",
            "maar",
            ",",
            ".",
            "?",
            "stop",
            "die",
            "herinner",
            "me",
            "maandag",
            "volgende",
            "eind",
            "januari",
            "-",
            "over",
            "in",
            "of",
            "the",
            "until",
            "from",
            "next",
            "9:30",
            "5-1",
            "only",
        ]
    ),
    max_size=40,
)


@given(words.map(" ".join) | st.text(max_size=200), st.sampled_from(["", "reminders", "pause"]))
def test_whatever_was_typed_is_read_without_an_error_and_a_pause_ends_ahead(text, topic):
    reading = read(vocabulary(CONTEXT.texts), text, TODAY, topic=topic)

    if isinstance(reading, Break):
        assert reading.until > TODAY
        assert reading.begins is None or TODAY < reading.begins < reading.until
    if isinstance(reading, Leads):
        assert not reading.add & reading.remove
        assert all(timedelta() < lead <= timedelta(days=60) for lead in reading.add)


def taken_for(command, text):
    """The reply where the search takes a message for a command, whatever the grammar makes of it."""
    state = ConversationState(language="nl", subscription=None if command == "subscribe" else ON)
    message = Message(text=text, at=NOW)
    request = Request(command=command, message=message, state=state, language="nl")
    return next(c for c in COMMANDS if c.id == command).run(CONTEXT, request)


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("subscribe", "herinner me 3 blauwe dagen van tevoren"),
        ("subscribe", "kun je collega Piet ook op de lijst zetten"),
        ("subscribe", "mijn collega en ik willen jouw bulletins"),
        ("unsubscribe", "per 1 januari wissel ik van baan, haal me eraf"),
        ("unsubscribe", "ik kan 8 december niet, graag afmelden"),
        ("pause", "ik kan 8 december niet, graag afmelden"),
        ("pause", "zet het op een laag pitje tot 1 maart, wil je"),
        ("pause", "laat het even bezinken"),
    ],
)
def test_what_the_search_takes_for_a_command_is_asked_where_its_values_were_not_read(command, text):
    reply = taken_for(command, text)

    assert reply.changes == ()
    assert reply.card.choices


@pytest.mark.parametrize(
    ("command", "text"),
    [("subscribe", "hou me maar op de hoogte"), ("unsubscribe", "haal me van die lijst")],
)
def test_what_the_search_takes_for_a_command_without_values_is_carried_out(command, text):
    assert taken_for(command, text).changes
