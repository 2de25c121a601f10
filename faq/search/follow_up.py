"""Parts of a message: the separate questions in it, and whether it follows up on the one before."""

import re

_ASKING = (
    "wat|hoe|hoelang|wie|wanneer|waar|waarom|waarvoor|welke?|hoeveel|moet|moeten|mag|kan|kunnen|"
    "what|how|who|when|where|why|which|must|may|can|do|does|is|are|geldt|zijn|hebben"
)
# No two repetitions of one pattern may take the same spaces: of a thousand that would be a million ways.
_BORDER = re.compile(
    rf"(?<=[.?!])\s+|\n+|(?:,|(?<![\s,]))\s+\b(?:en|and)\s+(?=(?:{_ASKING})\b)", re.IGNORECASE
)
_QUESTION = re.compile(rf"\?\s*$|^\W*(?:(?:en|and|ook|also)\s*)?(?:{_ASKING})\b", re.IGNORECASE)
_CONNECTING = re.compile(
    r"^\W*(?:(?:ah?|oh?|ok[eé]?|hm+|ja)\W+)?"
    r"(?:en|and|maar|but|ook|also|dus|so|what about|how about|hoe zit)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:dat|die|dit|deze|daar|daarvoor|daarvan|daarin|daarbij|daarmee|hiervoor|hiervan|hierbij|"
    r"ervoor|ervan|erin|erbij|eruit|ermee|erop|hem|ze|hij|dan|zoiets|ook|"
    r"(?:moet|moeten|mag|kan|kun|wil|heb|hebben|weet)\s+(?:je|ik|we|wij|u|jij)\s+er|"
    r"it|its|that|this|those|these|them|they|then|there)\b",
    re.IGNORECASE,
)
MAX_QUESTIONS = 4
"""Who asks more at once gets an answer to the whole."""
MIN_WORDS = 3
"""Words of a question that can stand by itself."""
FOLLOW_UP_MAX_WORDS = 9
"""A longer message says enough by itself."""


def split_questions(text: str) -> list[str]:
    """The questions in a message, where there are two to four; else none."""
    parts = [part.strip() for part in _BORDER.split(text)]
    asked = [p for p in parts if len(p.split()) >= MIN_WORDS and _QUESTION.search(p)]
    return asked if 2 <= len(asked) <= MAX_QUESTIONS else []


def points_back(text: str) -> bool:
    """Whether a message says too little by itself: `en voor gemeenten?`, `wat kost dat?`."""
    short = len(text.split()) <= FOLLOW_UP_MAX_WORDS
    return short and bool(_CONNECTING.search(text) or _POINTING.search(text))
