"""The content and what is built from it, put together for the host and for `ask`."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.content.encoder import SentenceEncoder, load_encoder
from bot.content.files import ContentFiles
from bot.content.learning.process import LearningError, LearningProcess, LearningStoppedError
from bot.content.live import LiveContent, read_texts
from bot.content.memory import release_memory
from bot.settings import Settings

log = logging.getLogger(__name__)

VECTORS = Path(__file__).resolve().parents[2] / "faq" / "vectors.npz"
"""The sentence vectors of the shipped texts, so that a first start need not make them."""


def encoder_of(settings: Settings) -> SentenceEncoder | None:
    """The sentence encoder with its cache where the settings say; None where its package is not installed."""
    return load_encoder(settings.model_dir, VECTORS)


def load_content(
    root: Path, settings: Settings, now: datetime, encoder: SentenceEncoder | None
) -> tuple[ContentFiles, LiveContent]:
    """Read the content files and build the search; takes a second or two, a first time more.

    For who only looks: the running bot's copy of the last good files is read, and left as it is.

    Args:
        root: folder of the project, where the bot's texts are.
        settings: where the files are, and where what is learned from them is kept.
        now: when this happens.
        encoder: gives sentences a meaning.
    """
    files, live = _unread(root, settings, encoder, keep=False)
    files.load(now, live.build)
    release_memory()
    return files, live


def open_content(
    root: Path, settings: Settings, now: datetime, encoder: SentenceEncoder | None
) -> tuple[ContentFiles, LiveContent]:
    """As `load_content`, at once: what was not learned before is left to `renew`."""
    files, live = _unread(root, settings, encoder, keep=True)
    files.load(now, live.open)
    release_memory()
    return files, live


def _unread(
    root: Path, settings: Settings, encoder: SentenceEncoder | None, *, keep: bool
) -> tuple[ContentFiles, LiveContent]:
    files = ContentFiles(settings.content_dir, settings.content_cache, keep=keep)
    texts = read_texts(root, settings)
    return files, LiveContent(texts, settings.public_url, settings.model_dir, encoder)


def needs_renewal(files: ContentFiles, live: LiveContent) -> bool:
    """Whether a file changed and is complete, or something is still to be learned; cheap."""
    return (files.changed() and files.settled()) or live.unlearned is not None


def renew(files: ContentFiles, live: LiveContent, process: LearningProcess, now: datetime) -> None:
    """Take changed files into use and learn what is not learned; takes seconds, so not on the event loop.

    Where the learning fails, what is in use stays in use, `needs_renewal` stays true and it is logged.
    """
    learn = partial(live.learn, learner=process, shipped=VECTORS)
    try:
        # Who only has to learn has not looked yet whether what changed is complete.
        if files.changed() and (live.unlearned is None or files.settled()):
            files.reload(now, learn)
        if live.unlearned is not None:
            learn(live.unlearned)
        live.failure = ""
    except LearningStoppedError:
        pass
    except LearningError as error:
        live.failure = str(error)
        log.error("learning failed: %s; the last good state stays in use", error)  # noqa: TRY400 - no trace
    finally:
        # Now that the files and the model's bytes are let go, too.
        release_memory()
