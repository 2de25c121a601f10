"""What stands around a wish and is none: the words of somebody else, and the reason for it."""

import re
from collections.abc import Iterator
from datetime import date

from dialogs.understanding.reported import without_reported
from dialogs.wishes.items import read_items
from dialogs.wishes.vocabulary import Kind, Vocabulary

QUOTED_WORDS_MIN = 3
"""Words between quotation marks that are a sentence of somebody's; fewer are a name or an emphasis."""
_QUOTATION = re.compile(r"[\"“„«]([^\"”“»]{1,400})[\"”“»]")
_REASON = re.compile(
    r"(?:[,.;?!]\s*(?:en\s+)?\b(?:dan|want|omdat|aangezien|anders|because|cause|since|as|then|otherwise|so)\b"
    r"|\b(?:want|omdat|aangezien|zodat|anders|because|ivm|i\.v\.m\.?|vanwege|wegens|due to|so that)\s"
    r"|[,.;]\s*(?:dat|that) (?:is|s) )",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"(?:(?:o|oh|nee|no|hmm|maar|but)[,]?\s+)*(?:dat|die|that|it)(?: is|'s) (?:te|too) \w+[^,.;]*[,.;]\s*",
    re.IGNORECASE,
)
"""What was wrong with what there is: `dat is te laat voor de stukken, …`."""
_WISHES = frozenset(
    (Kind.REMINDER, Kind.REMIND, Kind.LENGTH, Kind.MOMENT, Kind.CLOCK, Kind.BEFORE)
) | {
    *(
        Kind.DAY,
        Kind.NOT,
        Kind.OFF,
        Kind.GONE,
        Kind.ONLY,
        Kind.YES,
        Kind.PAUSE,
    ),
    *(Kind.AWAY, Kind.UNTIL, Kind.THROUGH, Kind.AGAIN, Kind.BUT, Kind.TEAM),
}
"""What a mere reason holds none of."""


def without_quotations(text: str) -> str:
    """A text without what others said, or stands between quotation marks: it is not what the member wishes."""
    text = without_reported(text)
    return _QUOTATION.sub(
        lambda m: m[0] if len(m[1].split()) < QUOTED_WORDS_MIN else " ", text
    ).strip()


def without_reason(vocabulary: Vocabulary, text: str, today: date) -> Iterator[str]:
    """The text before each place where a reason may begin, the longest first, where behind it nothing is wished.

    Args:
        vocabulary: what words do.
        text: what was said.
        today: the day on the calendar of the meetings.
    """
    if first := _WRONG.match(text):
        yield text[first.end() :]
    yield from _without_aside(vocabulary, text, today)
    for match in reversed(list(_REASON.finditer(text))):
        reason, head = text[match.end() :], text[: match.start()].strip()
        kinds = {item.kind for item in read_items(vocabulary, reason, today)}
        if head and not kinds & _WISHES:
            yield head


_CLAUSE = re.compile(r"[^,.;!?]+[,.;!?]*")
_TELLS = frozenset(
    (
        "zei",
        "zeg",
        "zegt",
        "zeiden",
        "schreef",
        "schrijf",
        "vroeg",
        "vraag",
        "stond",
        "staat",
        "las",
        "lees",
    )
) | {
    *(
        "dacht",
        "denk",
        "bedoel",
        "bedoelde",
        "twijfel",
        "hoop",
        "said",
        "say",
        "says",
        "wrote",
        "write",
        "asked",
    ),
    *("ask", "read", "thought", "think", "meant", "mean", "doubt", "hope", "wish"),
}
"""Of a clause with one of these the rest of the message may be what is told, not what is wished."""


def _without_aside(vocabulary: Vocabulary, text: str, today: date) -> Iterator[str]:
    """The text without its first, or its last, clause, where the member only tells of herself in it: `ik kijk wel`."""
    clauses = _CLAUSE.findall(text)
    if len(clauses) < 2:
        return
    for aside, rest in ((clauses[-1], clauses[:-1]), (clauses[0], clauses[1:])):
        items = read_items(vocabulary, aside, today)
        kinds = {item.kind for item in items}
        tells = any(_TELLS & set(item.words) for item in items)
        own = any(item.kind is Kind.SELF for item in items[:2])
        barred = (_WISHES - {Kind.YES}) | {Kind.OTHER, Kind.TOLD, Kind.ASKS, Kind.QUESTION}
        if own and not tells and not kinds & barred:
            yield "".join(rest).strip()
