"""What dialogs know, for commands that only speak of meetings."""

from pathlib import Path

from bot.content.live import FEED, read_texts
from bot.settings import Settings
from dialogs.context import Context
from faq.files import Content


def without_search(content: Content, root: Path, settings: Settings) -> Context:
    """Everything but the search, which takes seconds to build."""
    return Context(
        knowledge=content.knowledge,
        search=None,
        calendar=content.calendar,
        texts=read_texts(root, settings),
        feed_url=settings.public_url + FEED if settings.public_url else "",
    )
