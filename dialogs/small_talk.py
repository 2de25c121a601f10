"""What is no question: agreement, regret, a laugh, a complaint; it is answered, and the talk goes on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from dialogs.card import Card
from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.format import choices
from dialogs.values import ConversationState, Outcome, Reply
from faq.entries import normalized
from faq.language import Language
from faq.search.result import SUGGESTIONS

WORDS_MAX = 7
"""Words of an acknowledgement; who says more says something."""

SAID_MAX = 14
"""Words of a feeling; a longer message tells a story."""

CLOSING_MIN, NAME_MAX = 2, 3
"""Words of a closing that stands alone, and of the name under it."""

Kind = Literal["ok", "sorry", "unchanged", "no", "wrong", "hard", "known", "how"]
_PATTERNS: tuple[Kind, ...] = ("wrong", "hard", "known", "how")
"""What is known by the whole of a few words; the first counts."""
_FELT = frozenset({"hard", "known"})
"""What leaves the question open: what lies near is shown with it."""


def kind(texts: Texts, text: str) -> Kind | None:
    """What a message says that asks nothing; None where it may ask something."""
    words = normalized(text).split()
    if not words:
        return _of_signs(texts, text)
    whole = " ".join(words)
    if whole in texts.words("talk.sorry"):
        return "sorry"
    if whole in texts.words("talk.unchanged"):
        return "unchanged"
    if whole in texts.words("card.no"):
        return "no"
    while len(words) > 1 and words[0] in texts.words("talk.wrong_after"):
        words.pop(0)
    some = " ".join(words)
    for one in _PATTERNS:
        if len(words) <= SAID_MAX and texts.pattern(f"talk.{one}").fullmatch(some):
            return one
    words = whole.split()
    if _is_closing(texts, words):
        return "ok"
    ok = texts.words("talk.ok_words")
    fillers = texts.words("talk.ok_around") | texts.words("exact.thanks")
    if len(words) <= SAID_MAX and texts.pattern("talk.praise").fullmatch(whole):
        return "ok"
    agrees = bool(ok & set(words)) and set(words) <= ok | fillers
    asks = "?" in text or words[0] in texts.words("talk.asks_first")
    return "ok" if agrees and not asks and len(words) <= WORDS_MAX else None


def _is_closing(texts: Texts, words: Sequence[str]) -> bool:
    """Whether a message is no more than what ends a letter, with a name: `Met vriendelijke groet, Joke`."""
    closings = (normalized(closing).split() for closing in texts.words("around.closing"))
    return any(
        CLOSING_MIN <= len(closing) >= len(words) - NAME_MAX
        and list(words[: len(closing)]) == closing
        for closing in closings
    )


def _of_signs(texts: Texts, text: str) -> Kind | None:
    """What emoji say: a thumb up, a thumb down."""
    if any(sign in text for signs in texts.words("talk.bad_signs") for sign in signs):
        return "wrong"
    if any(sign in text for signs in texts.words("talk.good_signs") for sign in signs):
        return "ok"
    return None


def reply(context: Context, state: ConversationState, language: Language, about: Kind) -> Reply:
    """A few words back; what the talk is about stays what it was."""
    texts, key = context.texts, "unchanged" if about == "no" else about
    card = Card(
        language=language,
        title=texts.get(language, f"talk.{key}_title"),
        text=texts.get(language, f"talk.{key}_text"),
        choices=choices(context, [*_beside(context, state, about), "@topics", "@human"], language),
    )
    command = "human" if about == "wrong" else "thanks"
    return Reply(
        card=card,
        outcome=Outcome(kind="command", language=language, score=1.0, command=command),
        last=replace(state.last, pending=None, unknowns=0),
    )


def _beside(context: Context, state: ConversationState, about: Kind) -> Sequence[str]:
    """What lies near the answer that somebody agrees to, knew already, or has a hard time with."""
    entries = context.knowledge.entries
    if (
        about not in ("ok", *_FELT)
        or state.last.kind != "answer"
        or state.last.entry not in entries
    ):
        return ()
    return [id_ for id_ in entries[state.last.entry].related if id_ in entries][:SUGGESTIONS]
