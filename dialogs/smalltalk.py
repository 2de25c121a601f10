"""What is said around the questions: welcome, help, topics, greeting, thanks, language, a person."""

import re

from dialogs.answer import choices
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.values import (
    Card,
    Choice,
    ChooseLanguage,
    ConversationState,
    Language,
    Message,
    Place,
    Reply,
)

DUTCH: Language = "nl"
THEMES_A_PAGE = 5
QUESTIONS_AS_BUTTONS = 5


def welcome(context: Context, place: Place) -> Card:
    """The first words in a conversation; said once.

    In Dutch, with a line of English, whatever the client's locale: many a Dutch desktop is set to English.
    """
    texts, language = context.texts, DUTCH
    return Card(
        language=language,
        title=texts.get(language, "welcome.title"),
        text=texts.get(language, "welcome.text")
        if place == Place.PERSONAL
        else texts.get(
            language, "welcome.text_shared", who=texts.get(language, f"who.{place.name.lower()}")
        ),
        note=texts.get(language, "welcome.note"),
        choices=choices(context, language, ["@subscribe", "@topics", "@help"]),
    )


def plain(
    context: Context, message: Message, state: ConversationState, command: str, language: Language
) -> Reply:
    """Help, greeting, thanks and a person: a fixed text and a way forward."""
    texts = context.texts
    ways = {
        "help": ["@topics", "@meetings", "@subscribe", "@human"],
        "greeting": ["@help", "@topics"],
        "thanks": ["@topics", "@meetings"],
        "human": ["@topics", "@help"],
    }
    note = (
        texts.get(language, f"{command}.note") if f"{command}.note" in texts.keys(language) else ""
    )
    text = texts.get(language, f"{command}.text")
    if context.search is None and command == "help":
        text = texts.get(language, "resting.text") + "\n\n" + text
    if message.place != Place.PERSONAL and command in ("help", "greeting"):
        text += "\n\n" + texts.get(language, "help.shared")
    card = Card(language=language, title="", text=text, note=note)
    return command_reply(context, card, command, ways=ways[command], message=message, state=state)


def language(
    context: Context, message: Message, state: ConversationState, current: Language
) -> Reply:
    """Answer in the language that is asked for, until told otherwise."""
    said = set(re.findall(r"\w+", message.text.casefold()))
    english = said & {"english", "engels", "engelse", "englisch", "anglais"}
    dutch = said & {"nederlands", "nederlandse", "dutch", "hollands"}
    if not english:
        dutch |= said & {"nederland", "holland"}
    wanted: Language = current
    if english or dutch:
        wanted = "en" if english and not (dutch and state.language == "en") else "nl"
    else:
        wanted = "nl" if (state.language or current) == "en" else "en"
    return command_reply(
        context,
        Card(language=wanted, title="", text=context.texts.get(wanted, "language.text")),
        "language",
        ways=["@help", "@topics"],
        changes=(ChooseLanguage(wanted),),
        message=message,
        state=state,
    )


def topics(
    context: Context, message: Message, state: ConversationState, language: Language
) -> Reply:
    """The list of themes, page by page, or the questions of one theme."""
    texts = context.texts
    asked = " ".join(message.text.casefold().split())
    themes = list(context.knowledge.themes().items())
    if not themes:
        card = Card(
            language=language,
            title=texts.get(language, "resting.title"),
            text=texts.get(language, "resting.text"),
        )
        ways = ["@help", "@human"]
        return command_reply(context, card, "topics", ways=ways, message=message, state=state)
    for theme, entries in themes:
        if theme.in_(language).casefold() in asked or theme.nl.casefold() in asked:
            listed = "\n".join(
                texts.get(language, "topics.question", question=e.title(language)) for e in entries
            )
            card = Card(
                language=language,
                title=texts.get(language, "topics.theme_title", theme=theme.in_(language)),
                text=texts.get(language, "topics.theme_text", questions=listed),
                choices=(
                    *choices(
                        context, language, [entry.id for entry in entries[:QUESTIONS_AS_BUTTONS]]
                    ),
                    *choices(context, language, ["@topics"]),
                ),
            )
            return command_reply(context, card, "topics", message=message, state=state)
    number = re.search(r"\b(\d)\b", asked)
    pages = max(1, -(-len(themes) // THEMES_A_PAGE))
    page = min(max(int(number[1]) if number else 1, 1), pages)
    lines = "\n".join(
        texts.get(language, "topics.line", theme=theme.in_(language), count=len(entries))
        for theme, entries in themes
    )
    shown = themes[(page - 1) * THEMES_A_PAGE : page * THEMES_A_PAGE]
    buttons = [
        Choice(t.in_(language), texts.get(language, "topics.theme_says", theme=t.in_(language)))
        for t, _ in shown
    ]
    if pages > 1:
        label = texts.get(language, "topics.more")
        buttons.append(
            Choice(label, texts.get(language, "topics.more_says", page=page % pages + 1))
        )
    card = Card(
        language=language,
        title=texts.get(language, "topics.title"),
        text=texts.get(language, "topics.text", themes=lines),
        choices=tuple(buttons),
    )
    return command_reply(context, card, "topics", message=message, state=state)
