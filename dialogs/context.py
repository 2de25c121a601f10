"""All that a dialog may read: passed in, never looked up."""

from dataclasses import dataclass

from dialogs.catalog import Texts
from faq.entries import Knowledge
from faq.language import Language
from faq.meetings import Calendar
from faq.search.result import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The content in use and the words of the bot."""

    knowledge: Knowledge
    search: Search | None
    """None while there is no usable content: then only plain commands are understood."""
    calendar: Calendar
    texts: Texts
    feed_url: str = ""
    """Where the calendar feed is; empty without a public address."""

    def title(self, id_: str, language: Language) -> str:
        """What a button that leads to an entry or an `@command` says."""
        if id_.startswith("@"):
            return self.texts.get(language, f"says.{id_[1:]}")
        return self.knowledge.entries[id_].title(language)
