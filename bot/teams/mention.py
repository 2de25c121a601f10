"""The bot's own mention, removed exactly, so that a question that holds the bot's name survives."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def without_mention(
    text: str, entities: Iterable[Mapping[str, Any]], bot_id: str
) -> tuple[str, bool]:
    """The text without the mentions of the bot, and whether it was mentioned.

    Only the bot's own, once per entity, as the entity has it; the rest is unescaped, for Teams sends HTML.
    """
    mentioned = False
    for mention in _own(entities, bot_id):
        mentioned = True
        # Text and entity do not always escape alike: `A & B` in the one may be `A &amp; B` in the other.
        for variant in (mention, html.escape(mention, quote=False), _escaped_inside(mention)):
            if variant and variant in text:
                text = text.replace(variant, " ", 1)
                break
    return re.sub(r"[^\S\n]+", " ", html.unescape(text)).strip(), mentioned


def _own(entities: Iterable[Mapping[str, Any]], bot_id: str) -> Iterator[str]:
    """The texts of the entities that mention the bot."""
    for entity in entities:
        mentioned = entity.get("mentioned")
        if (
            bot_id
            and entity.get("type") == "mention"
            and isinstance(mentioned, Mapping)
            and mentioned.get("id") == bot_id
        ):
            text = entity.get("text")
            yield text if isinstance(text, str) else ""


def _escaped_inside(mention: str) -> str:
    """`<at>A & B</at>` as `<at>A &amp; B</at>`."""
    tag = re.fullmatch(r"(<at[^>]*>)(.*)(</at>)", mention, re.DOTALL)
    return tag[1] + html.escape(tag[2], quote=False) + tag[3] if tag else ""
