"""The cards that ask before anything is changed, and the form."""

from datetime import timedelta

from dialogs import doubt
from dialogs.commands import COMMANDS
from dialogs.values import Message, Place, Request
from dialogs.wishes.form import submitted
from dialogs.wishes.replies import reply_to
from dialogs.wishes.wish import Break, Leads, Simple, Unsure
from tests.support.talk_cards import NOW, ON, card_of, state_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def asking_cards(context, language):
    """The name and the card of each, in a language."""
    yield from _forms(context, language)
    yield from _asked_first(context, language)


def _forms(context, language):
    """The form, and what it says of what is wrong with it."""
    says, state = (
        context.texts.get(language, "wishes.set_says"),
        state_of(language, subscription=ON),
    )
    yield "form-channel", card_of(context, says, state, Place.CHANNEL)
    for name, fields in (
        ("no-date", ("1d", "morgen", "")),
        ("no-lead", ("", "", "")),
        ("no-last-day", ("1d", "2027-07-01", "")),
        ("turned", ("1d", "2027-07-01", "2027-06-01")),
        ("past", ("1d", "", "2026-01-01")),
        ("too-long", ("1d", "", "2030-01-01")),
        ("saved", ("1d 2h", "2027-07-01", "2027-08-01")),
    ):
        yield f"form-{name}", card_of(context, submitted(says, *fields), state)


def _asked_first(context, language):
    """What is asked before anything is changed."""
    state = state_of(language, subscription=ON)
    stop = context.title("@unsubscribe", language)
    for place in (Place.GROUP, Place.CHANNEL):
        yield f"for-all-{place}", card_of(context, stop, state, place, pressed=True)
    message = Message(text="?", at=NOW)
    for command in ("subscribe", "unsubscribe", "pause"):
        request = Request(command=command, message=message, state=state, language=language)
        for about in ("change", "meeting"):
            yield f"doubt-{command}-{about}", doubt.ask(context, request, about).card
    readings = (
        Leads(add=frozenset({DAY}), only=True),
        Leads(add=frozenset({HOUR})),
        Leads(remove=frozenset({DAY})),
        Leads(add=frozenset({HOUR}), remove=frozenset({DAY})),
        Break(None, (NOW + 30 * DAY).date()),
        Break((NOW + DAY).date(), (NOW + 30 * DAY).date()),
        Simple.RESUME,
    )
    request = Request(command="status", message=message, state=state, language=language)
    for n in range(len(readings)):
        asked = Unsure(readings[n : n + 2])
        yield f"unsure-{n}", reply_to(context, request, asked).card
    yield "unclear", reply_to(context, request, Unsure(())).card
    status = next(command for command in COMMANDS if command.id == "status")
    yield "kept", doubt.unchanged(context, status.run(context, request)).card
