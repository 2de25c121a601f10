"""Words of courtesy: what people put before and after what they mean, in every language.

The words themselves stand in `dialogs/texts/`, under `exact.greeting`, `exact.thanks` and `around`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dialogs.catalog import Texts
from faq.language import LANGUAGES

Kind = Literal[
    "quote",
    "mention",
    "link",
    "subject",
    "greeting",
    "thanks",
    "politeness",
    "closing",
    "signature",
    "dictated",
]
"""What a piece is that was stripped; `dictated` is punctuation said aloud."""
Phrase = tuple[str, ...]
"""Words in lower case."""

WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """The words of courtesy, as phrases."""

    first: Mapping[Phrase, Kind]
    """May stand before what is said."""
    last: Mapping[Phrase, Kind]
    """May stand after it."""
    openings: frozenset[Phrase]
    """Greet only with a name behind them: `Beste Sanne,`."""
    addressees: frozenset[Phrase]
    careful: frozenset[Phrase]
    """Count only where a pause sets them apart: they are common words, too."""
    thanked_for: frozenset[Phrase]
    for_: frozenset[Phrase]
    """Begins what somebody is thanked for."""
    joining: tuple[list[str], ...]
    """Words that only join: of courtesy on both sides they are part."""
    closings: frozenset[Phrase]
    sent_from: frozenset[Phrase]
    """What a device puts under a message; all that follows is the device's, too."""
    subjects: frozenset[Phrase]
    """What a mail program puts before a subject."""
    commands: frozenset[Phrase]
    """What is understood literally: never part of somebody's name."""


@lru_cache(maxsize=4)
def courtesy(texts: Texts) -> Courtesy:
    """The words of courtesy of these texts."""

    def phrases(key: str) -> frozenset[Phrase]:
        lists = (texts.get_list(language, key) for language in LANGUAGES)
        return frozenset(tuple(words_of(phrase)) for phrases in lists for phrase in phrases)

    def all_are(kind: Kind, key: str) -> dict[Phrase, Kind]:
        return dict.fromkeys(phrases(key), kind)

    thanks, polite = all_are("thanks", "exact.thanks"), all_are("politeness", "around.politeness")
    dictated, closing = all_are("dictated", "around.dictated"), all_are("closing", "around.closing")
    keys = {key for language in LANGUAGES for key in texts.keys(language)}
    exact = {key for key in keys if key.startswith("exact.")} - {"exact.greeting", "exact.thanks"}
    return Courtesy(
        first=all_are("greeting", "exact.greeting")
        | thanks
        | polite
        | dictated
        | all_are("politeness", "around.refusal"),
        last=thanks | polite | dictated | closing,
        openings=phrases("around.opening"),
        addressees=phrases("around.addressee"),
        careful=phrases("around.careful"),
        thanked_for=phrases("around.thanked_for"),
        for_=phrases("around.for"),
        joining=tuple(map(list, phrases("around.joining"))),
        closings=phrases("around.closing"),
        sent_from=phrases("around.sent_from"),
        subjects=phrases("around.subject"),
        commands=frozenset().union(*map(phrases, exact)),
    )


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]
