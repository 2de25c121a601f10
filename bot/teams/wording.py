"""The text of a message as its member wrote it: without mentions and quotes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.teams.mention import without_mentions
from bot.teams.quote import without_placeholders, without_quotes
from dialogs.values import Quoted


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says, whether it mentions the bot, and what it quotes."""

    text: str
    mentioned: bool
    quoted: Quoted | None


def read_wording(body: Mapping[str, Any]) -> Wording:
    """Read the text of an activity that `bot.teams.activity.parse` has looked at."""
    entities, attachments = body.get("entities") or [], body.get("attachments") or []
    bot_id = (body.get("recipient") or {}).get("id") or ""
    text, in_text = without_placeholders(body.get("text") or "")
    text, mentioned = without_mentions(text, entities, bot_id)
    text, quoted = without_quotes(text, entities, attachments, bot_id)
    return Wording(text, mentioned, quoted or in_text)
