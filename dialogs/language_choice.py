"""The language in which the bot answers, chosen by the member."""

import re

from dialogs.changes import ChooseLanguage
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.values import Card, Reply, Request
from faq.language import DEFAULT, LANGUAGES, Language


def choose_language(context: Context, request: Request) -> Reply:
    """Answer in the language that is asked for, until another is chosen."""
    wanted = _wanted(context, request)
    card = Card(language=wanted, title="", text=context.texts.get(wanted, "language.text"))
    changes = (ChooseLanguage(wanted),)
    return command_reply(context, request, card, choice_ids=["@help", "@topics"], changes=changes)


def _wanted(context: Context, request: Request) -> Language:
    """The language that is named, else the one of a country; where none is named, another one."""
    words = set(re.findall(r"\w+", request.message.text.casefold()))
    for key in ("language.names", "language.countries"):
        named = [
            candidate
            for candidate in LANGUAGES
            if words & set(context.texts.get_list(candidate, key))
        ]
        if named:
            # Of two, the one that is not spoken now: `English, no more Dutch`.
            spoken = request.state.language or DEFAULT
            return next((candidate for candidate in named if candidate != spoken), named[0])
    spoken = request.state.language or request.language
    return next(candidate for candidate in LANGUAGES if candidate != spoken)
