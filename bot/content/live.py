"""The content in use: entries, meetings, texts and search together, swapped in one assignment."""

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.content.encoder import SentenceEncoder, working
from bot.content.learning.work import Job, Learned
from bot.content.memory import release_memory
from bot.content.models import ModelFolder
from bot.health import Health
from bot.settings import Settings
from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.markdown import contact_link
from faq.files import Content
from faq.language import LANGUAGES
from faq.search.index import Index, build_index

log = logging.getLogger(__name__)

FEED = "/bijeenkomsten.ics"


class Learner(Protocol):
    """Learns elsewhere; `bot.content.learning.process.LearningProcess`."""

    def learn(self, job: Job) -> Iterator[Learned]:
        """What was learned, as it comes; may raise."""
        ...


def read_texts(root: Path, settings: Settings) -> Texts:
    """The bot's own texts, with the names of the settings filled in."""
    folder = root / "dialogs" / "texts"
    files = {language: (folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES}
    # The only name that is another one in each language; what JSON escapes, TOML does the same.
    for language, subject in zip(LANGUAGES, settings.subject, strict=True):
        name = json.dumps(subject, ensure_ascii=False)[1:-1]
        files[language] = files[language].replace("{subject}", name)
    return Texts(
        files,
        contact=contact_link(settings.contact),
        community=settings.community_name,
        keep_questions_days=str(settings.keep_questions_days),
        keep_deliveries_days=str(settings.keep_deliveries_days),
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
        self.unlearned: Content | None = None
        """What is in use without all that can be learned from it."""
        self.failure = ""
        """Why the last attempt to learn failed."""

    def build(self, content: Content) -> None:
        """Train the search on `content` here, and put both in use; takes seconds."""
        index = None
        if content.knowledge.entries:
            index, _ = ModelFolder(self._models).build(content, self._encoder)
        self._use(content, index)

    def open(self, content: Content) -> None:
        """Put `content` in use at once; what was not learned of it before is `unlearned`."""
        saved = ModelFolder(self._models).read(content, self._encoder)
        index = None
        try:
            index = build_index(content, self._encoder, saved)[0] if saved else None
        except Exception:
            # Whatever the kept bytes are: it is learned anew, and the start goes on.
            log.exception("what was learned before could not be used")
        self._use(content, index)
        self.unlearned = content if content.knowledge.entries and index is None else None

    def learn(self, content: Content, learner: Learner, shipped: Path | None) -> None:
        """As `build`, with the work done elsewhere: what `learner` raises leaves in use what is.

        Args:
            content: what to learn from.
            learner: does the work.
            shipped: the file with the vectors of the texts that the bot ships with.
        """
        if not content.knowledge.entries:
            self._use(content, None)
            return
        job = Job(
            content=content,
            models=self._models,
            shipped=shipped,
            encoder=working(self._encoder) is not None,
            words_first=self._index is None,
        )
        for learned in learner.learn(job):
            if learned.broken and self._encoder is not None:
                self._encoder.give_up(learned.broken)
            index, _ = build_index(content, self._encoder, learned.model)
            self._use(content, index)
            self.unlearned = None if learned.complete else content

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
        if self.failure:
            detail = f"learning failed ({self.failure}) and is tried again; the last good state is in use"
            return Health(ok=False, detail=detail)
        if self._index is None:
            learning = "learning: only exact phrasings are answered"
            return Health(ok=False, detail=learning if self.unlearned else "no content to search")
        if self.unlearned:
            return Health(ok=True, detail="by words only, while it learns the rest")
        encoder = working(self._encoder)
        if encoder is None:
            detail = "without a sentence encoder: answers are a little worse"
            return Health(ok=True, detail=detail)
        return Health(ok=True, detail=f"with {encoder.name}")

    def explain(self, question: str) -> str:
        """What matched a question, and why."""
        return self._index.explain(question) if self._index else ""

    def meanings(self, texts: Sequence[str]) -> np.ndarray | None:
        """What texts mean, (n, d) float32 of length 1; None where nothing knows. Nothing of them is kept."""
        return self._index.meanings(texts) if self._index else None

    def _use(self, content: Content, index: Index | None) -> None:
        self._context, self._index = self._context_of(content, index), index
        self.unlearned, self.failure = None, ""

    def _context_of(self, content: Content, index: Index | None) -> Context:
        return Context(
            knowledge=content.knowledge,
            search=index,
            near=index.likeness if index else None,
            calendar=content.calendar,
            texts=self._texts,
            feed_url=self._feed_url,
        )
