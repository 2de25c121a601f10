"""The content and what is built from it, put together for the host and for `ask`."""

from datetime import datetime
from pathlib import Path

from bot.content import encoder
from bot.content.files import ContentFiles
from bot.content.live import LiveContent, read_texts
from bot.settings import Settings


def load_content(
    root: Path, settings: Settings, now: datetime, *, warm: bool = False
) -> tuple[ContentFiles, LiveContent]:
    """Read the content files and build the search; takes a second or two, a first time more.

    Args:
        root: folder of the project, where the bot's texts are.
        settings: where the files are, and where what is learned from them is kept.
        now: when this happens.
        warm: read the encoder's weights first, for a process that will need them anyway.
    """
    files = ContentFiles(settings.content_dir, settings.content_cache)
    live = LiveContent(
        read_texts(root, settings),
        settings.public_url,
        settings.model_dir,
        encoder.load(settings.model_dir),
    )
    if warm:
        live.warm()
    files.load(now, live.build)
    return files, live
