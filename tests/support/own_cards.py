"""The cards about somebody's own reminders, and what is told in short: one for each answer."""

from dataclasses import replace
from datetime import timedelta

from dialogs import in_short, small_talk
from dialogs.values import LastExchange, Message, Undoable
from tests.support.talk_cards import LATER, NOW, OFF, ON, PAUSED, card_of, in_language, state_of

DAY_ONLY = replace(ON, leads=(timedelta(days=14),))
ASKED = (
    (ON, "staan ze aan?", "are they on?"),
    (ON, "staan ze uit?", "are they off?"),
    (ON, "staan ze aan of uit?", "are they on or off?"),
    (OFF, "staan ze aan?", "are they on?"),
    (OFF, "staan ze uit?", "are they off?"),
    (OFF, "staan ze aan of uit?", "are they on or off?"),
    (PAUSED, "staan ze aan?", "are they on?"),
    (ON, "wanneer komt de eerste?", "when do I get the first one?"),
    (ON, "krijg ik er een voor 8 december?", "will I get one for 8 December?"),
    (DAY_ONLY, "krijg ik er een voor 8 december?", "will I get one for 8 December?"),
    (ON, "krijg ik er een voor augustus?", "will I get one for August?"),
    (ON, "krijg ik er een voor 9 december?", "will I get one for 9 December?"),
    (ON, "hoeveel krijg ik er?", "how many will I get?"),
    (ON, "hoe lang van tevoren?", "how long before?"),
    (ON, "heb ik nu pauze?", "is there a pause?"),
    (PAUSED, "heb ik nu pauze?", "is there a pause?"),
    (LATER, "heb ik nu pauze?", "is there a pause?"),
    (ON, "hoor ik het als er iets wijzigt?", "do I hear it if something changes?"),
    (OFF, "hoor ik het als er iets wijzigt?", "do I hear it if something changes?"),
    (OFF, "kan ik ze later weer aanzetten?", "can I turn them on again later?"),
    (ON, "is het gelukt?", "did it work?"),
    (OFF, "waarom kreeg ik er gisteren geen?", "why didn't I get one yesterday?"),
    (PAUSED, "waarom kreeg ik er gisteren geen?", "why didn't I get one yesterday?"),
    (ON, "waarom kreeg ik er gisteren geen?", "why didn't I get one yesterday?"),
    (ON, "waarom kreeg ik er geen?", "why didn't I get one?"),
    (DAY_ONLY, "waarom kreeg ik er vandaag geen?", "why didn't I get one today?"),
    (ON, "spam me niet", "don't spam me"),
    (OFF, "spam me niet", "don't spam me"),
    (ON, "nee, niet voor de herinneringen", "no, not for the reminders"),
)
"""What is asked about the reminders, after a card about them."""


def own_cards(context, language):
    """The name and the card of each, in a language."""
    for n, (subscription, *pair) in enumerate(ASKED):
        last = LastExchange(command="status")
        state = state_of(language, subscription=subscription, last=last)
        yield f"own-{n}", card_of(context, in_language(pair, language), state)
    changed = state_of(
        language,
        subscription=ON,
        undoable=Undoable(NOW, OFF),
        last=LastExchange(command="subscribe"),
    )
    for name, pair in (("done", ("is het gelukt?", "did it work?")), ("taken-back", ("nee", "no"))):
        yield f"own-{name}", card_of(context, in_language(pair, language), changed)
    without = replace(context, calendar=replace(context.calendar, series=()))
    state = state_of(language, subscription=ON, last=LastExchange(command="status"))
    pair = ("wanneer komt de eerste?", "when do I get the first one?")
    yield "own-none", card_of(without, in_language(pair, language), state)
    yield from _after_a_meeting(context, language)


def _after_a_meeting(context, language):
    """What is asked after a meeting was shown; and the rest of what is no question."""
    state = state_of(language, last=LastExchange(command="meetings"))
    pair = ("ben ik aangemeld?", "am I signed up?")
    yield "not-registered", card_of(context, in_language(pair, language), state)
    for kind in ("hard", "known", "how"):
        yield f"talk-{kind}", small_talk.reply(context, state, language, kind).card
    first, message = next(iter(context.knowledge.entries.values())), Message(text="?", at=NOW)
    for again in (False, True):
        reply = in_short.in_short(context, message, first, language, again=again)
        yield f"in-short-{again}", reply.card
    held = next(m for m in context.calendar.meetings(NOW, NOW + timedelta(days=60)) if m.held)
    state = state_of(language, last=LastExchange(command="meetings", meeting=held.key))
    for n, pair in enumerate((
        ("klopt het dat het om 10 uur begint?", "is it true that it starts at 10 o'clock?"),
        ("begint het om 9 uur?", "does it start at 9 o'clock?"),
        ("is dat zeker?", "is that certain?"),
    )):  # fmt: skip
        yield f"meeting-claim-{n}", card_of(context, in_language(pair, language), state)
