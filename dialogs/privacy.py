"""What is kept of a member: show it all, remove it all."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.answer import day
from dialogs.command import told
from dialogs.context import House
from dialogs.values import Card, ForgetMe, Known, Language, Message, Place, Recent, Reply

MOMENTS = frozenset({"welcomed_at", "since", "paused_until"})


def my_data(house: House, message: Message, known: Known, language: Language) -> Reply:
    """Everything that is stored of this member; in a channel or group only what is kept in general."""
    words = house.words
    if message.place != Place.PERSONAL:
        # Personal data is never shown where others read along.
        text, ways = words.say(language, "my_data.not_here"), ["@help"]
    else:
        listed = "\n".join(
            f"- {_line(house, language, kind, value)}" for kind, value in known.stored
        )
        text, ways = words.say(language, "my_data.text", listed=listed), ["@forget-me", "@help"]
    card = Card(language=language, title="", text=text)
    return told(house, card, "my-data", ways=ways, message=message, known=known)


def _line(house: House, language: Language, kind: str, value: str) -> str:
    """One thing that is stored, its moment on the clock on the wall."""
    if kind in MOMENTS:
        at = house.calendar.local(datetime.fromisoformat(value))
        value = f"{day(house, language, at.date())}, {at:%H:%M}"
    elif kind == "seen_at":
        value = day(house, language, date.fromisoformat(value))
    return house.words.say(language, f"my_data.{kind}", value=value)


def forget_me(
    house: House, message: Message, known: Known, language: Language, *, sure: bool
) -> Reply:
    """Remove everything, when the member said so in so many words; else ask first."""
    if message.place != Place.PERSONAL:
        key, ways = "not_here", ["@unsubscribe"]
    elif not sure:
        key, ways = "ask", ["@forget-me", "@my-data"]
    else:
        key, ways = "done", ["@help"]
    card = Card(language=language, title="", text=house.words.say(language, f"forget_me.{key}"))
    changes = (ForgetMe(),) if key == "done" else ()
    reply = told(house, card, "forget-me", ways=ways, changes=changes, message=message, known=known)
    return replace(reply, recent=Recent()) if changes else reply
