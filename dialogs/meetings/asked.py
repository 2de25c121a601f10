"""What a message asks of which meetings: read from its words alone, before the calendar is looked at."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.meetings.grammar import ORDERS, TOPICS, Grammar
from dialogs.meetings.period import Period, Today, joined
from dialogs.meetings.period_words import PLACE, periods
from faq.language import Language
from faq.tokens import folded, shortened

MEETING = "¤"
"""What stands in the words where a word for a meeting stood."""
Relation = Literal["in", "after", "since", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about meetings."""

    language: Language | None = None
    """In which it was asked; None where its words are of any."""
    topics: tuple[str, ...] = ()
    """What is asked, as `grammar.TOPICS` names it, in the order of the message."""
    period: Period | None = None
    relation: Relation = "in"
    """Where the meetings lie, seen from the period."""
    order: int | None = None
    """Which of them: 0 the first, -1 the last."""
    afterwards: bool = False
    """The one after the meeting that was shown last."""
    past: bool = False
    negated: bool = False
    wishes: bool = False
    """Somebody wants or may do something: `hoe geef ik me op voor de volgende sessie`."""
    noun: bool = False
    """A word for a meeting stands in it."""
    plural: bool = False
    strong: bool = False
    """About meetings without a word for one: `gaat augustus door`, `die van mei`."""
    loose: bool = False
    """About meetings as long as the talk is about nothing else: `is er iets in maart`."""
    unread: tuple[str, ...] = ()
    """Words that mean nothing here."""
    clock: str = ""
    """The time of day that is named, as the calendar has it: `het begint toch om 9 uur`."""


def read(grammar: Grammar, text: str, today: date) -> Asked:
    """What a message asks; `today` is the day on the calendar, from which a month without a year is seen."""
    plain = grammar.without("claims", _plain(text)).strip()
    clock, plain = _clock(plain)
    past = grammar.has("past", plain) and not grammar.has("coming", plain)
    rule, unruled = grammar.has("day_rule", plain), grammar.without("day_rule", plain)
    named, rest = periods(unruled, Today(today, past=past))
    words = " ".join(grammar.patterns["noun"].sub(f" {MEETING} ", rest).split())
    topics, rest = _topics(grammar, grammar.without("afterwards", words))
    order, rest = _order(grammar, rest)
    return Asked(
        language=grammar.language(plain),
        topics=_with(topics, "often" if rule else "", "time" if clock else ""),
        clock=clock,
        period=joined(named) if named else None,
        relation=_relation(grammar, words) if named else "in",
        order=order,
        past=past,
        wishes=grammar.has("wishes", words),
        noun=MEETING in words,
        plural=grammar.has("plural", unruled),
        strong=grammar.has("surely", words) or (bool(named) and grammar.has("strong", words)),
        loose=bool(named) and grammar.has("loose", words),
        afterwards=grammar.has("afterwards", words),
        negated=grammar.has("negation", words),
        unread=(plain,) if grammar.has("tells", plain) else tuple(_unread(grammar, rest)),
    )


def _with(topics: list[str], *first: str) -> tuple[str, ...]:
    """The topics, with before them those that something else in the message tells."""
    return tuple(dict.fromkeys([*filter(None, first), *topics]))


_CLOCK = re.compile(
    r"\b(?:(?:om|rond|at|around) )?(\d{1,2})(?:[.:](\d\d))?(?: ?uur| ?u| o'clock| ?(am|pm))\b"
    r"|\b(?:om|at) (\d{1,2})(?:[.:](\d\d))?\b(?! \d)"
)
_NOON = 12


def _clock(words: str) -> tuple[str, str]:
    """The time of day in the words, as 09:30, and the words without it; empty where none is named."""
    match = _CLOCK.search(words)
    if match is None:
        return "", words
    hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
    if match[3]:
        hour = hour % _NOON + (_NOON if match[3] == "pm" else 0)
    return f"{hour:02}:{minute}", f"{words[: match.start()]} {words[match.end() :]}"


def _plain(text: str) -> str:
    """Lower case, one space between words; marks that no pattern reads are gone."""
    return " ".join(re.findall(r"[\w'/.:-]*\w", folded(shortened(text))))


def _relation(grammar: Grammar, words: str) -> Relation:
    relations: tuple[Relation, ...] = ("after", "since", "before")
    return next((relation for relation in relations if grammar.has(relation, words)), "in")


def _topics(grammar: Grammar, words: str) -> tuple[list[str], str]:
    """What is asked, in the order of the words, and the words without those that ask it."""
    places: list[tuple[int, str]] = []
    for topic in TOPICS:
        pattern = grammar.patterns[topic]
        match = pattern.search(words)
        if match:
            places.append((match.start(), topic))
            words = pattern.sub(_blank, words)
    return [topic for _, topic in sorted(places)], words


def _blank(match: re.Match[str]) -> str:
    """As long as what it replaces; what stands for a meeting or a period stays."""
    return re.sub(rf"[^{MEETING}{PLACE}]", " ", match[0])


def _order(grammar: Grammar, words: str) -> tuple[int | None, str]:
    for name, order in ORDERS.items():
        if grammar.has(name, words):
            return order, grammar.without(name, words)
    return None, words


def _unread(grammar: Grammar, rest: str) -> list[str]:
    for name in ("past", "negation", "turn"):
        rest = grammar.without(name, rest)
    return [word for word in rest.split() if word not in grammar.fillers and word not in (MEETING, PLACE)]  # fmt: skip
