"""A word or two, as one would type in a search box: the entries that have these words in what is asked of them."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.context import Context
from dialogs.leaning import content_words
from dialogs.suggestions import ALONE_SHARE, BELIEVED_AT
from faq.entries import normalized
from faq.language import Language, Text
from faq.search.result import SUGGESTIONS, Match, SearchResult
from faq.sentences import has_word

WORDS_MAX = 2
"""Words of a message that is read so."""
LEADS_AT = 0.15
"""An entry that is alone so likely is what the words mean."""
PREFIX_LETTERS = 5
"""Letters from which a word also stands for what begins with it: `geldigheid`, `geldigheidsduur`."""


def theme(context: Context, text: str) -> tuple[Text, Language] | None:
    """The theme that a message names, and nothing besides, with or without its article; and in which language."""
    typed = normalized(text)
    for named in context.knowledge.themes():
        for language, name in named.written():
            if typed and normalized(name) in (typed, f"de {typed}", f"the {typed}"):
                return named, language
    return None


def named(context: Context, text: str, result: SearchResult) -> SearchResult:
    """The answer that the content words in a message ask for as they stand: `en een CI?`; else the result."""
    words = content_words(context.texts, text)
    if result.zone == "answer" or not 0 < len(words) <= WORDS_MAX or context.search is None:
        return result
    alone = context.search.search(" ".join(words))
    exact = alone.zone == "answer" and alone.matches[0].score == 1
    return replace(alone, language=result.language) if exact else result


def looked_up(context: Context, text: str, result: SearchResult) -> SearchResult:
    """What the search makes of a message; of a word or two that are not clear to it, who else has them.

    One entry is likely, two or three are offered; of more the words say too little.
    """
    words = content_words(context.texts, text)
    # Of `1.1.1.1` the spaces make one word, and it is many.
    if result.zone == "answer" or not words or max(len(words), len(text.split())) > WORDS_MAX:
        return result
    if _leads(result.matches):
        best = replace(result.matches[0], score=max(result.matches[0].score, BELIEVED_AT))
        return replace(result, zone="suggest", matches=(best, *result.matches[1:]))
    entries = context.knowledge.entries.values()
    titled = [one.id for one in entries if _asks([one.title(result.language)], words)]
    asked = [one.id for one in entries if _asks([p for p, _ in one.phrasings], words)]
    ids = next((ids for ids in (titled, asked) if 0 < len(ids) <= SUGGESTIONS), [])
    if not ids:
        return result
    score = BELIEVED_AT if len(ids) == 1 else BELIEVED_AT / len(ids)
    return replace(result, zone="suggest", matches=tuple(Match(id_, score) for id_ in ids))


def _leads(matches: Sequence[Match]) -> bool:
    """Whether the first entry is far ahead: of so few words the search is never sure."""
    if not matches or matches[0].id.startswith("@") or matches[0].score < LEADS_AT:
        return False
    return all(match.score < ALONE_SHARE * matches[0].score for match in matches[1:])


def _asks(phrasings: Sequence[str], words: Sequence[str]) -> bool:
    """Whether one of the phrasings has all the words, or words that begin with them."""
    asked = (normalized(phrasing).split() for phrasing in phrasings)
    return any(all(_begins(held, word) for word in words) for held in asked)


def _begins(words: Sequence[str], word: str) -> bool:
    long = len(word) >= PREFIX_LETTERS
    return has_word(words, word) or (long and any(other.startswith(word) for other in words))
