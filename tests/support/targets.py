"""What reads what others write, as functions of bytes: for fuzzing, and for the seeds it left.

Each is made once and then called with any bytes; what it raises, or takes too long for, is a fault.
"""

import contextlib
import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.content.reading import reading_of
from bot.teams.activity import RefusedError, parse
from bot.teams.mention import without_mentions
from bot.teams.wording import read_wording
from dialogs.conversation import respond
from dialogs.values import ConversationState, Message, Place
from dialogs.wishes.reading import read as read_wish
from dialogs.wishes.vocabulary import vocabulary
from faq.tokens import folded, tokenize
from tests.support.content import live_content, small_content, texts

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def activity_reader():
    """The JSON of an activity, and the wording in it."""

    def read(data):
        with contextlib.suppress(RefusedError):
            read_wording(parse(data))

    return read


def mentions():
    """A text, and a mention in it, a byte between them."""

    def read(data):
        text, _, mention = data.decode("utf-8", "replace").partition("\0")
        entity = {"type": "mention", "mentioned": {"id": "28:bot", "name": mention}}
        without_mentions(text, [entity | {"text": mention}, entity], "28:bot")

    return read


def content_files():
    """Each kind of file of the content."""

    def read(data):
        for name in ("faq/een.toml", "meetings.toml", "synonyms.toml", "questions/een.tsv"):
            reading = reading_of({name: data}, [])
            assert not any("kunnen niet worden gelezen (" in p.what for p in reading.problems)
            list(reading.content.calendar.meetings(NOW, NOW + timedelta(days=500)))

    return read


def when():
    """Days, moments and wishes in people's words, on an ordinary day and on one that few years have."""
    words = vocabulary(texts())

    def read(data):
        text = data.decode("utf-8", "replace")[:2_000]
        for day in (date(2026, 11, 25), date(2028, 2, 29)):
            read_wish(words, folded(text), day)

    return read


def search():
    """A message to a bot with three entries, which knows all its commands."""
    folder = tempfile.mkdtemp()
    context = live_content(Path(folder), content=small_content()).context()

    def read(data):
        text = data.decode("utf-8", "replace")
        tokenize(text)
        reply = respond(
            context, Message(text=text, at=NOW, place=Place.PERSONAL), ConversationState()
        )
        json.dumps(reply.card.title)

    return read


TARGETS = {
    "activity": activity_reader,
    "mentions": mentions,
    "content": content_files,
    "when": when,
    "search": search,
}
