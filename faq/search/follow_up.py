"""Parts of a message: the separate questions in it, and whether it follows up on the one before."""

import re

_ASKING = (
    "wat|hoe|hoelang|wie|wanneer|waar|waarom|waarvoor|welke?|hoeveel|moet|moeten|mag|kan|kunnen|"
    "what|how|who|when|where|why|which|must|may|can|do|does|is|are|geldt|zijn|hebben"
)
_BORDER = re.compile(rf"(?<=[.?!])\s+|\n+|,?\s+\b(?:en|and)\s+(?=(?:{_ASKING})\b)", re.IGNORECASE)
_QUESTION = re.compile(rf"\?\s*$|^\W*(?:en|and|ook|also)?\s*(?:{_ASKING})\b", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(rf"^\W*(?:en|and|maar|but|ook|also)?\s*(?:{_ASKING})\b", re.IGNORECASE)
_CONNECTING = re.compile(
    r"^\W*(?:en|and|maar|but|ook|also|what about|how about|hoe zit)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:dat|die|dit|daar|daarvoor|daarvan|hiervoor|ervoor|ervan|it|that|this|those|them)\b",
    re.IGNORECASE,
)
MAX_QUESTIONS = 4
"""Who asks more at once gets an answer to the whole."""
MIN_WORDS = 3
"""Words of a question that can stand by itself."""
FOLLOW_UP_MAX_WORDS = 8
"""A longer message says enough by itself."""


def split_questions(text: str) -> list[str]:
    """The questions in a message, where there are two to four; else none."""
    parts = [part.strip() for part in _BORDER.split(text)]
    asked = [p for p in parts if len(p.split()) >= MIN_WORDS and _QUESTION.search(p)]
    return asked if 2 <= len(asked) <= MAX_QUESTIONS else []


def is_follow_up(text: str) -> bool:
    """Whether a message says too little by itself: `en voor gemeenten?`, `wat kost dat?`."""
    short = len(text.split()) <= FOLLOW_UP_MAX_WORDS
    return short and bool(_CONNECTING.search(text) or _POINTING.search(text))


def changes_subject(text: str) -> bool:
    """Whether a follow-up asks something else (`en wat kost dat?`), not the same of something else."""
    return bool(_OTHER_SUBJECT.search(text))
