"""A message as words: how the search sees a text before anything is counted."""

import re
import unicodedata

MAX_CHARS = 600
"""Characters of a message that are read: its start and its end, where the question is."""
MAX_WORD_CHARS = 40
"""Characters of one word that are read; no real word is longer."""

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")
_CO2 = re.compile(r"\bco\s?(?:2|₂)\b")


def folded(text: str) -> str:
    """Lower case, without accents; CO₂ and `co 2` are `co2`."""
    plain = text.casefold()
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in spread if not unicodedata.combining(c))
    return _CO2.sub("co2", plain)


def shortened(text: str) -> str:
    """The start and the end of a long text; a short one as it is."""
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS // 2]} {text[-MAX_CHARS // 2 :]}"


def tokenize(text: str) -> list[str]:
    """Lower-case words without accents; CO₂ and `co 2` are `co2`, `4.0` is one word."""
    words = _WORD.findall(folded(shortened(text)))
    return [word[:MAX_WORD_CHARS].replace(",", ".") for word in words]
