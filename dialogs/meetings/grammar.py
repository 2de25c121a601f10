"""The words in which members ask about meetings, as patterns; the words stand in the texts of each language."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dialogs.catalog import Texts
from faq.language import LANGUAGES, Language

TOPICS = (
    *("often", "count", "long", "time", "calendar", "link", "online", "onsite", "agenda"),
    *("where", "why", "moved", "off", "held", "when", "all", "sure"),
)
"""What can be asked, in the order of reading: what is named earlier takes its words from what is named later."""
ORDERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_OTHERS = (
    *("noun", "plural", "turn", "negation", "past", "coming", "afterwards", "day_rule"),
    *("after", "since", "before", "strong", "surely", "loose", "gate", "wishes", "tells", "claims"),
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of every language together, by what they show."""

    patterns: dict[str, re.Pattern[str]]
    fillers: frozenset[str]
    """Words that say nothing of what is asked."""
    by_language: dict[Language, re.Pattern[str]]
    """What shows in which language a question is."""

    def has(self, name: str, words: str) -> bool:
        """Whether what the pattern of this name reads stands in the words."""
        return self.patterns[name].search(words) is not None

    def without(self, name: str, words: str) -> str:
        """The words without what the pattern of this name reads."""
        return self.patterns[name].sub(" ", words)

    def language(self, words: str) -> Language | None:
        """The language of a question: of which most words stand in it; None where as many do of another."""
        counts = {one: len(pattern.findall(words)) for one, pattern in self.by_language.items()}
        first, second = sorted(LANGUAGES, key=lambda one: -counts[one])[:2]
        return first if counts[first] > counts[second] else None


@lru_cache(maxsize=4)
def grammar(texts: Texts) -> Grammar:
    """The grammar of these texts, put together once."""

    def alternatives(name: str, *languages: Language) -> re.Pattern[str]:
        words = "|".join(texts.get(one, f"meetings.words.{name}") for one in languages)
        # A word's border, which the signs for a meeting and for a period are none of.
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    fillers = {one: texts.get_list(one, "meetings.words.fillers") for one in LANGUAGES}
    names = (*TOPICS, *ORDERS, *_OTHERS)
    return Grammar(
        patterns={name: alternatives(name, *LANGUAGES) for name in names},
        fillers=frozenset(word for words in fillers.values() for word in words),
        by_language={
            one: re.compile(
                "|".join(
                    (
                        rf"\b(?:{'|'.join(map(re.escape, fillers[one]))})\b",
                        *(alternatives(name, one).pattern for name in (*TOPICS, "noun")),
                    )
                )
            )
            for one in LANGUAGES
        },
    )
