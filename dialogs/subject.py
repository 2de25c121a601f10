"""What the talk is about, and whether a message asks on about that or about something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.leaning import content_words, keeps, leans, subject_words
from dialogs.naming import in_title, names
from dialogs.values import Quoted
from faq.entries import Entry, normalized
from faq.language import DEFAULT, LANGUAGES
from faq.search.follow_up import points_back
from faq.search.result import Match, SearchResult
from faq.sentences import has_word

CLEAR_AT, LEANING_AT, ELSEWHERE_AT = 0.8, 0.9, 0.93
"""A message that asks on stands by itself from this probability; where it leans on the talk, and away from the
subject, from the latter ones."""
COMMAND_AT = 0.85
"""A command without any word that it is known by is carried out from this probability."""
SAME_SUBJECT_MAX = 5
"""Words of a message that asks on because the subject has all the content words in it."""
NAMED_ODDS, RELATED_ODDS, THEME_ODDS, OTHER_ODDS = 6.0, 5.0, 3.0, 0.5
"""How many times likelier an entry is in a talk: that the message names, that the subject names as related,
of the same theme, or any other."""
NEXT_AT, NEXT_ALONE = 0.5, 0.6
"""What is near is told from this probability, where nothing else has more than this part of it."""
NEAREST = 2
"""Matches of a message with its subject that are looked at; behind these the subject says more."""
OFFER_AT = 0.15
"""What is asked next is offered from this probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A message that asks on: about something near the subject, or about the subject itself."""

    about: Entry
    """The subject."""
    near: tuple[Match, ...]
    """What else it may ask, best first, with the probability that the talk makes of it."""
    next: Match | None
    """The first of these where it lies near the subject, is likely, and nothing else is."""
    undecided: bool
    """Several of these are likely."""
    beside: tuple[str, ...]
    """Ids of what stands beside the subject: nearest to its title with the message behind it, then related."""
    again: bool
    """The message stands by itself, and the subject answers it once more."""


def subject(context: Context, quoted: Quoted | None, last: str) -> Entry | None:
    """The entry that the talk is about: of what a message quotes, else the last one that was told.

    Args:
        context: what a dialog may read.
        quoted: what the message quotes.
        last: the id of the last entry; empty where there is none.
    """
    entries = context.knowledge.entries
    if quoted is None or not quoted.text:
        return entries.get(last)
    text = normalized(quoted.text)
    for entry in entries.values():
        if any(text.startswith(normalized(entry.title(language))) for language in LANGUAGES):
            return entry
    result = context.search.search(quoted.text) if context.search else None
    return entries.get(result.matches[0].id) if result and result.zone == "answer" else None


def follow_up(context: Context, text: str, about: Entry, result: SearchResult) -> FollowUp | None:
    """How a message asks on about a subject; None where it stands by itself.

    Args:
        context: what a dialog may read.
        text: what the member wrote.
        about: the subject.
        result: what the search makes of the message by itself.
    """
    own = subject_words(context.texts, text)
    odds = {match.id: _odds(context, about, match.id, own) for match in result.matches}
    if _is_clear(context, text, about, result, odds):
        return None
    away = all(odds[match.id] == OTHER_ODDS for match in result.matches[:1])
    asks_on = _asks_on(context.texts, text, about, own, away=away)
    if not asks_on and not _is_same(about, result):
        return None
    near = _near(result, odds, own)
    # Of a message without a word of its own the search can only guess.
    open_ = own and not _finds(result, about)
    first = _told(near, odds, named=keeps(context.texts, text)) if open_ else None
    undecided = first is not None and any(m.score >= NEXT_ALONE * first.score for m in near[1:])
    return FollowUp(
        about=about,
        near=near,
        next=None if undecided else first,
        undecided=undecided,
        beside=_beside(context, text, about, own),
        again=not asks_on,
    )


def _told(near: Sequence[Match], odds: Mapping[str, float], *, named: bool) -> Match | None:
    """The first of what is near, where it is likely enough to be told in the place of the subject.

    Args:
        near: what a message may ask besides the subject, best first.
        odds: how many times likelier the talk makes each.
        named: only what the message names; it keeps to the subject.
    """
    least = RELATED_ODDS if named else OTHER_ODDS
    likely = near and near[0].score >= NEXT_AT and odds[near[0].id] > least
    return near[0] if likely else None


def _near(result: SearchResult, odds: Mapping[str, float], own: Sequence[str]) -> tuple[Match, ...]:
    """What a message may ask besides the subject, best first; without a word of its own only what is near."""
    least = 0 if own else OTHER_ODDS
    weighed = [
        Match(m.id, _times(m.score, odds[m.id])) for m in result.matches if odds[m.id] > least
    ]
    return tuple(sorted((m for m in weighed if m.score >= OFFER_AT), key=lambda m: -m.score))


def _beside(context: Context, text: str, about: Entry, own: Sequence[str]) -> tuple[str, ...]:
    entries = context.knowledge.entries
    both = f"{about.title(DEFAULT)} {text}"
    matches = context.search.search(both).matches if context.search else ()
    near = [m.id for m in matches if _odds(context, about, m.id, own) > OTHER_ODDS]
    ids = dict.fromkeys([*near[:NEAREST], *about.related])
    return tuple(id_ for id_ in ids if id_ in entries and id_ != about.id)


def _odds(context: Context, about: Entry, id_: str, own: Sequence[str]) -> float:
    """How many times likelier the talk makes an entry; 0 for the subject itself and for commands."""
    entry = context.knowledge.entries.get(id_)
    if entry is None or id_ == about.id:
        return 0.0
    if names(context, entry, own):
        return NAMED_ODDS
    if id_ in about.related:
        return RELATED_ODDS
    return THEME_ODDS if entry.theme == about.theme else OTHER_ODDS


def _times(probability: float, odds: float) -> float:
    """A probability whose odds are so many times as high."""
    return odds * probability / (1 - probability + odds * probability)


def _is_same(about: Entry, result: SearchResult) -> bool:
    """Whether the subject answers a message, in other words than those of its own phrasings."""
    return result.zone == "answer" and _finds(result, about) and result.matches[0].score < 1


def _finds(result: SearchResult, about: Entry) -> bool:
    """Whether the subject is what the search finds."""
    return any(match.id == about.id for match in result.matches[:1])


def _asks_on(texts: Texts, text: str, about: Entry, own: Sequence[str], *, away: bool) -> bool:
    """Whether a message points back, has no subject of its own, or only words that the subject has.

    Args:
        texts: the words that have no weight.
        text: what the member wrote.
        about: the subject.
        own: the content words in the message.
        away: whether what it may mean by itself lies away from the subject.
    """
    if points_back(text) or not own:
        return True
    if texts.pattern("follow_up.defines").search(text.casefold()):
        return False
    if len(own) == 1 and texts.pattern("follow_up.explains").search(text.casefold()):
        return True
    asked = [phrasing for phrasing, _ in about.phrasings]
    have = normalized(" ".join([*asked, about.answer.nl, about.answer.en])).split()
    short = len(text.split()) <= SAME_SUBJECT_MAX
    return away and short and all(has_word(have, word) for word in own)


def _is_clear(
    context: Context, text: str, about: Entry, result: SearchResult, odds: Mapping[str, float]
) -> bool:
    """Whether a message is so clear by itself that the talk changes nothing."""
    if result.zone != "answer":
        return False
    best, texts = result.matches[0], context.texts
    if best.id.startswith("@"):
        return bool(content_words(texts, text)) or is_known_by(texts, best.id, text)
    if best.score == 1 or best.id == about.id:
        return best.score == 1
    near, leaning = odds[best.id] > OTHER_ODDS, leans(texts, text)
    entry = context.knowledge.entries[best.id]
    if near and leaning and in_title(entry, subject_words(texts, text)):
        return best.score >= LEANING_AT
    if leaning and odds[best.id] < NAMED_ODDS:
        return False
    return best.score >= (CLEAR_AT if near else ELSEWHERE_AT)


def is_known_by(texts: Texts, command: str, text: str) -> bool:
    """Whether a message has a word that an `@command` is known by; some commands are known by none."""
    key = f"about.{command[1:]}"
    return key not in texts.keys(DEFAULT) or bool(texts.pattern(key).search(text.casefold()))


def without_unasked_command(texts: Texts, text: str, result: SearchResult) -> SearchResult:
    """A result whose command is carried out only where a message has its words, or it is very sure."""
    if result.zone != "answer" or not result.matches[0].id.startswith("@"):
        return result
    best, *others = result.matches
    if best.score >= COMMAND_AT or is_known_by(texts, best.id, text):
        return result
    return replace(result, zone="suggest" if others else "unknown", matches=tuple(others))
