"""The languages that the bot speaks, and a text in each."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in two languages; English is empty where nobody wrote it yet."""

    nl: str
    en: str = ""

    def in_(self, language: Language) -> str:
        """The text in this language, else in Dutch."""
        return (self.en if language == "en" else "") or self.nl
