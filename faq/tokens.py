"""A message as words: how the search sees a text before anything is counted."""

import re
import unicodedata

LETTERS = 600
"""Characters of a message that are looked at: its start and its end, where the question is."""
WORD_LETTERS = 40
"""Letters of one word that are looked at; no real word is longer."""

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
    return text if len(text) <= LETTERS else f"{text[: LETTERS // 2]} {text[-LETTERS // 2 :]}"


def words(text: str) -> list[str]:
    """Lower-case words without accents; CO₂ and `co 2` are `co2`, `4.0` is one word."""
    found = _WORD.findall(folded(shortened(text)))
    return [word[:WORD_LETTERS].replace(",", ".") for word in found]
