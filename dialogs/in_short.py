"""The subject of the talk in fewer words, for whom the answer was too long or too hard; once, not again and again."""

from dataclasses import replace

from dialogs.card import Card
from dialogs.catalog import Texts
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.format import choices
from dialogs.values import LastExchange, Message, Outcome, Reply
from faq.entries import Entry, normalized
from faq.language import Language
from faq.search.result import SUGGESTIONS
from faq.sentences import Sentence, joined, split

SENTENCES = 2
"""Sentences that say an answer in short; an item of a list is a part of one."""
ITEMS = 3
WORDS_MAX = 12


def is_asked(texts: Texts, text: str) -> bool:
    """Whether a message asks for fewer or simpler words, and nothing else."""
    words = normalized(text)
    short = len(words.split()) <= WORDS_MAX
    return short and bool(texts.pattern("talk.simpler").fullmatch(words))


def in_short(
    context: Context, message: Message, about: Entry, language: Language, *, again: bool
) -> Reply:
    """The first sentences of an answer; for whom it was in short already, that nothing shorter is known.

    Args:
        context: what a dialog may read.
        message: what the member wrote.
        about: the subject.
        language: of the reply.
        again: whether it was told in short just before.
    """
    texts = context.texts
    whole = entry_card(context, about, language, today=context.day(message.at))
    first = "" if again else _first(texts.fill(about.answer.in_(language)))
    near = [id_ for id_ in about.related if id_ in context.knowledge.entries][:SUGGESTIONS]
    card = Card(
        language=language,
        title=texts.get(language, "follow_up.title", title=about.title(language)),
        text=f"{texts.get(language, 'follow_up.explain' if first else 'in_short.again')}\n\n{first}",
        note=whole.note,
        choices=choices(context, [*near, about.id, "@human"], language),
    )
    return Reply(
        card=card,
        outcome=Outcome(kind="answer", language=language, id=about.id, score=1.0),
        last=LastExchange(question=message.text, entry=about.id, shortened=True),
    )


def _first(answer: str) -> str:
    """The first sentences; of a list that comes so early the first items. Empty where that is all there is."""
    every, told = list(split(answer)), list[Sentence]()
    for sentence in every:
        same_list = bool(told and sentence.heading and told[-1].heading == sentence.heading)
        if len(told) >= (ITEMS if same_list else SENTENCES):
            break
        told.append(
            replace(sentence, text=_clause(sentence.text)) if sentence.heading else sentence
        )
    return joined(told) if len(told) < len(every) else ""


def _clause(item: str) -> str:
    """The first sentence of an item of a list."""
    return item.split(". ", maxsplit=1)[0].rstrip(".") + "." if ". " in item[4:] else item
