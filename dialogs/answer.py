"""Questions: one answer with its source, at most three suggestions, or "dat weet ik niet"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.card import Card, Choice
from dialogs.changes import KeepUnanswered
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.format import choices
from dialogs.values import ConversationState, LastExchange, Message, Outcome, Reply
from faq.entries import Entry
from faq.language import Language, Text
from faq.search.result import SUGGESTIONS, SearchResult


def answer(
    context: Context,
    message: Message,
    result: SearchResult,
    language: Language,
    *,
    believed: bool = False,
) -> Reply:
    """Answer with the first match.

    Args:
        context: what a dialog may read.
        message: the question.
        result: what the search makes of it.
        language: of the answer.
        believed: it is likely that this was meant, and the card says that it is not sure.
    """
    best, *others = result.matches
    entry = context.knowledge.entries[best.id]
    today = context.day(message.at)
    card = entry_card(context, entry, language, today=today, also=result.also)
    if believed:
        card = _with_doubt(context, card)
    rest = tuple(match.id for match in others if match.id in context.knowledge.entries)
    return Reply(
        card=card,
        outcome=Outcome(kind="answer", language=language, id=best.id, score=best.score),
        last=LastExchange(question=message.text, entry=best.id, rest=rest[:SUGGESTIONS]),
    )


def _with_doubt(context: Context, card: Card) -> Card:
    """The card of an answer that says that it may not be what was asked."""
    title = context.texts.get(card.language, "believe.title", title=card.title)
    note = context.texts.get(card.language, "believe.note")
    return replace(card, title=title, note=f"{note} {card.note}")


def suggest(
    context: Context,
    message: Message,
    state: ConversationState,
    result: SearchResult,
    language: Language,
) -> Reply:
    """Offer one to three matches, and that it is none of them; the member chooses."""
    ids = [match.id for match in result.matches[:SUGGESTIONS]]
    why = f"suggest.{result.foreign}" if result.foreign else "suggest.text"
    card = Card(
        language=language,
        title=context.texts.get(language, "suggest.title"),
        text=context.texts.get(language, why),
        hint=context.texts.get(language, "suggest.note"),
        choices=(*choices(context, ids, language), none_of_these(context, language)),
    )
    outcome = Outcome(
        kind="suggest", language=language, score=result.matches[0].score, suggestions=tuple(ids)
    )
    rest = tuple(m.id for m in result.matches[SUGGESTIONS:] if m.id in context.knowledge.entries)
    entry = state.last.entry if _stays(context, state.last.entry, ids) else ""
    last = LastExchange(question=message.text, entry=entry, rest=rest)
    return Reply(card=card, outcome=outcome, last=last)


def _stays(context: Context, about: str, ids: Sequence[str]) -> bool:
    """Whether what is offered is still near what the talk is about: it, related, or of its theme."""
    entries = context.knowledge.entries
    if about not in entries:
        return False
    entry = entries[about]
    near = {about, *entry.related, *(id_ for id_ in ids if _has_theme(entries, id_, entry.theme))}
    return bool(near & set(ids))


def _has_theme(entries: Mapping[str, Entry], id_: str, theme: Text) -> bool:
    return id_ in entries and entries[id_].theme == theme


def none_of_these(context: Context, language: Language) -> Choice:
    """The choice that says that nothing of the card was meant."""
    label = context.texts.get(language, "card.none_says")
    return Choice(label, label)


def not_meant(
    context: Context, state: ConversationState, language: Language, key: str = "card.none"
) -> Reply:
    """What was offered or told is not what was asked: what else it may be, other words, or a person.

    The question counts as one without an answer.

    Args:
        context: what a dialog may read.
        state: with the question, and what else it may have meant.
        language: of the reply.
        key: of the texts that open the card.
    """
    texts, last = context.texts, state.last
    rest = [id_ for id_ in last.rest if id_ in context.knowledge.entries]
    text = texts.get(language, f"{key}_text")
    if rest:
        text += "\n\n" + texts.get(language, "card.none_rest")
    card = Card(
        language=language,
        title=texts.get(language, f"{key}_title"),
        text=text,
        choices=choices(context, [*rest, "@human", "@topics"], language),
    )
    outcome = Outcome(kind="command", language=language, score=1.0, command="human")
    asked = last.question
    kept = KeepUnanswered.of(asked) if last.kind in ("answer", "suggest") else ()
    return Reply(card=card, outcome=outcome, changes=kept, last=LastExchange(unknowns=1))


def which(context: Context, state: ConversationState, language: Language) -> Reply:
    """One of the choices was meant, but not which."""
    card = Card(
        language=language,
        title=context.texts.get(language, "card.which_title"),
        text=context.texts.get(language, "card.which_text"),
        note=context.texts.get(language, "suggest.note"),
        choices=state.last.offered,
    )
    outcome = Outcome(kind="suggest", language=language)
    return Reply(card=card, outcome=outcome, last=state.last)


def unknown(
    context: Context,
    message: Message,
    state: ConversationState,
    result: SearchResult,
    language: Language,
) -> Reply:
    """Admit that nobody here knows; the second time in a row, say something more concrete."""
    again = state.last.unknowns > 0
    texts = context.texts
    entries = [match.id for match in result.matches if not match.id.startswith("@")]
    near = entries[:SUGGESTIONS]
    text = texts.get(language, "unknown.text_again" if again else "unknown.text")
    if near:
        text += "\n\n" + texts.get(language, "unknown.nearest")
    card = Card(
        language=language,
        title=texts.get(language, "unknown.title_again" if again else "unknown.title"),
        text=text,
        choices=choices(context, [*near, "@topics"], language),
    )
    score = result.matches[0].score if result.matches else 0.0
    return Reply(
        card=card,
        outcome=Outcome(kind="unknown", language=language, score=score),
        changes=KeepUnanswered.of(message.text),
        last=LastExchange(unknowns=state.last.unknowns + 1, entry=state.last.entry),
    )
