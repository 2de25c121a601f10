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

    def all_are(kind: Kind, key: str) -> dict[Phrase, Kind]:
        return dict.fromkeys(_phrases(texts, key), kind)

    thanks, polite = all_are("thanks", "exact.thanks"), all_are("politeness", "around.politeness")
    dictated, closing = all_are("dictated", "around.dictated"), all_are("closing", "around.closing")
    greeting, refusal = (
        all_are("greeting", "exact.greeting"),
        all_are("politeness", "around.refusal"),
    )
    exact = {key for key in texts.keys(LANGUAGES[0]) if key.startswith("exact.")}
    commands = exact - {"exact.greeting", "exact.thanks"}
    return Courtesy(
        first=greeting | thanks | polite | dictated | refusal,
        last=thanks | polite | dictated | closing,
        openings=_phrases(texts, "around.opening"),
        addressees=_phrases(texts, "around.addressee"),
        careful=_phrases(texts, "around.careful"),
        thanked_for=_phrases(texts, "around.thanked_for"),
        for_=_phrases(texts, "around.for"),
        joining=tuple(map(list, _phrases(texts, "around.joining"))),
        closings=_phrases(texts, "around.closing"),
        sent_from=_phrases(texts, "around.sent_from"),
        subjects=_phrases(texts, "around.subject"),
        commands=frozenset().union(*(_phrases(texts, key) for key in commands)),
    )


def _phrases(texts: Texts, key: str) -> frozenset[Phrase]:
    """The phrases of a list, in every language."""
    return frozenset(tuple(words_of(phrase)) for phrase in texts.words(key))


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]
