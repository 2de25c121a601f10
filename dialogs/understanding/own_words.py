"""Whether somebody repeats a sentence of the bot's: to copy `Typ stop als …` is not to ask for it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dialogs.catalog import Texts
from dialogs.understanding.courtesy import words_of
from faq.language import LANGUAGES

_SENTENCE = re.compile(r"[^.?!\n]*[.?!\n]*")
_EXAMPLE = re.compile(r"(?<=[*'])[^*'\n]+(?=[*'])")
WORDS_MIN = 4
"""Words from which a piece of a sentence is taken for a copy."""


def without_copies(texts: Texts, text: str) -> str:
    """A text without the sentences that are, word by word, part of what the bot says.

    What it holds out to be typed is not one of them: `pauze tot 1 september`.
    """
    everything, examples = _everything(texts)

    def is_copied(sentence: str) -> bool:
        words = words_of(sentence)
        phrase = f" {' '.join(words)} "
        return len(words) >= WORDS_MIN and phrase in everything and phrase not in examples

    return "".join(part for part in _SENTENCE.findall(text) if not is_copied(part))


@lru_cache(maxsize=4)
def _everything(texts: Texts) -> tuple[str, str]:
    """All that the bot says, and all that it holds out to be typed, as words, with a bar between texts."""
    sentences = [
        texts.get(language, key)
        for language in LANGUAGES
        for key in sorted(texts.keys(language))
        if not texts.is_list(language, key)
    ]
    examples = [example for text in sentences for example in _EXAMPLE.findall(text)]
    return _joined(sentences), _joined(examples)


def _joined(texts: Iterable[str]) -> str:
    return "|".join(f" {' '.join(words_of(text))} " for text in texts)
