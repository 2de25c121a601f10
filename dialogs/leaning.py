"""Whether a message leans on the talk: it has few content words, or speaks of the subject by a pronoun."""

from collections.abc import Sequence

from dialogs.catalog import Texts
from faq.entries import normalized
from faq.search.follow_up import points_back

LEANS_MAX, NAMING_MIN = 3, 2
"""Words of a message that leans on the talk, with fewer content words than the latter: `welk niveau`."""

WEIGHT_MAX = 2
"""With more content words a message says enough by itself, though it has a pronoun: `als we die uitstoot …`."""


OWN_MAX = 30
"""Different words of a message that are looked up in the content; a question has some five."""


def content_words(texts: Texts, text: str) -> Sequence[str]:
    """The words of a message that say what it is about."""
    empty = texts.words("follow_up.empty_words")
    own = dict.fromkeys(word for word in normalized(text).split() if word not in empty)
    return list(own)[:OWN_MAX]


def subject_words(texts: Texts, text: str) -> Sequence[str]:
    """The content words; none where all that a message names is a version: `is dat 3.1 of 4.0?`."""
    rest = texts.pattern("follow_up.versions").sub(" ", text.casefold())
    return content_words(texts, text) if content_words(texts, rest) else ()


def keeps(texts: Texts, text: str) -> bool:
    """Whether a message speaks of the subject by a pronoun, or asks the same for something else: `en voor X`."""
    few = len(subject_words(texts, text)) <= WEIGHT_MAX
    return few and bool(texts.pattern("follow_up.keeps").search(text.casefold()))


def leans(texts: Texts, text: str) -> bool:
    """Whether a message says too little to leave the subject, unless it names another."""
    if texts.pattern("follow_up.defines").search(text.casefold()):
        return False
    weight = len(subject_words(texts, text))
    short = len(text.split()) <= LEANS_MAX and weight < NAMING_MIN
    return short or (points_back(text) and weight <= WEIGHT_MAX)
