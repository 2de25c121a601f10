"""Names in a question: a version, standard, party or scheme that the best entry says nothing of."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from faq.examples import OUT_OF_SCOPE
from faq.tokens import folded

MIN_CAPITALS = 0.7
"""A word is a name where at least this part of its occurrences has a capital that no sentence gives it."""
MAX_ENTRIES = 3
"""A name that more entries know tells who asks rather than what is asked: `BZK`, `Rijkswaterstaat`."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+")
_VERSION = re.compile(r"(?<!\d)\d+(?:[.,]\d+)+")
_SENTENCE_END = frozenset('.?!:;"“(•*[\n')


class Names:
    """Which entries know a name; what none knows is a name where it is written as one."""

    def __init__(self, entries: Mapping[str, frozenset[str]], words: Iterable[str]) -> None:
        """Use `fit`.

        Args:
            entries: for each name, the ids of the entries whose texts have it.
            words: all other words, which are no names however they are written.
        """
        self.entries, self.words = entries, frozenset(words)

    @classmethod
    def fit(cls, texts: Iterable[tuple[str, str]]) -> "Names":
        """Learn from texts, each with where it leads: an entry, an `@command` or `-`."""
        written: dict[str, Counter[bool]] = defaultdict(Counter)
        holders: dict[str, set[str]] = defaultdict(set)
        # The same words come again and again: kept for this call only, a fifth of all learning less.
        key, written_as_name = cache(_key), cache(_is_written_as_name)
        for text, label in texts:
            for word, begins in _tokens(text):
                name, as_name = key(word), written_as_name(word)
                holders[name].add(label)
                if as_name or not (begins and word[0].isupper()):
                    written[name][as_name or word[0].isupper()] += 1
        entries = {
            name: frozenset(label for label in labels if label[0] not in (OUT_OF_SCOPE, "@"))
            for name, labels in holders.items()
            if written[name][True] >= MIN_CAPITALS * max(written[name].total(), 1)
        }
        rare = {
            name: ids
            for name, ids in entries.items()
            if len(ids) <= MAX_ENTRIES or _is_number(name)
        }
        return cls(rare, holders.keys() - rare.keys())

    def unknown_to(self, entry: str, question: str) -> list[str]:
        """The names in a question of which this entry says nothing."""
        shouted = question.isupper()
        return [
            name
            for word, _ in _tokens(question)
            for name in [_key(word)]
            if name not in self.words
            and entry not in self.entries.get(name, ())
            and (name in self.entries or (_is_written_as_name(word) and not shouted))
        ]


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Each word as it is written, and whether a sentence begins with it."""
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        yield match[0], end == 0 or not _SENTENCE_END.isdisjoint(between)
        end = match.end()


def _key(word: str) -> str:
    return folded(word).replace(",", ".")


def _is_number(word: str) -> bool:
    """A version, `3.0`, or a standard, `14001`; no year and no amount of a few."""
    if _VERSION.fullmatch(word):
        return True
    return word.isdecimal() and len(word) >= 4 and not 1900 <= int(word) <= 2100


def _is_written_as_name(word: str) -> bool:
    """`DNV`, `EcoVadis`, `R410A`, `3.0`, `14001`: nobody writes another word so."""
    if word.isdecimal() or _VERSION.fullmatch(word):
        return _is_number(word)
    letters = sum(map(str.isalpha, word))
    return letters > 0 and len(word) > 1 and (word.isupper() or any(map(str.isupper, word[1:])))
