"""What is done with a message: the thresholds, and the rule for two questions at once."""

from collections.abc import Sequence
from dataclasses import replace

from faq.language import Language
from faq.search.calibration import ConfidenceFeatures
from faq.search.model import Scored
from faq.search.result import SUGGESTIONS, Match, SearchResult

# Why here: docs/search.md. What ends in _AT is a probability, unless it says otherwise.
ANSWER_AT = 0.75
"""Given as the answer from this probability."""
COMMAND_AT = 0.45
"""A command is carried out from this probability; dialogs ask more where it matters."""
OFFER_AT = 0.02
"""Offered from this probability that one of the best three is right."""
DOUBTED = 0.5
"""The highest probability of an entry that says nothing of a name in the question: offered, never told."""
TIE_RATIO = 0.6
"""A second match with more than this part of the first's probability makes it a choice: nothing is answered."""
SECOND_AT = 0.3
"""The second question of a message is offered from this probability."""
ENGLISH_AT, SHORT_ENGLISH_AT = 1.0, 2.0
"""A message is English from these log-odds; a short one from the latter. Dutch when in doubt."""
SHORT_WORDS = 2
"""Words of a message that is only answered where its words are clear: `4.0` may mean anything."""
SHORT_LEAD = 1.5
"""How far ahead the words of such a message put the best class, in log-odds."""


def language(scored: Scored, word_count: int) -> Language:
    """The language of a message."""
    threshold = SHORT_ENGLISH_AT if word_count <= SHORT_WORDS else ENGLISH_AT
    return "en" if scored.english > threshold else "nl"


def answers(
    scored: Scored, features: ConfidenceFeatures, matches: Sequence[Match], right: float
) -> bool:
    """Whether the first match is given as the answer, or carried out as the command.

    Args:
        scored: what the model made of the message.
        features: the same, of its best class.
        matches: best first.
        right: the probability that the first is right.
    """
    if len(matches) > 1 and matches[1].score > TIE_RATIO * matches[0].score:
        return False
    if features.is_command:
        return right >= COMMAND_AT
    readable = features.word_count > SHORT_WORDS or scored.lead >= SHORT_LEAD
    return scored.has_known_word and readable and right >= ANSWER_AT


def offers(scored: Scored, offer: float) -> bool:
    """Whether the best matches are offered; `offer` is the probability that one of them is right."""
    return scored.has_known_word and offer >= OFFER_AT


def with_second_question(whole: SearchResult, parts: Sequence[SearchResult]) -> SearchResult:
    """Of two questions in one message the surer is answered, and the other offered beside it.

    Args:
        whole: what the search made of the whole message.
        parts: what it made of each question in it.

    A command beside a question is offered, never carried out. Where no part is sure, the best of
    each is offered.
    """
    parts = sorted(filter(_is_clear, parts), key=_priority)
    ids = list(dict.fromkeys(part.matches[0].id for part in parts))
    carries_out = whole.zone == "answer" and _is_command(whole)
    if len(ids) < 2 or ids[0].startswith("@") or carries_out:
        return whole
    if parts[0].zone != "answer":
        return whole if whole.zone == "answer" else _offer_each(whole, parts)
    if whole.zone != "answer" or whole.matches[0].id not in ids:
        whole = _answer_with(whole, parts[0].matches[0])
    return replace(whole, also=next(id_ for id_ in ids if id_ != whole.matches[0].id))


def _is_clear(part: SearchResult) -> bool:
    """Whether a question counts as one of its own."""
    return bool(part.matches) and (part.zone == "answer" or part.matches[0].score >= SECOND_AT)


def _priority(part: SearchResult) -> tuple[bool, bool, float]:
    """What is answered rather: an entry than a command, then what is sure, then what is likely."""
    return (_is_command(part), part.zone != "answer", -part.matches[0].score)


def _is_command(result: SearchResult) -> bool:
    return bool(result.matches) and result.matches[0].id.startswith("@")


def _offer_each(whole: SearchResult, parts: Sequence[SearchResult]) -> SearchResult:
    """The best of each question, before what the whole looks like."""
    each = {match.id: match for match in (*(part.matches[0] for part in parts), *whole.matches)}
    return replace(whole, zone="suggest", matches=tuple(each.values())[:SUGGESTIONS])


def _answer_with(whole: SearchResult, match: Match) -> SearchResult:
    """This match as the answer, before the others of the whole."""
    others = (other for other in whole.matches if other.id != match.id)
    return replace(whole, zone="answer", matches=(match, *others))
