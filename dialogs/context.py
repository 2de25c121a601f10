"""All that a dialog may read: passed in, never looked up."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime

from dialogs.catalog import Texts
from dialogs.values import Place
from faq.entries import Knowledge
from faq.language import Language
from faq.meetings import Calendar
from faq.search.likeness import Near
from faq.search.result import Search, SearchResult


@dataclass(frozen=True, slots=True)
class _Offered:
    """A search that leads only to entries that are offered; commands are always."""

    whole: Search
    ids: Container[str]

    def search(self, question: str) -> SearchResult:
        """As the whole search; what would be answered with an entry that is gone is not known."""
        result = self.whole.search(question)
        left = tuple(match for match in result.matches if self._leads_to(match.id))
        lost_first = left[:1] != result.matches[:1]
        zone = "unknown" if not left or (result.zone == "answer" and lost_first) else result.zone
        also = result.also if self._leads_to(result.also or "") else None
        return replace(result, zone=zone, matches=left, also=also)

    def _leads_to(self, id_: str) -> bool:
        return id_.startswith("@") or id_ in self.ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The content in use and the words of the bot."""

    knowledge: Knowledge
    search: Search | None
    """None while there is no usable content: then only plain commands are understood."""
    calendar: Calendar
    texts: Texts
    near: Near | None = None
    """How near sentences are to a question in meaning; None where nothing knows."""
    feed_url: str = ""
    """Where the calendar feed is; empty without a public address."""

    def day(self, moment: datetime) -> date:
        """The day of a moment, on the calendar where the meetings are."""
        return self.calendar.local(moment).date()

    def on(self, day: date) -> "Context":
        """The same with the entries that are offered on a day, each with its answer of that day."""
        knowledge, search = self.knowledge.on(day), self.search
        if search is not None and len(knowledge.entries) < len(self.knowledge.entries):
            search = _Offered(search, knowledge.entries)
        return replace(self, knowledge=knowledge, search=search)

    def here(self, place: Place) -> "Context":
        """The same with texts that say what can be typed as it must be typed in this place."""
        return self if place == Place.PERSONAL else replace(self, texts=self.texts.mentioning)

    def title(self, id_: str, language: Language) -> str:
        """What a button that leads to an entry or an `@command` says."""
        if id_.startswith("@"):
            return self.texts.get(language, f"says.{id_[1:]}")
        return self.knowledge.entries[id_].title(language)
