"""The house of the moment: content, search and words together, swapped in one assignment."""

import logging
import threading
from pathlib import Path

from bot.content.encoder import BrokenEncoderError
from bot.content.memory import release_memory
from bot.health import Health
from bot.settings import Settings
from dialogs.catalog import Texts
from dialogs.context import Context
from faq.files import Content
from faq.search import index as search
from faq.search.model import Encoder

log = logging.getLogger(__name__)

FEED = "/bijeenkomsten.ics"


def read_texts(root: Path, settings: Settings) -> Texts:
    """The bot's own words, with the names of the settings filled in."""
    texts = root / "dialogs" / "texts"
    return Texts(
        (texts / "nl.toml").read_text("utf-8"),
        (texts / "en.toml").read_text("utf-8"),
        contact=settings.contact,
        community=settings.community_name,
    )


class LiveContent:
    """Builds a new house beside the one in use, and swaps."""

    def __init__(self, words: Texts, public_url: str, kept: Path, encoder: Encoder | None) -> None:
        """No content yet: a house that only understands plain commands.

        What was learned from a content is kept in the folder `kept`, so that a restart need not learn it again.
        """
        self._words, self._feed_url = words, public_url + FEED if public_url else ""
        self._kept, self._encoder, self._warm = kept, encoder, False
        self._index: search.Index | None = None
        # A reload and the warming may build at the same time, each in a thread of its own.
        self._building = threading.RLock()
        self._again: Content | None = None
        """What must be learned anew where the encoder turns out to be broken."""
        self._context = self._make(Content.empty(), None)

    def build(self, content: Content) -> None:
        """Build from `content` and put it in use; takes a second or two, so not on the event loop."""
        with self._building:
            try:
                index = self._index_of(content, self._encoder)
            except BrokenEncoderError as error:
                self._do_without(error)
                index = self._index_of(content, None)
            self._again = None if self._encoder is None or self._warm else content
            self._context, self._index = self._make(content, index), index
        release_memory()

    def warm(self) -> None:
        """Let the encoder read its weights before somebody has to wait for it; do without where it is broken."""
        if self._encoder is None:
            return
        try:
            self._encoder.warm()
        except BrokenEncoderError as error:
            with self._building:
                self._do_without(error)
                if self._again is not None:
                    self.build(self._again)
            return
        with self._building:
            self._warm, self._again = True, None
        release_memory()

    def _do_without(self, error: BrokenEncoderError) -> None:
        log.warning("the sentence encoder is broken (%s): used no more", error)
        self._encoder = None

    def context(self) -> Context:
        """The house in use."""
        return self._context

    def health(self) -> Health:
        """Whether questions can be answered, and how well."""
        if self._index is None:
            return Health(ok=False, detail="no content to search")
        if self._encoder is None:
            detail = "without a sentence encoder: answers are a little worse"
            return Health(ok=True, detail=detail)
        return Health(ok=True, detail=f"with {self._encoder.name}")

    def explain(self, question: str) -> str:
        """What matched a question, and why."""
        return self._index.explain(question) if self._index else ""

    def _index_of(self, content: Content, encoder: Encoder | None) -> search.Index | None:
        if not content.knowledge.entries:
            return None
        file = self._kept / f"{search.fingerprint(content, encoder)}.model"
        try:
            kept = file.read_bytes()
        except OSError:
            kept = b""
        index, learned = search.build(content, encoder, kept)
        if learned != kept:
            self._keep(file, learned)
        return index

    def _keep(self, file: Path, learned: bytes) -> None:
        try:
            self._kept.mkdir(parents=True, exist_ok=True)
            for other in self._kept.glob("*.model*"):
                other.unlink()
            beside = file.with_suffix(".model-new")
            beside.write_bytes(learned)
            beside.replace(file)
        except OSError as error:
            # Only the next start is slower for it.
            log.warning("what was learned could not be kept: %s", error.strerror)

    def _make(self, content: Content, index: search.Index | None) -> Context:
        return Context(
            knowledge=content.knowledge,
            search=index,
            calendar=content.calendar,
            texts=self._words,
            feed_url=self._feed_url,
        )
