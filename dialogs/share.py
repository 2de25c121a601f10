"""Answers to share: what a member finds from the compose box, and the card that others get to see."""

from dataclasses import replace
from datetime import date, datetime

from dialogs.card import Card
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.facts import with_facts
from faq.entries import Entry, normalized
from faq.language import Language
from faq.tokens import parted

SHARED_MAX = 10
SENTENCE = 4
"""Words from which a query shows its language; `certificaat` and `certificate` may be typed by anybody."""
LIKELY = 0.1
"""Matches below this probability are guesses; a list of guesses is worse than "nothing found"."""


def find(
    context: Context, query: str, language: Language, now: datetime, page: int = 0
) -> tuple[Card, ...]:
    """The answers that fit a query, best first; without one, the first of each theme.

    Works while somebody types: what the search is sure of comes first, then every entry of which
    a question has words that begin with what was typed.

    Args:
        context: what a dialog may read.
        query: what was typed so far.
        language: of the client; a question of `SENTENCE` words says its own.
        now: when it was typed, UTC.
        page: 0 is the first `SHARED_MAX`.
    """
    today = context.day(now)
    context, typed = context.on(today), normalized(query)
    if not typed:
        entries = [entries[0] for entries in context.knowledge.themes().values()]
    else:
        entries, language = _matching(context, query, list(dict.fromkeys(typed.split())), language)
    some = entries[page * SHARED_MAX : (page + 1) * SHARED_MAX]
    cards = (_card(context, entry, language, today) for entry in some)
    return tuple(with_facts(context, card, now) for card in cards)


def _matching(
    context: Context, query: str, typed: list[str], language: Language
) -> tuple[list[Entry], Language]:
    """The entries that fit, best first, and the language that the query turned out to be in."""
    entries = context.knowledge.entries
    likely: list[str] = []
    if context.search is not None:
        result = context.search.search(parted(query))
        if result.zone != "unknown":
            likely = [match.id for match in result.matches if match.score >= LIKELY]
            language = result.language if len(typed) >= SENTENCE else language
    begun = [entry.id for entry in entries.values() if _begins(entry, typed)]
    ids = dict.fromkeys([*likely, *begun])
    return [entries[id_] for id_ in ids if id_ in entries], language


def nothing(context: Context, language: Language) -> str:
    """The text for when nothing fits."""
    return context.texts.get(language, "share.nothing")


def broken(context: Context, language: Language) -> str:
    """The text for when it cannot be looked up now."""
    return context.texts.get(language, "broken.title")


def _begins(entry: Entry, typed: list[str]) -> bool:
    return any(
        all(any(word.startswith(begin) for word in normalized(question).split()) for begin in typed)
        for question, _ in entry.phrasings
    )


def _card(context: Context, entry: Entry, language: Language, today: date) -> Card:
    """The answer without buttons: where it is shared, the bot may not be there to answer them."""
    card = entry_card(context, entry, language, today=today)
    note = f"{card.note} {context.texts.get(language, 'share.note')}"
    return replace(card, note=note, choices=())
