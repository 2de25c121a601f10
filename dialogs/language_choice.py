"""The language in which the bot answers, chosen by the member."""

import re

from dialogs.card import Card
from dialogs.changes import ChooseLanguage
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.values import Reply, Request
from faq.language import DEFAULT, LANGUAGES, Language

REFUSED_WITHIN = 4
"""Words before the name of a language among which a negation refuses it."""
_NOT = frozenset(("geen", "niet", "no", "not", "don", "zonder", "without", "never"))

_OF_A_THING = re.compile(
    r"\b(?:waar|where|welke|which)\b.{0,30}\b(?:de|een|the|an?) (?:engelse|nederlandse|english|dutch)\b"
)


def choose_language(context: Context, request: Request) -> Reply:
    """Answer in the language that is asked for, until another is chosen."""
    wanted = _wanted(context, request)
    card = Card(language=wanted, title="", text=context.texts.get(wanted, "language.text"))
    changes = (ChooseLanguage(wanted),)
    return command_reply(context, request, card, choice_ids=["@help", "@topics"], changes=changes)


def _wanted(context: Context, request: Request) -> Language:
    """The language that is named, else the one of a country; where none is named, another one."""
    words = re.findall(r"\w+", request.message.text.casefold())
    spoken = request.state.language or DEFAULT
    for key in ("language.names", "language.countries"):
        named, refused = _named(context, words, key)
        wanted = [one for one in (named or LANGUAGES) if one not in refused]
        if wanted and (named or refused):
            # Of two, the one that is not spoken now: `English, no more Dutch`.
            others = (candidate for candidate in wanted if candidate != spoken)
            return wanted[0] if refused else next(others, wanted[0])
    spoken = request.state.language or request.language
    return next(candidate for candidate in LANGUAGES if candidate != spoken)


def _named(
    context: Context, words: list[str], key: str
) -> tuple[list[Language], frozenset[Language]]:
    """The languages that are named, and those of them that are refused: `ik spreek geen Engels`."""
    names = {one: context.texts.get_list(one, key) for one in LANGUAGES}
    places = {one: [i for i, word in enumerate(words) if word in names[one]] for one in LANGUAGES}
    named = [one for one in LANGUAGES if places[one]]
    # `kun je geen Nederlands?` asks for it.
    of_the_bot = bool({"je", "jij", "u", "you"} & set(words))
    refused = {
        one
        for one in named
        if not of_the_bot
        and any(_NOT & set(words[max(i - REFUSED_WITHIN, 0) : i]) for i in places[one])
    }
    return [one for one in named if one not in refused], frozenset(refused)


def is_asked(context: Context, text: str) -> bool:
    """Whether a message names a language, or language at all, and of this talk, not of a meeting or a handbook."""
    written = re.findall(r"\w+", text.casefold())
    words = set(written)
    keys = ("language.names", "language.countries", "language.word")
    named = any(
        words & set(context.texts.get_list(language, key)) for language in LANGUAGES for key in keys
    )
    # `Waar vind ik de Engelse?` asks for a text.
    of_a_thing = bool(_OF_A_THING.search(text.casefold()))
    there = bool(set(written[-1:]) & context.texts.words("language.there"))
    return (
        named
        and not of_a_thing
        and not there
        and not words & context.texts.words("language.elsewhere")
    )
