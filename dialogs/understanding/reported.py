"""What somebody else said or wrote, told within a message: `Henk schreef: zet ze uit`."""

import re

_WHO = (
    r"(?:^|(?<=[.!?\n]))[ \t]*(?!(?:ik|i|we|wij)\b)(?:[\w'’.-]{1,40}[ \t]{1,3}){1,4}"
    r"(?:schreef|schrijft|zei|zegt|vroeg|vraagt|mailde|mailt|appte|appt|wrote|writes|said|says|asked|asks|mailed)"
    r"[ \t]*:[ \t]*"
)
_MARKED = r"[\"“„«]([^\"”“»]+)[\"”“»]"
_RULE = r"(?:[ \t](?:--+|—)(?=[ \t])|\n[ \t]*\n)"
REPORTED = re.compile(rf"{_WHO}(?:{_MARKED}|(.+?){_RULE}|([^?]+)\Z)", re.IGNORECASE | re.DOTALL)
"""Between quotation marks, else up to a rule or an empty line, else all that follows unless it asks something."""
_TO_THE_END = re.compile(rf"{_WHO}(?:{_MARKED}|(.+?)(?:{_RULE}|\Z))", re.IGNORECASE | re.DOTALL)

_MAIL = re.compile(
    r"\A\s*(?:van|from)[ \t]*:(?=.{1,200}?\b(?:aan|to)[ \t]*:).*\Z", re.IGNORECASE | re.DOTALL
)
"""A whole mail in one line, headers first: nothing of it is said to us."""


def without_reported(text: str) -> str:
    """A text without all that is told of others, their questions too."""
    return _MAIL.sub(" ", _TO_THE_END.sub(" ", text))
