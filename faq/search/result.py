"""What comes out of the search, whoever is behind it."""

from dataclasses import dataclass
from typing import Literal, Protocol

from faq.language import Language
from faq.search.foreign import Foreign

Zone = Literal["answer", "suggest", "unknown"]

SUGGESTIONS = 3
"""Matches that are offered at most; more would not be read."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a question may lead: an entry's id or an `@command`.

    `score` is a calibrated probability, rounded to four digits: of all that is answered at 0.9, nine
    in ten are right.
    """

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the search makes of one message.

    `zone` says what to do with `matches` (best first): answer with the first, offer all of them (one
    to three), or admit that nobody here knows; then they are only the nearest, or none.
    """

    zone: Zone
    matches: tuple[Match, ...]
    language: Language
    """The language of the message; Dutch when in doubt."""
    also: str | None = None
    """The id of a second question in the same message, to be offered beside the answer."""
    foreign: Foreign | None = None
    """The language of a message that is neither in Dutch nor in English; then the nearest entries are offered."""
    strange: tuple[str, ...] = ()
    """Where the first match is a command: the words of the message that no command is asked with."""


class Search(Protocol):
    """The one function that the dialogs need."""

    def search(self, question: str) -> SearchResult:
        """Find what answers `question` by itself.

        Pure and deterministic, and it never raises; safe to call from several threads.
        """
        ...
