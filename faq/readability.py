"""Plain Dutch: long sentences and officialese in the answers: warnings for who writes them.

B1 asks for short sentences of everyday words (https://www.communicatierijk.nl/vakkennis/begrijpelijke-taal).
"""

import re
from collections.abc import Iterator, Mapping

from faq.entries import Knowledge
from faq.errors import Problem

WORDS_MAX = 20
"""Words of one sentence; more is a warning."""
OFFICIALESE: Mapping[str, str] = {
    "middels": "met",
    "teneinde": "om",
    "derhalve": "dus",
    "dient te": "moet",
    "dienen te": "moeten",
    "conform": "volgens",
    "inzake": "over",
    "alsmede": "en",
    "reeds": "al",
    "betreffende": "over",
    "ten behoeve van": "voor",
    "omtrent": "over",
    "ingevolge": "volgens",
    "tevens": "ook",
    "indien": "als",
    "alvorens": "voordat",
    "voornoemde": "deze",
    "geschieden": "gebeuren",
    "aangaande": "over",
    "thans": "nu",
    "echter": "maar",
    "mits": "als",
    "tenzij": "behalve als",
}
_OFFICIALESE = re.compile(rf"\b({'|'.join(OFFICIALESE)})\b", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^)]+\)")
_END = re.compile(r"(?<=[.!?:])\s+|\n")


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text, without its marks; a line of a list is one of its own."""
    unmarked = _LINK.sub(r"\1", text).replace("**", "").replace("*", "")
    parts = (part.strip().lstrip("-").strip() for part in _END.split(unmarked))
    return [part for part in parts if part]


def remarks(text: str) -> Iterator[tuple[str, str]]:
    """What makes a Dutch text hard to read: (what is wrong, how to mend it), in Dutch."""
    for sentence in sentences(text):
        words = len(sentence.split())
        if words > WORDS_MAX:
            yield (
                f"deze zin heeft {words} woorden: '{sentence[:60]} …'.",
                f"maak er twee van; {WORDS_MAX} woorden is het meeste.",
            )
    officialese = _OFFICIALESE.findall(_LINK.sub(r"\1", text))
    for word in sorted({word.casefold() for word in officialese}):
        yield f"{word!r} is ambtelijke taal.", f"schrijf liever: {OFFICIALESE[word]}."


def problems(knowledge: Knowledge) -> Iterator[Problem]:
    """A warning for everything that makes a Dutch answer hard to read."""
    for entry in knowledge.entries.values():
        for what, mend in remarks(entry.answer.nl):
            yield entry.problem("answer.nl", what, mend, warning=True)
        for number, later in enumerate(entry.later, start=1):
            for what, mend in remarks(later.answer.nl):
                yield entry.problem(f"later[{number}].answer.nl", what, mend, warning=True)
