"""What was said, told apart from quotes, mentions, links and courtesy."""

import re
from dataclasses import dataclass

from dialogs.catalog import Texts
from dialogs.understanding.courtesy import Kind, courtesy
from dialogs.understanding.edges import Edges
from dialogs.understanding.reported import REPORTED
from dialogs.understanding.voice import without_hesitation
from dialogs.values import Quoted
from faq.tokens import parted

_PLACEHOLDER = re.compile(r"<quoted\b[^<>]*>(?:\s*</quoted>)?", re.IGNORECASE)
_QUOTED_LINE = re.compile(
    r"^[ \t]*(?:>|&gt;)(.*?)(?:[ \t](?:--+|—)(?=[ \t]+\w)|$)",  # Pasted in one line: `> … -- mine`.
    re.MULTILINE,
)
_FORWARDED = re.compile(
    r"(?<=\w[.!?\s])\s*\b(?:van|from)[ \t]*:(?=.{1,160}?\b(?:verzonden|sent|datum|date|aan|to)[ \t]*:)"
    r"(?=.{1,300}?\b(?:onderwerp|subject)[ \t]*:)(.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
"""A mail under what was said, its headers run together in one line."""

_MENTION = re.compile(r"<at\b[^<>]*>[^<>]*</at>|(?<![\w.])@\w[\w.-]*", re.IGNORECASE)
_LINK = re.compile(r"\bhttps?://[^\s<>]+|\bwww\.[^\s<>]+", re.IGNORECASE)
_HEADERS = re.compile(
    r"^(?:(?:van|aan|cc|verzonden|datum|onderwerp|from|to|sent|date|subject)[ \t]*:[^\n]*(?:\n|\Z)){2,}",
    re.IGNORECASE | re.MULTILINE,
)
_EARLIER = re.compile(
    r"^[ \t]*(?:[-_]{2,}[ \t]*(?:oorspronkelijk|doorgestuurd|original|forwarded)[^\n]*"
    r"|(?:op|on)\b[^\n]{4,120}\b(?:schreef|wrote)\b[^\n]{0,80}:[ \t]*)\n(.*)\Z",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)

_INSIDE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_PLACEHOLDER, "quote"),
    (_EARLIER, "quote"),
    (_FORWARDED, "quote"),
    (_HEADERS, "subject"),
    (REPORTED, "quote"),
    (_QUOTED_LINE, "quote"),
    (_MENTION, "mention"),
    (_LINK, "link"),
)
"""What goes wherever it stands, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A message, told apart into what was said and what stood around it."""

    text: str
    """What was said; of a message that is nothing but courtesy, its thanks or greeting."""
    whole: str
    """As it was written."""
    stripped: tuple[tuple[Kind, str], ...] = ()
    """What was taken away, in the order in which that was done."""
    quoted: Quoted | None = None
    """What the message is a reply to, where it quotes that."""

    def has(self, kind: Kind) -> bool:
        """Whether such a piece was taken away."""
        return any(one == kind for one, _ in self.stripped)


def read(texts: Texts, written: str, quoted: Quoted | None = None) -> Utterance:
    """Tell a message apart. Never raises; to read what is left once more changes nothing.

    Args:
        texts: where the words of courtesy stand.
        written: the message, as far as the channel left its quotes and mentions.
        quoted: what the channel knows of the message that this one quotes.
    """
    pieces: list[tuple[Kind, str]] = []
    lines: list[str] = []
    text, before = written.strip(), ""
    while text != before:
        # Behind what goes there may be more: a greeting within quotation marks.
        before, text = text, _once(texts, text, pieces, lines)
    if lines and quoted is None:
        quoted = Quoted(text="\n".join(lines))
    return Utterance(text=text, whole=written, stripped=tuple(pieces), quoted=quoted)


def _once(texts: Texts, text: str, pieces: list[tuple[Kind, str]], lines: list[str]) -> str:
    """What is left of a text; what goes is added to the pieces, and quoted lines to the lines."""
    text = without_hesitation(text)
    for pattern, kind in _INSIDE:
        for match in pattern.finditer(text):
            pieces.append((kind, match[0].strip()))
            lines.extend(line.strip() for line in match.groups() if line)
        text = pattern.sub(" ", text)
    edges = Edges(courtesy(texts), text)
    left = edges.left()
    pieces += edges.pieces if left != text else ()
    return parted(left)
