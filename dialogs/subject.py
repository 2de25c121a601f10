"""What the talk is about, and whether a message asks on about that or about something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.excerpts import excerpt_of
from dialogs.leaning import content_words, leans, subject_words
from dialogs.naming import in_title
from dialogs.nearby import NAMED_ODDS, OTHER_ODDS, likely, odds, offered, told
from dialogs.values import Quoted
from faq.entries import Entry, normalized
from faq.language import DEFAULT, LANGUAGES, Language
from faq.search.follow_up import FOLLOW_UP_MAX_WORDS, points_back
from faq.search.result import Match, SearchResult
from faq.sentences import NO_EXCERPT, Excerpt, has_word

CLEAR_AT, LEANING_AT, ELSEWHERE_AT = 0.8, 0.9, 0.93
"""A message that asks on stands by itself from this probability; where it leans on the talk, and away from the
subject, from the latter ones."""
COMMAND_AT, THANKS_AT = 0.9, 0.85
"""A command without any word that it is known by is carried out from this probability; thanks are taken sooner."""
GUESSED = 0.3
"""Probability below which what a message may ask by itself is a guess."""
SAME_SUBJECT_MAX = 5
"""Words of a message that asks on because the subject has all the content words in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A message that asks on: about something near the subject, or about the subject itself."""

    about: Entry
    """The subject."""
    language: Language
    """Of the talk."""
    told: str = ""
    """The part of its answer that was told just before."""
    shortened: bool = False
    """Whether it was told in short just before."""
    excerpt: Excerpt = NO_EXCERPT
    """What of the subject's answer fits the message."""
    near: tuple[Match, ...] = ()
    """What else it may ask, best first, with the probability that the talk makes of it."""
    offered: tuple[Match, ...] = ()
    """What of this is likely enough to be offered in the place of an answer."""
    next: Match | None = None
    """The first of these where it lies near the subject, is likely, and nothing else is."""
    leans: bool = True
    """Whether it says too little by itself: then it is answered within the talk, whatever is known."""
    again: bool = False
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


def follow_up(
    context: Context, text: str, asked: FollowUp, result: SearchResult
) -> FollowUp | None:
    """How a message asks on about the subject of `asked`; None where it stands by itself.

    Args:
        context: what a dialog may read.
        text: what the member wrote.
        asked: with the subject and the language of the talk.
        result: what the search makes of the message.
    """
    about = asked.about
    own = subject_words(context.texts, text)
    weights = {match.id: odds(context, about, match.id, own) for match in result.matches}
    clear = _is_clear(context, text, about, result, weights)
    astray = clear and _leads_astray(context, text, about, result)
    excerpt = excerpt_of(context, text, about, asked.language) if astray or not clear else None
    if excerpt is None or (clear and not excerpt.sure):
        return None
    away = all(weights[match.id] == OTHER_ODDS for match in result.matches[:1])
    asks_on = _asks_on(context.texts, text, about, own, away=away) or _guessed(text, result)
    again = not asks_on and _is_same(about, result)
    near = likely(result, weights, own)
    first = None if _finds(result, about) else told(context, text, about, near, weights)
    read = replace(asked, excerpt=excerpt, near=near, offered=offered(near, weights), next=first)
    read = replace(read, leans=asks_on or again, again=again)
    return read if read.leans or excerpt.sure or first else None


def _guessed(text: str, result: SearchResult) -> bool:
    """Whether the search can only guess what a short message asks by itself."""
    short = len(text.split()) <= FOLLOW_UP_MAX_WORDS
    return short and result.zone == "suggest" and result.matches[0].score < GUESSED


def _leads_astray(context: Context, text: str, about: Entry, result: SearchResult) -> bool:
    """Whether a message that points back would leave the subject for something far from it: `en voor gemeenten?`."""
    best = context.knowledge.entries.get(result.matches[0].id)
    exact = result.matches[0].score == 1
    if best is None or exact or not points_back(text):
        return False
    return best.theme != about.theme and best.id not in about.related


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
    context: Context, text: str, about: Entry, result: SearchResult, weights: Mapping[str, float]
) -> bool:
    """Whether a message is so clear by itself that the talk changes nothing."""
    if result.zone != "answer":
        return False
    best, texts = result.matches[0], context.texts
    if best.id.startswith("@"):
        return bool(content_words(texts, text)) or is_known_by(texts, best.id, text)
    if best.score == 1 or best.id == about.id:
        return best.score == 1
    near, leaning = weights[best.id] > OTHER_ODDS, leans(texts, text)
    entry = context.knowledge.entries[best.id]
    if near and leaning and in_title(entry, subject_words(texts, text)):
        return best.score >= LEANING_AT
    if leaning and weights[best.id] < NAMED_ODDS:
        return False
    return best.score >= (CLEAR_AT if near else ELSEWHERE_AT)


def is_known_by(texts: Texts, command: str, text: str) -> bool:
    """Whether a message has a word that an `@command` is known by; some commands are known by none."""
    key = f"about.{command[1:]}"
    return key not in texts.keys(DEFAULT) or bool(texts.pattern(key).search(text.casefold()))


def without_unasked_command(texts: Texts, text: str, result: SearchResult) -> SearchResult:
    """A result whose command is carried out only where a message asks for it.

    That is where it has a word that the command is known by, or the search is very sure; and where it
    has no word that is none of any command's: `stoppen met mijn studie`.
    """
    if result.zone != "answer" or not result.matches[0].id.startswith("@"):
        return result
    best, *others = result.matches
    known, thanks = is_known_by(texts, best.id, text), best.id == "@thanks"
    sure = best.score >= (THANKS_AT if thanks else COMMAND_AT)
    # Thanks are welcome, for whatever it is.
    elsewhere = result.strange and not (known and thanks)
    translates = texts.pattern("unasked.translate").search(text.casefold())
    if (known or sure) and not elsewhere and not translates:
        return result
    return replace(result, zone="suggest" if others else "unknown", matches=tuple(others))
