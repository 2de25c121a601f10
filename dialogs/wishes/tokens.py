"""A message as the words of the grammar: folded, figures apart from letters, dates and marks as they are."""

import re

from faq.tokens import folded

WORDS_MAX = 120
"""Words of a message that are read; a wish is shorter."""

_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(r"(\d?)\s?([½¼¾])")
_SHORT = (
    (re.compile(r"\bt\s?/\s?m\b"), "tm"),
    (re.compile(r"\bi\.\s?p\.\s?v\.?"), "ipv"),
    (re.compile(r"\ba\.\s?u\.\s?b\.?"), "aub"),
    (re.compile(r"[’`´]"), "'"),
    (re.compile(r"\b(do|does|did|is|are|was|were|wo|would|could|should|need|ca)n't\b"), r"\1 not"),
    (re.compile(r"\bdont\b"), "do not"),
    (re.compile(r"'(m|ve|ll|d|re)\b"), r" \1"),
)
_WORD = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?!\d)"  # 2027-1-5
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)"  # 5-1-2027
    r"|\d{1,2}:\d{2}(?!\d)"  # 9:30
    r"|\d{1,4}[.,]\d{1,2}(?!\d)"  # 1,5
    r"|\d{1,2}[-/]\d{1,2}(?!\d)"  # 5-1
    r"|\d{1,6}"
    r"|[^\W\d_]+"
    r"|[,;.!?+&()–—-]|\n"
)


def words(text: str) -> tuple[str, ...]:
    """The words of a message, in order; marks are words of their own."""
    plain = _FRACTION.sub(lambda m: f" {m[1] or 0},{_FRACTIONS[m[2]]} ", text)
    plain = folded(plain)
    for pattern, short in _SHORT:
        plain = pattern.sub(short, plain)
    return tuple(
        match[0] for _, match in zip(range(WORDS_MAX), _WORD.finditer(plain), strict=False)
    )
