"""In which language a talk is held: it stays what it is until two clear messages in a row are in another."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import replace

from dialogs.context import Context
from dialogs.understanding.courtesy import words_of
from dialogs.values import ConversationState, Spoken
from faq.language import LANGUAGES, Language

CLEAR_WORDS = 2
"""Words that only one language has, by which a message is clearly in it; of three words or more one is enough."""
TURN_AFTER = 2
"""Clear messages in a row in another language after which the talk goes on in that."""


def spoken(context: Context, text: str, state: ConversationState) -> Spoken | None:
    """The language of the talk with this message in it; None where neither it nor anything before it tells.

    Args:
        context: the words by which languages are known.
        text: what was written.
        state: what was spoken before, and what was chosen.
    """
    before = state.last.spoken or _held(state)
    heard, is_clear = _heard(context, text)
    if before is None or not (before.sure or heard is None):
        return Spoken(heard, sure=is_clear) if heard else before
    if not is_clear or heard is None:
        return before
    if heard == before.language:
        return replace(before, others=0)
    if before.others + 1 < TURN_AFTER:
        return replace(before, others=before.others + 1)
    return Spoken(heard)


def _held(state: ConversationState) -> Spoken | None:
    """The language that was chosen, or that of a question of ours; that of a card before is no more than likely."""
    asked_in = state.last.pending.language if state.last.pending else None
    chosen = state.language or asked_in
    language = chosen or state.last.language
    return Spoken(language, sure=chosen is not None) if language else None


def _heard(context: Context, text: str) -> tuple[Language | None, bool]:
    """The language of a message by its words, and whether that is clear."""
    words = words_of(text)
    counts = _counts(
        words, {one: context.texts.get_list(one, "language.words") for one in LANGUAGES}
    )
    if not counts:
        counts = _counts(words, _vocabulary(context))
        return (counts.most_common(1)[0][0] if len(counts) == 1 else None), False
    (first, most), *others = counts.most_common()
    rest = sum(count for _, count in others)
    enough = most >= CLEAR_WORDS or len(words) > CLEAR_WORDS
    return (first if most > rest else None), enough and most > 2 * rest


def _counts(words: list[str], known: Mapping[Language, Container[str]]) -> Counter[Language]:
    """How many of the words only one language has."""
    counts = Counter[Language]()
    for word in words:
        having = [language for language in LANGUAGES if word in known[language]]
        if len(having) == 1:
            counts[having[0]] += 1
    return counts


def _vocabulary(context: Context) -> Mapping[Language, Container[str]]:
    """The words of commands, and those in which the content is asked for, in each language."""
    texts = context.texts
    exact = {key for one in LANGUAGES for key in texts.keys(one) if key.startswith("exact.")}
    words = {
        language: {
            word for key in exact for word in words_of(" ".join(texts.get_list(language, key)))
        }
        for language in LANGUAGES
    }
    for entry in context.knowledge.entries.values():
        for phrasing, language in entry.phrasings:
            words[language].update(words_of(phrasing))
    return words
