"""The words around a day in either language: next, this, end, week; and how a place in a message is read."""

import re
from collections.abc import Sequence

NEXT = frozenset(("volgende", "volgend", "komende", "komend", "aankomende", "next", "coming"))
COMING = frozenset(
    ("aanstaande", "komende", "aankomende", "eerstvolgende", "coming", "this", "deze")
)
THIS = frozenset(("deze", "dit", "this"))
WEEK = frozenset(("week", "wk", "weeknr", "weeknummer"))
MONTH = frozenset(("maand", "month"))
YEARS = frozenset(("jaar", "year"))
WEEKENDS = frozenset(("weekend", "weekeinde"))
YEAR = re.compile(r"20\d\d\Z")


def word_at(words: Sequence[str], at: int) -> str:
    """The word at a place; empty outside the message."""
    return words[at] if 0 <= at < len(words) else ""
