"""Where meetings are held, as far as the organiser's words say it."""

import re
from typing import Literal

from faq.meetings import Series

_ONLINE = re.compile(
    r"\b(?:teams|online|digitaal|webex|zoom|meet|videobellen|virtu\w+)\b", re.IGNORECASE
)
_BESIDE = re.compile(r"\b(?:en|of|and|or)\b|[,+/;&]", re.IGNORECASE)


def kind_of_place(series: Series) -> Literal["online", "onsite", "both", "unknown"]:
    """Whether one takes part from anywhere, has to come, or may choose; read from `location`."""
    if not series.location.strip():
        return "unknown"
    if not _ONLINE.search(series.location):
        return "onsite"
    beside = _BESIDE.sub(" ", _ONLINE.sub("", series.location))
    return (
        "both"
        if re.search(r"\w{3}", re.sub(r"(?i)\bmicrosoft\b|\bvia\b", "", beside))
        else "online"
    )
