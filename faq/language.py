"""The languages that the bot speaks, and a text in each.

Another language is added here, in `dialogs/texts/`, in the words of `dialogs/wishes/` and in what the
search learns of a message's language (`faq/search/training.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
DEFAULT: Language = "nl"
"""What is spoken where no other language was chosen or asked in; every text has it."""
IN_DUTCH: Mapping[Language, str] = {"nl": "Nederlandse", "en": "Engelse"}
"""What an organiser calls each."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in every language; empty where nobody wrote it yet, but never in Dutch."""

    nl: str
    en: str = ""

    def in_(self, language: Language) -> str:
        """The text in this language, else in Dutch."""
        return dict(self.written()).get(language, self.nl)

    def written(self) -> Iterator[tuple[Language, str]]:
        """Every language in which somebody wrote it, with the text."""
        texts = ((language, getattr(self, language)) for language in LANGUAGES)
        return ((language, text) for language, text in texts if text)


def spoken_language(code: str) -> Language | None:
    """The language of a code or a locale such as `en-GB`; None where we do not speak it."""
    return next((known for known in LANGUAGES if code.casefold().startswith(known)), None)
