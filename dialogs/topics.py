"""What can be asked: the themes, page by page, and the questions of one theme."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.card import Card, Choice
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import Reply, Request
from faq.entries import Entry
from faq.language import DEFAULT, Language, Text

ROWS_A_PAGE = 12
"""A longer list is told in pages: nobody reads twenty questions to find one."""


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
            card = _theme(context, language, theme, entries, _page(text))
            return command_reply(context, request, card)
    return command_reply(context, request, _themes(context, language, themes, _page(text)))


def _page(text: str) -> int:
    """The page that is asked for: a number at the end, else the first."""
    number = re.search(r"\b(\d)$", text)
    return int(number[1]) if number else 1


def _theme(
    context: Context, language: Language, theme: Text, entries: Sequence[Entry], page: int
) -> Card:
    """The questions of one theme, each of which can be pressed."""
    texts, name = context.texts, theme.in_(language)
    rows = choices(context, [entry.id for entry in entries], language)
    says = texts.get(language, "topics.theme_says", theme=name)
    card = Card(
        language=language,
        title=texts.get(language, "topics.theme_title", theme=name),
        text=texts.get(language, "topics.theme_text"),
    )
    more = texts.get(language, "topics.more_questions")
    card = _paged(context, card, rows, page, lambda number: Choice(more, f"{says} {number}"))
    return replace(card, choices=(*card.choices, *choices(context, ["@topics"], language)))


def _themes(
    context: Context, language: Language, themes: Mapping[Text, Sequence[Entry]], page: int
) -> Card:
    """All themes, each of which can be pressed."""
    texts = context.texts
    names = {theme.in_(language): len(entries) for theme, entries in themes.items()}
    rows = tuple(
        Choice(
            texts.get(language, "topics.line", theme=name, count=count),
            texts.get(language, "topics.theme_says", theme=name),
            row=True,
        )
        for name, count in names.items()
    )
    card = Card(
        language=language,
        title=texts.get(language, "topics.title"),
        text=texts.get(language, "topics.text"),
    )

    def more(number: int) -> Choice:
        following = texts.get(language, "topics.more_says", page=number)
        return Choice(texts.get(language, "topics.more"), following)

    return _paged(context, card, rows, page, more)


def _paged(
    context: Context,
    card: Card,
    rows: Sequence[Choice],
    page: int,
    more: Callable[[int], Choice],
) -> Card:
    """The card with the rows of one page, and `more` for the next; a page that is not there is the nearest one."""
    pages = -(-len(rows) // ROWS_A_PAGE)
    page = min(max(page, 1), pages)
    shown = tuple(rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    if pages == 1:
        return replace(card, choices=shown)
    part = context.texts.get(card.language, "topics.page", page=page, pages=pages)
    return replace(card, text=f"{card.text} {part}", choices=(*shown, more(page % pages + 1)))
