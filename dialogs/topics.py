"""What can be asked: the themes, page by page, and the questions of one theme."""

import re
from collections.abc import Mapping, Sequence

from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import Card, Choice, Reply, Request
from faq.entries import Entry
from faq.language import DEFAULT, Language, Text

THEMES_A_PAGE = 5
QUESTIONS_AS_BUTTONS = 5


def topics(context: Context, request: Request) -> Reply:
    """The list of themes, page by page, or the questions of one theme."""
    texts, language = context.texts, request.language
    text = " ".join(request.message.text.casefold().split())
    themes = context.knowledge.themes()
    if not themes:
        card = Card(
            language=language,
            title=texts.get(language, "no_content.title"),
            text=texts.get(language, "no_content.text"),
        )
        return command_reply(context, request, card, choice_ids=["@help", "@human"])
    for theme, entries in themes.items():
        names = {theme.in_(language).casefold(), theme.in_(DEFAULT).casefold()}
        if any(name in text for name in names):
            card = _theme(context, language, theme, entries)
            return command_reply(context, request, card)
    number = re.search(r"\b(\d)\b", text)
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
