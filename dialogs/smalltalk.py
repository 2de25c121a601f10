"""The dialogs around the questions: welcome, help, topics, greeting, thanks, language, a person."""

import re
from collections.abc import Mapping, Sequence

from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import (
    Card,
    Choice,
    ChooseLanguage,
    Place,
    Reply,
    Request,
)
from faq.entries import Entry
from faq.language import DEFAULT, LANGUAGES, Language, Text

THEMES_A_PAGE = 5
QUESTIONS_AS_BUTTONS = 5


def welcome(context: Context, place: Place) -> Card:
    """The first words in a conversation, sent once.

    In Dutch, with a line of English, whatever the client's locale: many a Dutch desktop is set to English.
    """
    texts, language = context.texts, DEFAULT
    return Card(
        language=language,
        title=texts.get(language, "welcome.title"),
        text=texts.get(language, "welcome.text")
        if place == Place.PERSONAL
        else texts.get(
            language, "welcome.text_shared", who=texts.get(language, f"who.{place.name.lower()}")
        ),
        note=texts.get(language, "welcome.note"),
        choices=choices(context, ["@subscribe", "@topics", "@help"], language),
    )


def help_(context: Context, request: Request) -> Reply:
    """What the bot can do; first that it cannot answer questions, where that is so."""
    text = context.texts.get(request.language, "help.text")
    if context.search is None:
        text = context.texts.get(request.language, "no_content.text") + "\n\n" + text
    choice_ids = ["@topics", "@meetings", "@subscribe", "@human"]
    return _fixed(context, request, text + _mention(context, request), choice_ids)


def greeting(context: Context, request: Request) -> Reply:
    """A greeting back, and what can be asked."""
    text = context.texts.get(request.language, "greeting.text") + _mention(context, request)
    return _fixed(context, request, text, ["@help", "@topics"])


def thanks(context: Context, request: Request) -> Reply:
    """You are welcome."""
    text = context.texts.get(request.language, "thanks.text")
    return _fixed(context, request, text, ["@topics", "@meetings"])


def human(context: Context, request: Request) -> Reply:
    """Who can be reached."""
    text = context.texts.get(request.language, "human.text")
    return _fixed(context, request, text, ["@topics", "@help"])


def _mention(context: Context, request: Request) -> str:
    """Where others talk too: that the bot must be mentioned."""
    if request.message.place == Place.PERSONAL:
        return ""
    return "\n\n" + context.texts.get(request.language, "help.shared")


def _fixed(context: Context, request: Request, text: str, choice_ids: Sequence[str]) -> Reply:
    """A text, the command's note where it has one, and a way forward."""
    texts, language, key = context.texts, request.language, f"{request.command}.note"
    note = texts.get(language, key) if key in texts.keys(language) else ""
    card = Card(language=language, title="", text=text, note=note)
    return command_reply(context, request, card, choice_ids=choice_ids)


def language(context: Context, request: Request) -> Reply:
    """Answer in the language that is asked for, until another is chosen."""
    wanted = _wanted(context, request)
    card = Card(language=wanted, title="", text=context.texts.get(wanted, "language.text"))
    changes = (ChooseLanguage(wanted),)
    return command_reply(context, request, card, choice_ids=["@help", "@topics"], changes=changes)


def _wanted(context: Context, request: Request) -> Language:
    """The language that is named, else the one of a country; where none is named, another one."""
    words = set(re.findall(r"\w+", request.message.text.casefold()))
    for key in ("language.names", "language.countries"):
        named = [one for one in LANGUAGES if words & set(context.texts.get_list(one, key))]
        if named:
            # Of two, the one that is not spoken now: `English, no more Dutch`.
            spoken = request.state.language or DEFAULT
            return next((one for one in named if one != spoken), named[0])
    spoken = request.state.language or request.language
    return next(one for one in LANGUAGES if one != spoken)


def topics(context: Context, request: Request) -> Reply:
    """The list of themes, page by page, or the questions of one theme."""
    texts, language = context.texts, request.language
    asked = " ".join(request.message.text.casefold().split())
    themes = context.knowledge.themes()
    if not themes:
        card = Card(
            language=language,
            title=texts.get(language, "no_content.title"),
            text=texts.get(language, "no_content.text"),
        )
        return command_reply(context, request, card, choice_ids=["@help", "@human"])
    for theme, entries in themes.items():
        if any(theme.in_(one).casefold() in asked for one in (language, DEFAULT)):
            card = _theme(context, language, theme, entries)
            return command_reply(context, request, card)
    number = re.search(r"\b(\d)\b", asked)
    card = _themes(context, language, themes, int(number[1]) if number else 1)
    return command_reply(context, request, card)


def _theme(context: Context, language: Language, theme: Text, entries: Sequence[Entry]) -> Card:
    """The questions of one theme."""
    texts = context.texts
    listed = "\n".join(
        texts.get(language, "topics.question", question=entry.title(language)) for entry in entries
    )
    buttons = [*(entry.id for entry in entries[:QUESTIONS_AS_BUTTONS]), "@topics"]
    return Card(
        language=language,
        title=texts.get(language, "topics.theme_title", theme=theme.in_(language)),
        text=texts.get(language, "topics.theme_text", questions=listed),
        choices=choices(context, buttons, language),
    )


def _themes(
    context: Context, language: Language, themes: Mapping[Text, Sequence[Entry]], page: int
) -> Card:
    """All themes, those of one page as buttons; a page that is not there is the nearest one."""
    texts = context.texts
    lines = "\n".join(
        texts.get(language, "topics.line", theme=theme.in_(language), count=len(entries))
        for theme, entries in themes.items()
    )
    pages = -(-len(themes) // THEMES_A_PAGE)
    page = min(max(page, 1), pages)
    names = [theme.in_(language) for theme in themes]
    buttons = [
        Choice(name, texts.get(language, "topics.theme_says", theme=name))
        for name in names[(page - 1) * THEMES_A_PAGE : page * THEMES_A_PAGE]
    ]
    if pages > 1:
        following = texts.get(language, "topics.more_says", page=page % pages + 1)
        buttons.append(Choice(texts.get(language, "topics.more"), following))
    return Card(
        language=language,
        title=texts.get(language, "topics.title"),
        text=texts.get(language, "topics.text", themes=lines),
        choices=tuple(buttons),
    )
