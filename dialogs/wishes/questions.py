"""What a message asks about the member's own reminders: `staan ze aan?`, `krijg ik er een voor dinsdag?`.

Every word of it must be one that asks about reminders, as with the questions about meetings.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dialogs.catalog import Texts
from dialogs.meetings.grammar import grammar as grammar_of_meetings
from dialogs.meetings.period import Period, Today, joined
from dialogs.meetings.period_words import PLACE, periods
from faq.language import LANGUAGES, Language
from faq.tokens import folded, shortened

WORDS_MAX = 20
"""Words of a question; a longer message tells a story."""
MEETING = "¤"
"""What stands in the words where a word for a meeting stood."""
Topic = Literal[
    "missed",
    "change",
    "nuisance",
    "skip",
    "ways",
    "pause",
    "leads",
    "meeting",
    "next",
    "count",
    "done",
    "state",
]
_RULES: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    ("missed", ("why", "comes", "negation")),
    ("missed", ("had", "negation")),
    ("change", ("change", "comes")),
    ("nuisance", ("nuisance",)),
    ("skip", ("skip", "meeting", "told")),
    ("ways", ("can", "switch")),
    ("pause", ("pause",)),
    ("leads", ("leads",)),
    ("next", ("when", "comes")),
    ("meeting", ("meeting", "comes")),
    ("count", ("count", "comes")),
    ("done", ("done",)),
    ("state", ("state",)),
    ("state", ("comes", "negation")),
    ("state", ("comes", "reminder")),
)
"""What a message asks that has words of all these classes; the first rule counts."""
_TOLD = frozenset({"missed", "nuisance", "skip"})
"""Told as well as asked; `skip`, no reminders of one meeting, is only told."""
_CLASSES = frozenset(name for _, names in _RULES for name in names) - {"meeting", "told"}
_OTHERS = ("asks", "either", "off", "registered", "not_now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about somebody's own reminders."""

    topic: Topic
    language: Language | None = None
    """In which it was asked; None where its words are of any."""
    period: Period | None = None
    """When the meeting is, or when nothing came; None for the next one, or lately."""
    negated: bool = False
    """Whether it is asked that none come: `krijg ik nu niets meer`, `staan ze uit`."""
    either: bool = False
    """`aan of uit`: neither yes nor no."""
    named: bool = False
    """Whether reminders are named, so that it is about them whatever the talk is about."""
    registered: bool = False
    """Whether somebody is on a list, which may be that of a meeting as well."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    patterns: dict[str, re.Pattern[str]]
    fillers: frozenset[str]


@lru_cache(maxsize=4)
def _grammar(texts: Texts) -> _Grammar:
    def alternatives(name: str) -> re.Pattern[str]:
        words = "|".join(texts.get(one, f"questions.words.{name}") for one in LANGUAGES)
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    own = texts.words("questions.words.fillers")
    patterns = {name: alternatives(name) for name in (*sorted(_CLASSES), *_OTHERS)}
    return _Grammar(patterns, own | grammar_of_meetings(texts).fillers)


def read(texts: Texts, text: str, today: date) -> Question | None:
    """What a message asks about the reminders of who wrote it; None where a word of it means nothing here.

    Args:
        texts: where the words stand.
        text: what the member wrote.
        today: the day on the calendar of the meetings.
    """
    if len(text.split()) > WORDS_MAX:
        return None
    grammar, meetings = _grammar(texts), grammar_of_meetings(texts)
    plain = " ".join(re.findall(r"[\w'/.:-]*\w", folded(shortened(text))))
    has = {name for name, pattern in grammar.patterns.items() if pattern.search(plain)}
    named, rest = periods(plain, Today(today, past="had" in has))
    words = meetings.patterns["noun"].sub(f" {MEETING} ", rest)
    has |= {"meeting"} if named or MEETING in words or "not_now" in has else set()
    asks = "?" in text or bool(grammar.patterns["asks"].match(plain))
    has |= set() if asks else {"told"}
    topic = next((topic for topic, names in _RULES if has.issuperset(names)), None)
    if topic is None or not (asks or topic in _TOLD) or _holds_other_words(grammar, words):
        return None
    return Question(
        topic=topic,
        language=meetings.language(plain),
        period=joined(named) if named else None,
        negated=bool(has & {"negation", "off"}),
        either="either" in has,
        named="reminder" in has,
        registered="registered" in has,
    )


def _holds_other_words(grammar: _Grammar, words: str) -> bool:
    """Whether there is a word that means nothing here."""
    for pattern in grammar.patterns.values():
        words = pattern.sub(_blank, words)
    known: Collection[str] = grammar.fillers | {MEETING, PLACE}
    return any(word not in known for word in words.split())


def _blank(match: re.Match[str]) -> str:
    return re.sub(rf"[^{MEETING}{PLACE}]", " ", match[0])
