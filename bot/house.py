"""The house of the moment: content, search and words together, swapped in one assignment."""

from pathlib import Path

from bot.settings import Settings
from dialogs.house import House
from dialogs.words import Words
from faq import search
from faq.files import Content

FEED = "/bijeenkomsten.ics"


def read_words(root: Path, settings: Settings) -> Words:
    """The bot's own words, with the names of the settings filled in."""
    texts = root / "dialogs" / "texts"
    return Words(
        (texts / "nl.toml").read_text("utf-8"),
        (texts / "en.toml").read_text("utf-8"),
        contact=settings.contact,
        community=settings.community_name,
    )


class HouseKeeper:
    """Builds a new house beside the one in use, and swaps."""

    def __init__(self, words: Words, public_url: str) -> None:
        """No content yet: a house that only understands plain commands."""
        self._words, self._feed_url = words, public_url + FEED if public_url else ""
        self._index: search.Index | None = None
        self._house = self._make(Content.empty(), None)

    def build(self, content: Content) -> None:
        """Build from `content` and put it in use; takes a second or two, so not on the event loop."""
        index = search.build(content) if content.knowledge.entries else None
        self._house, self._index = self._make(content, index), index

    def house(self) -> House:
        """The house in use."""
        return self._house

    def explain(self, question: str) -> str:
        """What matched a question, and why."""
        return self._index.explain(question) if self._index else ""

    def _make(self, content: Content, index: search.Index | None) -> House:
        return House(
            knowledge=content.knowledge,
            search=index,
            calendar=content.calendar,
            words=self._words,
            feed_url=self._feed_url,
        )
