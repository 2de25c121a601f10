"""The content and what is built from it, put together for the host and for `ask`."""

from datetime import datetime
from pathlib import Path

from bot.content.encoder import SentenceEncoder, load_encoder
from bot.content.files import ContentFiles
from bot.content.live import LiveContent, read_texts
from bot.settings import Settings

VECTORS = Path(__file__).resolve().parents[2] / "faq" / "vectors.npz"
"""The sentence vectors of the shipped texts, so that a first start need not make them."""


def encoder_of(settings: Settings) -> SentenceEncoder | None:
    """The sentence encoder with its cache where the settings say; None where its package is not installed."""
    return load_encoder(settings.model_dir, VECTORS)


def load_content(
    root: Path, settings: Settings, now: datetime, encoder: SentenceEncoder | None
) -> tuple[ContentFiles, LiveContent]:
    """Read the content files and build the search; takes a second or two, a first time more.

    Args:
        root: folder of the project, where the bot's texts are.
        settings: where the files are, and where what is learned from them is kept.
        now: when this happens.
        encoder: gives sentences a meaning.
    """
    files = ContentFiles(settings.content_dir, settings.content_cache)
    live = LiveContent(read_texts(root, settings), settings.public_url, settings.model_dir, encoder)
    files.load(now, live.build)
    return files, live
