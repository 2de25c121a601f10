"""Takes out of a text how somebody can be reached: e-mail addresses and phone numbers."""

import re

EMAIL, PHONE = "[e-mailadres]", "[telefoonnummer]"
DIGITS = range(9, 16)
"""Of a phone number, with its country; the shortest Dutch ones that reach a person have ten, or nine behind +31."""

# Each piece is bounded, so that a text made for it takes no longer than another.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w+(.,/-])(?:\+|\(?0)[\d ()./-]{7,24}\d(?![\w])")
_DAY = re.compile(r"0\d[-./ ]\d{1,2}[-./ ]\d{4}(?!\d)")


def masked(text: str) -> str:
    """The text with what stands for each in its place; days, amounts and versions stay."""
    return _PHONE.sub(_phone, _EMAIL.sub(EMAIL, text))


def _phone(match: re.Match[str]) -> str:
    number = sum(c.isdigit() for c in match[0])
    return match[0] if _DAY.match(match[0]) or number not in DIGITS else PHONE
