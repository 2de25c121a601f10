"""The content in use: entries, meetings, texts and search together, swapped in one assignment."""

import logging
from pathlib import Path

from bot.content.encoder import SentenceEncoder
from bot.content.memory import release_memory
from bot.health import Health
from bot.settings import Settings
from dialogs.catalog import Texts
from dialogs.context import Context
from faq.files import Content
from faq.language import LANGUAGES
from faq.search.index import Index, build_index
from faq.search.training import training_fingerprint

log = logging.getLogger(__name__)

FEED = "/bijeenkomsten.ics"


def read_texts(root: Path, settings: Settings) -> Texts:
    """The bot's own texts, with the names of the settings filled in."""
    folder = root / "dialogs" / "texts"
    return Texts(
        {language: (folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES},
        contact=settings.contact,
        community=settings.community_name,
    )


class LiveContent:
    """Builds a new context beside the one in use, and swaps."""

    def __init__(
        self, texts: Texts, public_url: str, models: Path, encoder: SentenceEncoder | None
    ) -> None:
        """No content yet: a context that only understands plain commands.

        Args:
            texts: the bot's own words.
            public_url: where the bot is reached, for the address of the calendar feed.
            models: the folder where a trained search is kept, so that a restart need not train again.
            encoder: gives sentences a meaning, where its package is installed.
        """
        self._texts, self._feed_url = texts, public_url + FEED if public_url else ""
        self._models, self._encoder = models, encoder
        self._index: Index | None = None
        self._context = self._context_of(Content.empty(), None)

    def build(self, content: Content) -> None:
        """Train the search on `content` and put both in use; takes seconds, so not on the event loop."""
        index = self._index_of(content) if content.knowledge.entries else None
        self._context, self._index = self._context_of(content, index), index
        release_memory()

    def warm(self) -> None:
        """Let the encoder read its weights before somebody has to wait for it."""
        if self._encoder is not None:
            self._encoder.warm()
            release_memory()

    def context(self) -> Context:
        """The context in use."""
        return self._context

    def health(self) -> Health:
        """Whether questions can be answered, and how well."""
        if self._index is None:
            return Health(ok=False, detail="no content to search")
        encoder = self._working_encoder()
        if encoder is None:
            detail = "without a sentence encoder: answers are a little worse"
            return Health(ok=True, detail=detail)
        return Health(ok=True, detail=f"with {encoder.name}")

    def explain(self, question: str) -> str:
        """What matched a question, and why."""
        return self._index.explain(question) if self._index else ""

    def _working_encoder(self) -> SentenceEncoder | None:
        return None if self._encoder is None or self._encoder.broken else self._encoder

    def _index_of(self, content: Content) -> Index:
        try:
            saved = self._model_file(content).read_bytes()
        except OSError:
            saved = b""
        index, trained = build_index(content, self._encoder, saved)
        if trained != saved:
            # The encoder may have broken meanwhile; then this is a model without.
            self._save(self._model_file(content), trained)
        return index

    def _model_file(self, content: Content) -> Path:
        return self._models / f"{training_fingerprint(content, self._working_encoder())}.model"

    def _save(self, file: Path, model: bytes) -> None:
        """Keep this model and no older one."""
        try:
            self._models.mkdir(parents=True, exist_ok=True)
            for other in self._models.glob("*.model*"):
                other.unlink()
            beside = file.with_suffix(".model-new")
            beside.write_bytes(model)
            beside.replace(file)
        except OSError as error:
            # Only the next start is slower for it.
            log.warning("the trained search could not be kept: %s", error.strerror)

    def _context_of(self, content: Content, index: Index | None) -> Context:
        return Context(
            knowledge=content.knowledge,
            search=index,
            calendar=content.calendar,
            texts=self._texts,
            feed_url=self._feed_url,
        )
