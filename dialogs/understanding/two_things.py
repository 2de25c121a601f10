"""Two things in one message: a wish, and a question: `meld me eerst maar aan, dan wil ik weten wat het kost`."""

import re
from collections.abc import Iterator, Sequence

from dialogs.catalog import Texts

_BORDER = re.compile(
    r"[.!;,?]\s*(?:(?:en|maar|oh|o|and|but)\b,?\s*)*|\s(?:en|maar|and|but)\s+", re.IGNORECASE
)
WHETHER_MIN = 4
"""Words of a question for yes or no; a shorter one, `is dat goed`, is about the wish."""
BORDERS_MAX = 4
"""Places where a message is parted; one with more is a story."""


def wish_and_question(texts: Texts, text: str) -> Iterator[tuple[str, str]]:
    """(what may be a wish, the question) for each way to part a message in two, with the question last or first.

    Args:
        texts: the words that lead in a question, and those that say that a wish comes first.
        text: what the member wrote.
    """
    borders = list(_BORDER.finditer(text))
    if len(borders) > BORDERS_MAX:
        return
    for border in borders:
        before, behind = text[: border.start()].strip(), text[border.end() :].strip()
        if not before or not behind:
            continue
        question = _question(texts, behind)
        if question:
            yield _alone(texts, before), question
        elif question := _question(texts, before):
            yield _alone(texts, behind), question


def _question(texts: Texts, part: str) -> str:
    """The question that a part of a message is; empty where it asks nothing that stands by itself."""
    words, leads_in = part.split(), texts.words("two_things.leads_in")
    while size := next((n for n in (3, 2, 1) if _phrase(words[:n]) in leads_in), 0):
        words = words[size:]
    question = " ".join(words)
    asks = texts.pattern("two_things.asks").match(question.casefold())
    if not asks and len(words) >= WHETHER_MIN:
        asks = texts.pattern("two_things.asks_whether").match(question.casefold())
    return question if asks and len(words) > 1 else ""


def _phrase(words: Sequence[str]) -> str:
    return " ".join(word.casefold().strip(",:") for word in words)


def _alone(texts: Texts, wish: str) -> str:
    """A wish without what says that it comes first; what it is then is for others to read."""
    first = texts.words("two_things.first")
    left = [word for word in wish.split() if word.casefold().strip(",") not in first]
    return " ".join(left) or wish
