"""The cards about meetings: each kind of answer, of one that is held, moved, cancelled or past."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

from dialogs import reminders
from dialogs.values import Place
from faq.language import Text
from faq.meeting_change import Change
from faq.meeting_shown import Shown
from tests.support.talk_cards import NOW, ON, card_of, in_language, state_of

MONTHS = (("maart", "March"), ("mei", "May"), ("augustus", "August"))
"""Of the shipped calendar: a meeting that is held, one that is moved, and one that is cancelled."""
ABOUT_ONE = (
    ("gaat de bijeenkomst van {} door?", "is the meeting of {} going ahead?"),
    ("gaat de bijeenkomst van {} niet door?", "is the meeting of {} not going ahead?"),
    ("is de bijeenkomst van {} verplaatst?", "has the meeting of {} been moved?"),
    ("vervalt de bijeenkomst van {}?", "is the meeting of {} cancelled?"),
    ("waarom is de bijeenkomst van {} verplaatst?", "why has the meeting of {} been moved?"),
)
ABOUT_PLACE = (
    ("is de bijeenkomst van maart online?", "is the meeting of March online?"),
    ("is de bijeenkomst van maart fysiek?", "is the meeting of March on site?"),
    ("is de bijeenkomst van maart online of fysiek?", "is the meeting of March online or on site?"),
    ("waar is de bijeenkomst van maart?", "where is the meeting of March?"),
    ("wat is de link van de bijeenkomst van maart?", "what is the link of the meeting of March?"),
    ("wat is de agenda van de bijeenkomst van maart?", "what is the agenda of the meeting of March?"),
)  # fmt: skip
PLACES = ("", "Teams", "Utrecht", "Utrecht en Teams")
ABOUT_ALL = (
    ("hoe laat begint de volgende bijeenkomst?", "what time does the next meeting start?"),
    ("hoe lang duurt de volgende bijeenkomst?", "how long does the next meeting take?"),
    ("wanneer is de bijeenkomst van maart?", "when is the meeting of March?"),
    ("lijst van de bijeenkomsten in 2027", "list of the meetings in 2027"),
    ("hoeveel bijeenkomsten zijn er?", "how many meetings are there?"),
    ("komende bijeenkomsten", "upcoming meetings"),
    ("alle bijeenkomsten", "all meetings"),
    ("welke bijeenkomsten zijn er in 2027?", "which meetings are there in 2027?"),
    ("hoeveel bijeenkomsten zijn er in 2027?", "how many meetings are there in 2027?"),
    ("zijn er bijeenkomsten in mei en juni?", "are there meetings in May and June?"),
    ("is er een bijeenkomst op 11 mei?", "is there a meeting on 11 May?"),
    ("is er een bijeenkomst op 25 mei?", "is there a meeting on 25 May?"),
    ("wanneer is de bijeenkomst op 25 mei?", "when is the meeting on 25 May?"),
    ("wanneer was de vorige bijeenkomst?", "when was the last meeting?"),
    ("hoe krijg ik de bijeenkomst van maart in mijn agenda?", "how do I get the meeting of March in my calendar?"),
    ("wat is de agenda van de bijeenkomst van maart?", "what is the agenda of the meeting of March?"),
    ("zijn er bijeenkomsten vanaf maart?", "are there meetings since March?"),
    ("hoe vaak is de bijeenkomst van maart?", "how often is the meeting of March?"),
)  # fmt: skip
"""Questions about meetings, one for each kind of answer."""


def meeting_cards(context, language):
    """The name and the card of each, in a language."""
    state, late = state_of(language), NOW + timedelta(days=400)
    for ask in ABOUT_ONE:
        for month in MONTHS:
            text = in_language(ask, language).format(in_language(month, language))
            yield f"meeting-{text}", card_of(context, text, state)
        past = in_language(ask, language).format(
            in_language(("maart 2027", "March 2027"), language)
        )
        yield f"meeting-{past}", card_of(context, past, state, now=late)
    for ask in ABOUT_ALL:
        text = in_language(ask, language)
        yield f"meeting-{text}", card_of(context, text, state)
    for place in PLACES:
        held_there = _with(context, location=place, url="https://x.nl" if place else "")
        for ask in ABOUT_PLACE:
            text = in_language(ask, language)
            yield f"meeting-{place}-{text}", card_of(held_there, text, state)
    yield from _without_meetings(context, language)
    yield from _otherwise(context, language)


def _with(context, **details):
    """The context with these details for every series, and nothing on the agenda."""
    series = (replace(s, agenda=Text("", ""), **details) for s in context.calendar.series)
    return replace(context, calendar=replace(context.calendar, series=tuple(series)))


def _without_meetings(context, language):
    """The cards where no meeting is planned, or none is held."""
    state = state_of(language)
    none = replace(context, calendar=replace(context.calendar, series=()))
    for name, pair in (
        ("none", ("bijeenkomsten", "meetings")),
        ("none-yet", ("wanneer was de vorige bijeenkomst?", "when was the last meeting?")),
        ("none-then", ("is er een bijeenkomst in maart?", "is there a meeting in March?")),
    ):
        yield f"meetings-{name}", card_of(none, in_language(pair, language), state)
    (series,) = context.calendar.series
    other = replace(series, id="ander", title=Text("Intervisie", "Peer review"))
    two = replace(context, calendar=replace(context.calendar, series=(series, other)))
    subscribed = state_of(language, subscription=ON)
    text = in_language(("mijn herinneringen", "my reminders"), language)
    yield "status-of-two", card_of(two, text, subscribed)
    off = tuple(Change(day.date(), None, Text("", "")) for day in islice(series.dates(), 40))
    none_held = replace(series, changes=off)
    cancelled = replace(context, calendar=replace(context.calendar, series=(none_held,)))
    for name, pair in (
        ("none-held", ("zijn er bijeenkomsten in mei en juni?", "are there meetings in May and June?")),
        ("no-reason", ("waarom vervalt de bijeenkomst van maart?", "why is the meeting of March cancelled?")),
    ):  # fmt: skip
        yield f"meetings-{name}", card_of(cancelled, in_language(pair, language), state)


def _otherwise(context, language):
    """The corrections of a meeting that is held otherwise, or after all."""
    meeting = next(context.calendar.meetings(NOW, NOW + timedelta(days=60)))
    bare = replace(meeting, series=replace(meeting.series, location="", url=""))
    now = Shown.of(meeting)
    for name, changed, shown in (
        ("all", meeting, Shown("Intervisie", "Utrecht", "https://x.nl", 60)),
        ("name", meeting, replace(now, title="Intervisie")),
        ("place", meeting, replace(now, location="Utrecht")),
        ("place-gone", bare, replace(now, url="")),
        ("length", meeting, replace(now, minutes=60)),
        ("link-gone", bare, replace(Shown.of(bare), url="https://x.nl")),
        ("link", replace(meeting, series=replace(meeting.series, url="https://y.nl")), now),
    ):
        card = reminders.correction(
            context, changed, language, meeting.local, Place.PERSONAL, shown=shown
        )
        yield f"correction-{name}", card
    earlier = meeting.local - timedelta(hours=1)
    card = reminders.correction(context, meeting, language, earlier, Place.GROUP)
    yield "correction-time", card
    for name, days in (("today", 0), ("later", 7)):
        today = meeting.date - timedelta(days=days)
        card = reminders.reminder(context, meeting, language, Place.CHANNEL, today=today)
        yield f"reminder-{name}", card
    yield "back-outdated", reminders.outdated(context, meeting, language, None)
