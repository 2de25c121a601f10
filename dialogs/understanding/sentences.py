"""Which part of a message holds its question: what stands before it introduces the speaker, or answers something."""

import re

_LAST = re.compile(
    r"(?:[.!;]\s+(?:(?:en|maar|and|but)\s+)?|,\s+(?:(?:maar|en|dus|but|and|so)\s+)?)(?=\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:wat|wie|waar|waarom|wanneer|welke?|hoe\w*|kun|kan|mag|moet|is|zijn|gaat|gaan|telt|weet|vertel"
    r"|what|who|where|why|when|which|how|can|could|may|must|does?|are|tell)\b",
    re.IGNORECASE,
)
_OF_SELF = re.compile(r"\b(?:ik|we|wij|mijn|ons|onze|i|i['’]m|we['’]re|my|our)\b", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:(?:ik ben|ik heet|mijn naam is)|(?:i am|i['’]m|my name is))\s+(?-i:[A-Z])[\w-]+",
    re.IGNORECASE,
)
WORDS_MIN = 3
"""Words of a question that can be read without what stands before it."""


def last_part(text: str) -> str | None:
    """What stands behind the last border within a message; None where it is too short to stand by itself."""
    borders = list(_LAST.finditer(text))
    border = borders[-1] if borders else None
    if border is None or "?" in text[: border.start()]:
        return None
    part = re.sub(r"^(?:just|graag|zeg)\s+", "", text[border.end() :], flags=re.IGNORECASE)
    return part if len(part.split()) >= WORDS_MIN else None


def introduced_question(text: str) -> str | None:
    """The question behind what somebody tells of herself: `wij zijn hier nieuw, wat zijn de scopes`."""
    part = last_part(text)
    if part is None or not _ASKS.match(part):
        return None
    before = text[: text.rindex(part)]
    return part if _OF_SELF.search(before) else None


def introduces_somebody(text: str) -> bool:
    """Whether somebody only says who she is: `ik ben Marleen, beleidsadviseur`."""
    asks = "?" in text or any(_ASKS.match(part.strip()) for part in re.split(r"[.,;!]", text)[1:])
    return _INTRODUCES.match(text) is not None and not asks
