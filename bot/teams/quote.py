"""What a reply quotes, told apart from what it says.

Teams writes it in one of three ways, or in several: a placeholder in the text, `<quoted messageId="…"/>`;
an entity `quotedReply`; an HTML attachment that holds the quoted message in a `blockquote`, and then the
reply. Of a quoted card it tells no more than an id and at times a few words.
"""

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from bot.teams.activity import TEXT_MAX
from dialogs.values import Quoted

REPLY = "schema.skype.com/reply"
MENTION = "schema.skype.com/mention"
"""The `itemtype` of what is quoted, and of a mention, in an HTML attachment."""

_PLACEHOLDER = re.compile(
    r"<quoted\b[^<>]*?messageid=[\"']?([^\"'<>\s/]*)[^<>]*>(?:\s*</quoted>)?", re.IGNORECASE
)
_BLOCKS = frozenset({"p", "div", "br", "li", "blockquote", "tr"})


def without_placeholders(text: str) -> tuple[str, Quoted | None]:
    """The text without the placeholders of quotes, and the message of which the first holds the id."""
    placeholder = _PLACEHOLDER.search(text)
    quoted = Quoted(id=placeholder[1]) if placeholder else None
    return _PLACEHOLDER.sub(" ", text), quoted


def without_quotes(
    text: str,
    entities: Iterable[Mapping[str, Any]],
    attachments: Iterable[Mapping[str, Any]],
    bot_id: str,
) -> tuple[str, Quoted | None]:
    """The text of a reply without what it quotes, and what that is; None where it quotes nothing.

    Args:
        text: the activity's, without mentions and placeholders.
        entities: the activity's.
        attachments: the activity's.
        bot_id: by this it is told who wrote a quoted message.
    """
    quoted = _of_entities(entities, bot_id)
    for attachment in attachments:
        content = attachment.get("content")
        if attachment.get("contentType") != "text/html" or not isinstance(content, str):
            continue
        if REPLY in content[:TEXT_MAX].casefold():
            reply = _Reply(content[:TEXT_MAX])
            return reply.left_of(text), quoted or reply.quoted(bot_id)
    return text, quoted


def _of_entities(entities: Iterable[Mapping[str, Any]], bot_id: str) -> Quoted | None:
    """What the first entity of the kind says of the quoted message."""
    for entity in entities:
        data = entity.get("quotedReply")
        if str(entity.get("type")).casefold() == "quotedreply" and isinstance(data, Mapping):
            held = (data.get(key) for key in ("preview", "senderId", "messageId"))
            preview, sender, id_ = (value if isinstance(value, str) else "" for value in held)
            return Quoted(text=preview[:TEXT_MAX].strip(), ours=_is_bot(sender, bot_id), id=id_)
    return None


def _is_bot(sender: str, bot_id: str) -> bool:
    """Whether this is the bot, with or without the `28:` of a bot's id."""
    return bool(bot_id) and sender.removeprefix("28:") == bot_id.removeprefix("28:")


class _Reply(HTMLParser):
    """The HTML of a message, told apart into what it quotes and what it says."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self._quote_depth = self._skip_depth = 0
        self._id = self._sender = ""
        self._quoted: list[str] = []
        self._own: list[str] = []
        self.feed(content)
        self.close()

    def quoted(self, bot_id: str) -> Quoted:
        """What is quoted."""
        text = " ".join("".join(self._quoted).split())
        return Quoted(text=text, ours=_is_bot(self._sender, bot_id), id=self._id)

    def left_of(self, text: str) -> str:
        """What the member wrote of a text that may begin with the quote; all of it where they differ."""
        own, words = "".join(self._own).split(), text.split()
        if own:
            return "".join(self._own).strip() if words[-len(own) :] == own else text
        return "" if " ".join(words) in self.quoted("").text else text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into a quote, or a mention, or on to another line."""
        held = {name: value or "" for name, value in attrs}
        kind = held.get("itemtype", "").casefold()
        if self._quote_depth or (tag == "blockquote" and REPLY in kind):
            self._quote_depth += tag == "blockquote"
            self._id = self._id or (held.get("itemid", "") if tag == "blockquote" else "")
            if held.get("itemprop") == "mri":
                self._sender = held.get("itemid", "")
                self._skip_depth = 1
        elif self._skip_depth or tag == "at" or MENTION in kind:
            self._skip_depth += tag not in ("br", "img")
        if tag in _BLOCKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """Come out of it again."""
        if self._skip_depth:
            self._skip_depth -= 1
        if tag == "blockquote" and self._quote_depth:
            self._quote_depth -= 1

    def handle_data(self, data: str) -> None:
        """Words, of the one or the other."""
        if not self._skip_depth:
            (self._quoted if self._quote_depth else self._own).append(data)
