"""Whether a message names what an entry is about: by words that few entries have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from dialogs.context import Context
from faq.entries import Entry, normalized
from faq.language import LANGUAGES
from faq.sentences import SAME_LETTERS, has_word

TITLES_MAX = 6
"""A word in more titles than this says which theme is meant, not which entry."""
ASKED_MAX = 20
"""A word that more entries are asked with is common."""
TOGETHER_MIN, ANYWHERE_MIN = 2, 3
"""So many words that stand together in a title name it, though each of them is common: `trede 2`;
of the latter number it is enough that all of them are in it."""


def names(context: Context, entry: Entry, own: Sequence[str]) -> bool:
    """Whether content words name an entry.

    A word that is seldom in titles, and in what is asked, is in its title, and half of them are in what
    is asked of it; or they stand together in its title.
    """
    if _together(normalized(titles(entry)).split(), own):
        return True
    if 2 * sum(_has(_asked(entry), word) for word in own) < len(own):
        return False
    return calls(context, entry, own)


def calls(context: Context, entry: Entry, words: Iterable[str]) -> bool:
    """Whether one of these words is in the title of an entry, and seldom in another's."""
    titled = (word for word in words if _has(_titled(entry), word))
    return any(
        _count(context, _titled, word) <= TITLES_MAX and _count(context, _asked, word) <= ASKED_MAX
        for word in titled
    )


def shares(context: Context, entry: Entry, own: Iterable[str]) -> bool:
    """Whether an entry is asked with one of these words, and few others are."""
    have = (word for word in own if _has(_asked(entry), word))
    return any(_count(context, _asked, word) <= ASKED_MAX for word in have)


def has_all(entry: Entry, own: Sequence[str]) -> bool:
    """Whether an entry is asked with all of these words, of which there is at least one."""
    return bool(own) and all(_has(_asked(entry), word) for word in own)


def has_any(entry: Entry, own: Iterable[str]) -> bool:
    """Whether an entry is asked with one of these words, however common."""
    return any(_has(_asked(entry), word) for word in own)


def in_title(entry: Entry, own: Iterable[str]) -> bool:
    """Whether one of these words is in the title of an entry."""
    return any(_has(_titled(entry), word) for word in own)


_Words = Mapping[str, Sequence[str]]
"""Words by their first letters, which two words that differ in their endings only share."""


def _has(words: _Words, word: str) -> bool:
    return has_word(words.get(word[:SAME_LETTERS], ()), word)


def _count(context: Context, words_of: Callable[[Entry], _Words], word: str) -> int:
    """How many entries have a word."""
    return sum(_has(words_of(entry), word) for entry in context.knowledge.entries.values())


def titles(entry: Entry) -> str:
    """The titles of an entry, in every language."""
    return " ".join(entry.title(language) for language in LANGUAGES)


def _titled(entry: Entry) -> _Words:
    """The words of its titles."""
    return _words(tuple(entry.title(language) for language in LANGUAGES))


def _asked(entry: Entry) -> _Words:
    """The words that an entry is asked with."""
    return _words(tuple(entry.questions.values()))


@lru_cache(maxsize=4096)
def _words(texts: tuple[str | tuple[str, ...], ...]) -> _Words:
    """The words of texts, or of groups of texts; kept, for every message looks through all entries."""
    groups = ((text,) if isinstance(text, str) else text for text in texts)
    by_letters: dict[str, list[str]] = {}
    for word in {word for group in groups for text in group for word in normalized(text).split()}:
        by_letters.setdefault(word[:SAME_LETTERS], []).append(word)
    return by_letters


def _together(title: Sequence[str], own: Sequence[str]) -> bool:
    count = len(own)
    if count >= ANYWHERE_MIN and all(has_word(title, word) for word in own):
        return True
    rows = (title[start : start + count] for start in range(len(title) - count + 1))
    return count >= TOGETHER_MIN and any(row == list(own) for row in rows)
