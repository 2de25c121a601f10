"""What is said around the questions: welcome, help, topics, greeting, thanks, language, a person."""

import re

from dialogs.answer import choices
from dialogs.command import told
from dialogs.context import House
from dialogs.values import Card, Choice, ChooseLanguage, Known, Language, Message, Place, Reply

DUTCH: Language = "nl"
THEMES_A_PAGE = 5
QUESTIONS_AS_BUTTONS = 5


def welcome(house: House, place: Place) -> Card:
    """The first words in a conversation; said once.

    In Dutch, with a line of English, whatever the client's locale: many a Dutch desktop is set to English.
    """
    words, language = house.words, DUTCH
    return Card(
        language=language,
        title=words.say(language, "welcome.title"),
        text=words.say(language, "welcome.text")
        if place == Place.PERSONAL
        else words.say(
            language, "welcome.text_shared", who=words.say(language, f"who.{place.name.lower()}")
        ),
        note=words.say(language, "welcome.note"),
        choices=choices(house, language, ["@subscribe", "@topics", "@help"]),
    )


def plain(house: House, message: Message, known: Known, command: str, language: Language) -> Reply:
    """Help, greeting, thanks and a person: a fixed text and a way forward."""
    words = house.words
    ways = {
        "help": ["@topics", "@meetings", "@subscribe", "@human"],
        "greeting": ["@help", "@topics"],
        "thanks": ["@topics", "@meetings"],
        "human": ["@topics", "@help"],
    }
    note = (
        words.say(language, f"{command}.note") if f"{command}.note" in words.keys(language) else ""
    )
    text = words.say(language, f"{command}.text")
    if house.search is None and command == "help":
        text = words.say(language, "resting.text") + "\n\n" + text
    if message.place != Place.PERSONAL and command in ("help", "greeting"):
        text += "\n\n" + words.say(language, "help.shared")
    card = Card(language=language, title="", text=text, note=note)
    return told(house, card, command, ways=ways[command], message=message, known=known)


def language(house: House, message: Message, known: Known, current: Language) -> Reply:
    """Answer in the language that is asked for, until told otherwise."""
    said = set(re.findall(r"\w+", message.text.casefold()))
    english = said & {"english", "engels", "engelse", "englisch", "anglais"}
    dutch = said & {"nederlands", "nederlandse", "dutch", "hollands"}
    if not english:
        dutch |= said & {"nederland", "holland"}
    wanted: Language = current
    if english or dutch:
        wanted = "en" if english and not (dutch and known.language == "en") else "nl"
    else:
        wanted = "nl" if (known.language or current) == "en" else "en"
    return told(
        house,
        Card(language=wanted, title="", text=house.words.say(wanted, "language.text")),
        "language",
        ways=["@help", "@topics"],
        changes=(ChooseLanguage(wanted),),
        message=message,
        known=known,
    )


def topics(house: House, message: Message, known: Known, language: Language) -> Reply:
    """The list of themes, page by page, or the questions of one theme."""
    words = house.words
    asked = " ".join(message.text.casefold().split())
    themes = list(house.knowledge.themes().items())
    if not themes:
        card = Card(
            language=language,
            title=words.say(language, "resting.title"),
            text=words.say(language, "resting.text"),
        )
        ways = ["@help", "@human"]
        return told(house, card, "topics", ways=ways, message=message, known=known)
    for theme, entries in themes:
        if theme.in_(language).casefold() in asked or theme.nl.casefold() in asked:
            listed = "\n".join(
                words.say(language, "topics.question", question=e.title(language)) for e in entries
            )
            card = Card(
                language=language,
                title=words.say(language, "topics.theme_title", theme=theme.in_(language)),
                text=words.say(language, "topics.theme_text", questions=listed),
                choices=(
                    *choices(
                        house, language, [entry.id for entry in entries[:QUESTIONS_AS_BUTTONS]]
                    ),
                    *choices(house, language, ["@topics"]),
                ),
            )
            return told(house, card, "topics", message=message, known=known)
    number = re.search(r"\b(\d)\b", asked)
    pages = max(1, -(-len(themes) // THEMES_A_PAGE))
    page = min(max(int(number[1]) if number else 1, 1), pages)
    lines = "\n".join(
        words.say(language, "topics.line", theme=theme.in_(language), count=len(entries))
        for theme, entries in themes
    )
    shown = themes[(page - 1) * THEMES_A_PAGE : page * THEMES_A_PAGE]
    buttons = [
        Choice(t.in_(language), words.say(language, "topics.theme_says", theme=t.in_(language)))
        for t, _ in shown
    ]
    if pages > 1:
        label = words.say(language, "topics.more")
        buttons.append(
            Choice(label, words.say(language, "topics.more_says", page=page % pages + 1))
        )
    card = Card(
        language=language,
        title=words.say(language, "topics.title"),
        text=words.say(language, "topics.text", themes=lines),
        choices=tuple(buttons),
    )
    return told(house, card, "topics", message=message, known=known)
