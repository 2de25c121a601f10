"""Mentions, removed exactly, so that a question that holds the bot's name survives.

Of others, too: their names are none of a question's words, and are kept nowhere.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_TAG = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)


def without_mentions(
    text: str, entities: Iterable[Mapping[str, Any]], bot_id: str
) -> tuple[str, bool]:
    """The text without the mentions in it, and whether the bot was mentioned.

    Each goes once per entity, as the entity has it; the rest is unescaped, for Teams sends HTML.
    """
    mentioned = False
    for whom, name, written in _mentions(entities):
        mentioned = mentioned or (bool(bot_id) and whom == bot_id)
        text = _without(text, written) if written else _without_name(text, name)
    return re.sub(r"[^\S\n]+", " ", html.unescape(text)).strip(), mentioned


def _mentions(entities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Of each mention: the id, the name, and how it is written in the text."""
    for entity in entities:
        mentioned = entity.get("mentioned")
        if entity.get("type") == "mention" and isinstance(mentioned, Mapping):
            held = (mentioned.get("id"), mentioned.get("name"), entity.get("text"))
            whom, name, written = (value if isinstance(value, str) else "" for value in held)
            if whom:
                yield whom, name, written


def _without(text: str, mention: str) -> str:
    """The text without this mention."""
    # Text and entity do not always escape alike: `A & B` in the one may be `A &amp; B` in the other.
    for variant in (mention, html.escape(mention, quote=False), _escaped_inside(mention)):
        if variant and variant in text:
            return text.replace(variant, " ", 1)
    return text


def _without_name(text: str, name: str) -> str:
    """The text without the mention of a name, where the entity does not say how it is written."""
    wanted = name.casefold().strip()
    if not wanted:
        return text
    for tag in _TAG.finditer(text):
        if html.unescape(tag[1]).casefold().strip() == wanted:
            return f"{text[: tag.start()]} {text[tag.end() :]}"
    start = text.lstrip()
    if start.casefold().startswith(f"@{wanted}"):
        return start[len(wanted) + 1 :]
    return text


def _escaped_inside(mention: str) -> str:
    """`<at>A & B</at>` as `<at>A &amp; B</at>`."""
    tag = re.fullmatch(r"(<at[^>]*>)(.*)(</at>)", mention, re.DOTALL)
    return tag[1] + html.escape(tag[2], quote=False) + tag[3] if tag else ""
