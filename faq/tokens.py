"""A message as words: how the search sees a text before anything is counted."""

import re
import unicodedata

MAX_CHARS = 600
"""Characters of a message that are read: its start and its end, where the question is."""
MAX_WORD_CHARS = 40
"""Characters of one word that are read; no real word is longer."""

SPREAD_MAX = 4
"""Characters that one may become when it is normalised; a few become up to eighteen, and stand in no word of ours."""
SPREAD_ALL_MAX = 64
"""Characters that a whole text may grow by when it is folded."""

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")
_CO2 = re.compile(r"\bco\s?(?:2|₂)\b")

_GLUED = re.compile(
    # `trede5`, `versie4.0`; what is shorter may be a code, such as `hvo100`, but for a few.
    r"(?<=[^\W\d_]{4})(?=\d)|(?<=\biso)(?=\d)|(?<=\bnen)(?=\d)|(?<=\bv)(?=\d)"
    # `3weken`, `co2footprint`, but not `1ste`, nor the name of a site.
    r"|(?<=\d)(?=[^\W\d_]{3})(?!(?:ste|nde|rde)\b|[^\W_]{1,40}\.\w)"
    # `1en2`
    r"|(?<=\d)(?=(?:en|of|or|tm)\d)|(?<=\den)(?=\d)|(?<=\dof)(?=\d)|(?<=\dor)(?=\d)|(?<=\dtm)(?=\d)",
    re.IGNORECASE,
)


def parted(text: str) -> str:
    """The text with a space between a word and the figure that it was glued to."""
    return _GLUED.sub(" ", text)


def narrowed(text: str) -> str:
    """The text without the characters that would become many, here or in who reads it after us."""
    if text.isascii():
        return text
    wide = [c for c in set(text) if len(unicodedata.normalize("NFKD", c)) > SPREAD_MAX]
    return text.translate(dict.fromkeys(map(ord, wide), " ")) if wide else text


def folded(text: str) -> str:
    """Lower case, without accents; CO₂ and `co 2` are `co2`. Hardly longer than the text, whatever is in it."""
    plain = narrowed(text).casefold()
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in spread if not unicodedata.combining(c))
    return _CO2.sub("co2", plain[: len(text) + SPREAD_ALL_MAX])


def shortened(text: str) -> str:
    """The start and the end of a long text; a short one as it is. No character of it becomes many."""
    if len(text) > MAX_CHARS:
        text = f"{text[: MAX_CHARS // 2]} {text[-MAX_CHARS // 2 :]}"
    return narrowed(text)


def tokenize(text: str) -> list[str]:
    """Lower-case words without accents; CO₂ and `co 2` are `co2`, `4.0` is one word."""
    words = _WORD.findall(folded(shortened(text)))
    return [word[:MAX_WORD_CHARS].replace(",", ".") for word in words]
