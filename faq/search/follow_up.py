"""Parts of a message: the separate questions in it, and whether it leans on the one before."""

import re

_ASKING = (
    "wat|hoe|hoelang|wie|wanneer|waar|waarom|waarvoor|welke?|hoeveel|moet|moeten|mag|kan|kunnen|"
    "what|how|who|when|where|why|which|must|may|can|do|does|is|are|geldt|zijn|hebben"
)
_BORDER = re.compile(rf"(?<=[.?!])\s+|\n+|,?\s+\b(?:en|and)\s+(?=(?:{_ASKING})\b)", re.IGNORECASE)
_QUESTION = re.compile(rf"\?\s*$|^\W*(?:en|and|ook|also)?\s*(?:{_ASKING})\b", re.IGNORECASE)
QUESTIONS_MAX = 4
"""Who asks more at once gets an answer to the whole."""
SHORTEST = 3
"""Words of a question that can stand by itself."""

_JOINED = re.compile(
    r"^\W*(?:en|and|maar|but|ook|also|what about|how about|hoe zit)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:dat|die|dit|daar|daarvoor|daarvan|hiervoor|ervoor|ervan|it|that|this|those|them)\b",
    re.IGNORECASE,
)
ELLIPTIC_MAX = 8
"""Words of a message that may lean on the one before it."""


def questions(text: str) -> list[str]:
    """The questions in a message, where there are two to four; else none."""
    found = [part.strip() for part in _BORDER.split(text)]
    asked = [p for p in found if len(p.split()) >= SHORTEST and _QUESTION.search(p)]
    return asked if 2 <= len(asked) <= QUESTIONS_MAX else []


def leans(text: str) -> bool:
    """Whether a message says too little by itself: `en voor gemeenten?`, `wat kost dat?`."""
    short = len(text.split()) <= ELLIPTIC_MAX
    return short and bool(_JOINED.search(text) or _POINTING.search(text))


def asks_anew(text: str) -> bool:
    """Whether a message that leans asks something else (`en wat kost dat?`), not of something else."""
    return bool(
        re.search(rf"^\W*(?:en|and|maar|but|ook|also)?\s*(?:{_ASKING})\b", text, re.IGNORECASE)
    )
