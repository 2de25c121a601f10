"""Which sentences of an answer are told to who asks on about it."""

import re
from functools import partial

from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.leaning import content_words
from faq.entries import Entry, normalized
from faq.language import LANGUAGES, Language
from faq.sentences import Excerpt, fitting, has_word


def excerpt_of(context: Context, text: str, about: Entry, language: Language) -> Excerpt:
    """The sentences of an entry's answer that fit a message best; none where nothing fits.

    Args:
        context: what a dialog may read.
        text: what the member wrote.
        about: the entry.
        language: of the answer.
    """
    texts = context.texts
    answer = texts.fill(about.answer.in_(language))
    title, own = normalized(about.title(language)).split(), content_words(texts, text)
    # What the title says, every sentence is about.
    words = [word for word in own if not has_word(title, word)]
    near = partial(context.near, text) if context.near else None
    return fitting(answer, words, _tells(texts, text), near)


def _tells(texts: Texts, text: str) -> re.Pattern[str] | None:
    """What a sentence has that answers this kind of question; None for a kind that is not known."""
    for language in LANGUAGES:
        asks = texts.get_list(language, "follow_up.asks")
        for kind, pattern in enumerate(asks):
            if re.search(pattern, text.casefold()):
                tells = [texts.get_list(one, "follow_up.tells")[kind] for one in LANGUAGES]
                return re.compile("|".join(tells))
    return None
