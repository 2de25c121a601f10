"""The form of the reminders: what is submitted asks for the same as what is typed, and a mistake loses nothing."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.teams.cards import adaptive, presses, submitted_text
from dialogs import conversation
from dialogs.changes import ChooseLeads, Pause, Subscribe
from dialogs.format import day
from dialogs.values import ConversationState, Message, Subscription
from dialogs.wishes.form import Filled, filled, submitted
from dialogs.wishes.form import settings as settings_of
from dialogs.wishes.say import leads_in_words
from faq.meetings import lead_text
from tests.support.reminders import address, at, calendar, context_of

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
CONTEXT = context_of(calendar())
ON = Subscription(active=True)
SAYS = "herinneringen instellen"
NUMBERS = count()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("form") / "bot.sqlite3")
    yield Conversations(database)
    database.close()


def say(text, subscription=ON, language="nl"):
    state = ConversationState(language=language, subscription=subscription)
    return conversation.respond(CONTEXT, Message(text=text, at=NOW), state)


def press(**fields):
    """The text of a press on the form's own button, as Teams sends what was filled in."""
    return submitted_text({"says": SAYS, "form": True} | fields)


def after(store, before, *texts):
    """The subscription of a new conversation after these messages."""
    where = address(f"c{next(NUMBERS)}")
    store.state(where, NOW)
    store.apply(where, before, NOW)
    for text in texts:
        state = store.state(where, NOW)
        reply = conversation.respond(CONTEXT, Message(text=text, at=NOW), state)
        store.apply(where, reply.changes, NOW + timedelta(seconds=1))
    kept = store.state(where, NOW).subscription
    return (
        kept.active,
        kept.leads or (*calendar().series[0].leads,),
        kept.paused_from,
        kept.paused_until,
    )


minutes = st.sampled_from([20160, 10080, 4320, 2880, 1440, 180, 120, 60, 30, 15])
leads = st.frozensets(minutes.map(lambda m: timedelta(minutes=m)), min_size=1, max_size=5)
pauses = st.none() | st.builds(
    lambda first, length: (TODAY + timedelta(days=first), TODAY + timedelta(days=first + length)),
    st.integers(0, 300),
    st.integers(0, 90),
)
before = st.sampled_from(
    [
        (),
        (Subscribe(),),
        (Subscribe((timedelta(days=1),)),),
        (Subscribe(), Pause(at("2027-01-01 00:00"))),
        (Subscribe(), ChooseLeads((timedelta(hours=2),)), Pause(at("2027-03-01 00:00"), at("2027-02-01 00:00"))),
    ]
)  # fmt: skip


@given(before, leads, pauses)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_submitted_and_what_is_typed_give_the_same(store, before, leads, pause):
    first, last = pause or (None, None)
    form = press(
        leads=",".join(map(lead_text, leads)),
        begins=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
    )
    typed = [f"alleen {leads_in_words(CONTEXT, leads, 'nl')} van tevoren"]
    if pause:
        days = [day(CONTEXT, each, "nl") for each in pause]
        begins = "" if first == TODAY else f"van {days[0]} "
        typed.append(f"pauze {begins}tot en met {days[1]}")
    else:
        typed.append("haal de pauze weg")

    assert after(store, before, form) == after(store, before, *typed)


def test_the_form_shows_what_there_is():
    kept = Subscription(
        active=True,
        leads=(timedelta(days=1), timedelta(hours=5)),
        paused_from=at("2027-02-01 00:00"),
        paused_until=at("2027-03-01 00:00"),
    )
    form = say(SAYS, kept).card.form

    assert [tick.value for tick in form.ticks if tick.chosen] == ["1d", "5h"]
    assert {"14d", "7d", "1h"} <= {tick.value for tick in form.ticks}
    assert (form.begins, form.last) == ("2027-02-01", "2027-02-28")


def test_submitted_as_it_was_shown_it_changes_nothing():
    form = say(SAYS).card.form
    shown = ",".join(tick.value for tick in form.ticks if tick.chosen)

    assert say(press(leads=shown, begins=form.begins, last=form.last)).changes == ()


def test_it_subscribes_who_was_not():
    (subscribe,) = say(press(leads="1d,1h"), None).changes

    assert subscribe == Subscribe((timedelta(days=1), timedelta(hours=1)))


MISTAKES = [
    ({"begins": "2027-07-01", "last": ""}, "laatste dag"),
    ({"begins": "2027-08-01", "last": "2027-07-01"}, "voor de eerste"),
    ({"begins": "", "last": "2026-11-01"}, "verleden"),
    ({"begins": "2027-13-45", "last": "2027-07-01"}, "geen goede datum"),
    ({"begins": "volgende week", "last": "ooit"}, "geen goede datum"),
    ({"begins": "2027-07-01", "last": "2031-07-01"}, "twee jaar"),
    ({"leads": "", "begins": "", "last": ""}, "geen enkel moment"),
    ({"leads": "99d,0m,zomaar", "begins": "", "last": ""}, "geen enkel moment"),
]


@pytest.mark.parametrize(("fields", "holds"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_said_and_nothing_is_lost(fields, holds):
    reply = say(press(**({"leads": "7d,1d"} | fields)))

    assert reply.changes == ()
    assert holds in reply.card.text
    assert "nog niets veranderd" in reply.card.text
    form = reply.card.form
    assert (form.begins, form.last) == (fields["begins"], fields["last"])
    if "leads" not in fields:
        assert [tick.value for tick in form.ticks if tick.chosen] == ["7d", "1d"]


def test_a_date_that_is_none_is_not_drawn_as_one():
    """A client refuses a whole card for one value that it cannot read."""
    card = adaptive(say(press(leads="7d", begins="31 februari", last="")).card)
    dates = [element for element in card["body"] if element["type"] == "Input.Date"]

    assert [element.get("value") for element in dates] == [None, None]


def test_another_button_of_the_card_says_what_it_says_whatever_is_filled_in():
    """Teams sends what is filled in along with every button."""
    card = adaptive(say(SAYS).card)
    other = next(p["data"] for p in presses(card) if not p["data"].get("form"))

    assert submitted_text(other | {"leads": "1h", "begins": "", "last": ""}) == other["says"]


def test_a_client_that_sends_no_fields_is_shown_that_nothing_was_chosen():
    assert say(press()).changes == ()


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_client_sends_is_read_as_a_form(leads, begins, last):
    form = filled(submitted(SAYS, leads, begins, last))

    assert form is None or isinstance(form, Filled)
    if form is not None:
        settings_of(form, TODAY)
    say(press(leads=leads, begins=begins, last=last))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_has_a_label_in_the_language_of_the_card(language):
    words = CONTEXT.texts.get(language, "wishes.set_says")
    card = adaptive(say(words, language=language).card)
    inputs = [element for element in card["body"] if element["type"].startswith("Input.")]

    assert [element["label"] for element in inputs] == [
        CONTEXT.texts.get(language, f"form.{key}") for key in ("leads", "begins", "last")
    ]
    assert all(element["label"] in card["speak"] for element in inputs)
