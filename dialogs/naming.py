"""Whether a message names what an entry is about: by words that few entries have."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dialogs.context import Context
from faq.entries import Entry, normalized
from faq.language import LANGUAGES
from faq.sentences import has_word

TITLES_MAX = 6
"""A word in more titles than this says which theme is meant, not which entry."""
ASKED_MAX = 20
"""A word that more entries are asked with is common."""
TOGETHER_MIN, ANYWHERE_MIN = 2, 3
"""So many words that stand together in a title name it, though each of them is common: `trede 2`;
of the latter number it is enough that all of them are in it."""


def names(context: Context, entry: Entry, own: Sequence[str]) -> bool:
    """Whether words of weight name an entry.

    A word that is seldom in titles is in its title, and half of them are in what is asked of it; or they
    stand together in its title.
    """
    title = _titled(entry)
    if _together(title, own):
        return True
    if 2 * sum(has_word(_asked(entry.phrasings), word) for word in own) < len(own):
        return False
    entries = context.knowledge.entries.values()
    seldom = (w for w in own if has_word(title, w))
    return any(sum(has_word(_titled(one), w) for one in entries) <= TITLES_MAX for w in seldom)


def shares(context: Context, entry: Entry, own: Iterable[str]) -> bool:
    """Whether an entry is asked with one of these words, and few others are."""
    entries = context.knowledge.entries.values()
    have = (word for word in own if has_word(_asked(entry.phrasings), word))
    return any(sum(has_word(_asked(e.phrasings), w) for e in entries) <= ASKED_MAX for w in have)


def has_all(entry: Entry, own: Sequence[str]) -> bool:
    """Whether an entry is asked with all of these words, of which there is at least one."""
    return bool(own) and all(has_word(_asked(entry.phrasings), word) for word in own)


def in_title(entry: Entry, own: Iterable[str]) -> bool:
    """Whether one of these words is in the title of an entry."""
    return any(has_word(_titled(entry), word) for word in own)


def _titled(entry: Entry) -> Sequence[str]:
    return " ".join(normalized(entry.title(language)) for language in LANGUAGES).split()


@lru_cache(maxsize=2048)
def _asked(phrasings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The words that an entry is asked with."""
    return frozenset(normalized(" ".join(text for text, _ in phrasings)).split())


def _together(title: Sequence[str], own: Sequence[str]) -> bool:
    count = len(own)
    if count >= ANYWHERE_MIN and all(has_word(title, word) for word in own):
        return True
    rows = (title[start : start + count] for start in range(len(title) - count + 1))
    return count >= TOGETHER_MIN and any(row == list(own) for row in rows)
