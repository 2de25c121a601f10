"""What else a message may ask in a talk: what the search makes of it, weighed by what the talk is about."""

from collections.abc import Mapping, Sequence

from dialogs.context import Context
from dialogs.leaning import content_words, keeps, subject_words
from dialogs.naming import calls, names, titles
from faq.entries import Entry
from faq.search.result import SUGGESTIONS, Match, SearchResult

NAMED_ODDS, RELATED_ODDS, THEME_ODDS, OTHER_ODDS = 6.0, 5.0, 3.0, 0.5
"""How many times likelier an entry is in a talk: that the message names, that the subject names as related,
of the same theme, or any other."""
NEXT_AT, KEEPING_AT, NEXT_ALONE = 0.5, 0.7, 0.6
"""What is near is told from this probability, of a message that keeps to the subject from the second; where
nothing else has more than this part of it."""
BESIDE_AT = 0.15
"""What may be asked next stands beside an answer from this probability."""
OFFER_AT, OFFER_FAR_AT, OFFER_SHARE = 0.35, 0.5, 0.5
"""In the place of an answer it is offered from this probability, what lies away from the subject from the second;
and from this part of the likeliest."""


def odds(context: Context, about: Entry, id_: str, own: Sequence[str]) -> float:
    """How many times likelier the talk makes an entry; 0 for the subject itself and for commands."""
    entry = context.knowledge.entries.get(id_)
    if entry is None or id_ == about.id:
        return 0.0
    if names(context, entry, own):
        return NAMED_ODDS
    # `Hoe vaak moet dat?` is about what the subject is called.
    called = () if own else content_words(context.texts, titles(about))
    if id_ in about.related or calls(context, entry, called):
        return RELATED_ODDS
    return THEME_ODDS if entry.theme == about.theme else OTHER_ODDS


def likely(
    result: SearchResult, weights: Mapping[str, float], own: Sequence[str]
) -> tuple[Match, ...]:
    """What a message may ask besides the subject, best first.

    Args:
        result: what the search makes of the message by itself.
        weights: how many times likelier the talk makes each.
        own: its content words; without any, only what is near the subject counts.
    """
    least = 0 if own else OTHER_ODDS
    weighed = [
        Match(m.id, _times(m.score, weights[m.id])) for m in result.matches if weights[m.id] > least
    ]
    near = (m for m in weighed if m.score >= BESIDE_AT)
    return tuple(sorted(near, key=lambda m: -m.score))[:SUGGESTIONS]


def offered(near: Sequence[Match], weights: Mapping[str, float]) -> tuple[Match, ...]:
    """What of this is likely enough to be offered in the place of an answer."""
    least = OFFER_SHARE * near[0].score if near else 0.0
    return tuple(
        m
        for m in near
        if m.score >= max(least, OFFER_AT if weights[m.id] > OTHER_ODDS else OFFER_FAR_AT)
    )


def told(
    context: Context,
    text: str,
    about: Entry,
    near: Sequence[Match],
    weights: Mapping[str, float],
) -> Match | None:
    """The first of what is near, where it is likely enough, and alone so, to be told in the place of the subject."""
    if not near or weights[near[0].id] <= OTHER_ODDS:
        return None
    first, *others = near
    if any(other.score >= NEXT_ALONE * first.score for other in others):
        return None
    if not subject_words(context.texts, text):
        # Of a message without a word of its own the search can only guess, but for what the subject is called.
        called = content_words(context.texts, titles(about))
        shared = calls(context, context.knowledge.entries[first.id], called)
        return first if shared and first.score >= NEXT_AT else None
    keeping = keeps(context.texts, text) and weights[first.id] < NAMED_ODDS
    return first if first.score >= (KEEPING_AT if keeping else NEXT_AT) else None


def _times(probability: float, times: float) -> float:
    """A probability whose odds are so many times as high."""
    return times * probability / (1 - probability + times * probability)
