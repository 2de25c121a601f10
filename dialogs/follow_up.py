"""What is said to who asks on: the sentences that fit, what lies near, the sources; never the same card again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.card import Card
from dialogs.catalog import Texts
from dialogs.changes import KeepUnanswered
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.format import choices
from dialogs.leaning import content_words
from dialogs.subject import FollowUp
from dialogs.values import LastExchange, Message, Outcome, Reply
from faq.entries import Entry, normalized
from faq.language import LANGUAGES, Language
from faq.search.result import SUGGESTIONS, Match
from faq.sentences import Sentence, fitting, joined, split

EXPLAINED = 2
"""Sentences of an answer that say it in short."""


def asks_for_sources(texts: Texts, text: str) -> bool:
    """Whether a message asks where something stands, or whether it is still true."""
    return bool(texts.pattern("follow_up.sources").fullmatch(normalized(text)))


def sources(context: Context, message: Message, about: Entry, language: Language) -> Reply:
    """The sources of an answer, and when they were read."""
    texts, whole = context.texts, _whole(context, message, about, language)
    card = replace(
        whole,
        title=texts.get(language, "follow_up.sources_title", title=about.title(language)),
        fold=None,
        text="" if about.sources else texts.get(language, "follow_up.sources_none"),
        choices=choices(context, [about.id, "@human"], language),
    )
    return _reply(message, card, about)


def no_answer(context: Context, message: Message, language: Language) -> Reply:
    """That there is no answer whose sources could be shown."""
    card = Card(
        language=language,
        title=context.texts.get(language, "follow_up.no_answer_title"),
        text=context.texts.get(language, "follow_up.no_answer_text"),
        choices=choices(context, ["@topics", "@human"], language),
    )
    outcome = Outcome(kind="command", language=language, command="help", score=1.0)
    return Reply(card=card, outcome=outcome, last=LastExchange(question=message.text))


def reply(context: Context, message: Message, asked: FollowUp, language: Language) -> Reply | None:
    """What is said to who asks on; None where the whole answer is what was asked for."""
    if asked.next:
        return _near(context, message, asked, asked.next, language)
    if asked.undecided:
        return _nothing(context, message, asked, language)
    fitting_ones = _same(context, message, asked, language)
    if fitting_ones is None and not asked.again:
        return _nothing(context, message, asked, language)
    return fitting_ones


def _near(
    context: Context, message: Message, asked: FollowUp, match: Match, language: Language
) -> Reply:
    """The answer of an entry near the subject; the card says that it was read so."""
    entry = context.knowledge.entries[match.id]
    texts, card = context.texts, _whole(context, message, entry, language)
    after = texts.get(language, "follow_up.after", title=asked.about.title(language))
    card = replace(card, note=f"{after} {card.note}")
    reply = _reply(message, card, entry, score=match.score)
    rest = (asked.about.id, *(match.id for match in asked.near[1:]))
    return replace(reply, last=replace(reply.last, rest=rest[:SUGGESTIONS]))


def _same(context: Context, message: Message, asked: FollowUp, language: Language) -> Reply | None:
    """Of the subject only the sentences that fit the message, and what lies near; None where none fits."""
    texts, about = context.texts, asked.about
    key, sentences = _sentences(texts, message.text, about, language)
    if not sentences:
        return None
    text = f"{texts.get(language, f'follow_up.{key}')}\n\n{joined(sentences)}"
    return _about(context, message, asked, language, text)


def _nothing(context: Context, message: Message, asked: FollowUp, language: Language) -> Reply:
    """No sentence of the subject fits: what lies near, or its sources where the message asks for a place.

    Where the message has words of its own, nobody here knows it: it is kept as such.
    """
    texts, about = context.texts, asked.about
    if texts.pattern("follow_up.where").search(message.text.casefold()):
        return sources(context, message, about, language)
    key = "perhaps" if asked.near else "nothing"
    reply = _about(context, message, asked, language, texts.get(language, f"follow_up.{key}"))
    outcome = Outcome(kind="suggest", language=language, suggestions=_near_ids(asked))
    own = content_words(texts, message.text)
    return replace(
        reply,
        card=replace(reply.card, sources=None),
        outcome=outcome,
        changes=KeepUnanswered.of(message.text) if own else (),
    )


def _about(
    context: Context, message: Message, asked: FollowUp, language: Language, text: str
) -> Reply:
    """A text about the subject, and what lies near it."""
    about, offered = asked.about, [*_near_ids(asked), asked.about.id, "@human"]
    card = replace(
        _whole(context, message, about, language),
        title=context.texts.get(language, "follow_up.title", title=about.title(language)),
        text=text,
        fold=None,
        choices=choices(context, offered, language),
    )
    return _reply(message, card, about)


def _near_ids(asked: FollowUp) -> tuple[str, ...]:
    """What lies near the subject, the likeliest first."""
    ids = [*(match.id for match in asked.near), *asked.beside]
    return tuple(dict.fromkeys(ids))[:SUGGESTIONS]


def _sentences(
    texts: Texts, text: str, about: Entry, language: Language
) -> tuple[str, Sequence[Sentence]]:
    """The key of what opens the card, and the sentences of the answer to tell."""
    answer = texts.fill(about.answer.in_(language))
    if texts.pattern("follow_up.explains").search(text.casefold()):
        return "explain", list(split(answer))[:EXPLAINED]
    title, own = normalized(about.title(language)).split(), content_words(texts, text)
    # What the title says, every sentence is about.
    words = [word for word in own if word not in title] or own
    sentences = fitting(answer, words, _tells(texts, text))
    return ("partly" if sentences else "nothing"), sentences


def _tells(texts: Texts, text: str) -> re.Pattern[str] | None:
    """What a sentence has that answers this kind of question; None for a kind that is not known."""
    for language in LANGUAGES:
        asks = texts.get_list(language, "follow_up.asks")
        for kind, pattern in enumerate(asks):
            if re.search(pattern, text.casefold()):
                tells = [texts.get_list(one, "follow_up.tells")[kind] for one in LANGUAGES]
                return re.compile("|".join(tells))
    return None


def _whole(context: Context, message: Message, entry: Entry, language: Language) -> Card:
    return entry_card(context, entry, language, today=context.day(message.at))


def _reply(message: Message, card: Card, entry: Entry, score: float = 1.0) -> Reply:
    """A reply that keeps the talk about an entry."""
    outcome = Outcome(kind="answer", language=card.language, id=entry.id, score=score)
    return Reply(
        card=card, outcome=outcome, last=LastExchange(question=message.text, entry=entry.id)
    )
