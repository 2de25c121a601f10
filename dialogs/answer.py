"""Questions: one answer with its source, at most three suggestions, or "dat weet ik niet"."""

from dialogs.changes import KeepUnanswered
from dialogs.context import Context
from dialogs.format import choices, entry_card
from dialogs.values import Card, ConversationState, LastExchange, Message, Outcome, Reply
from faq.language import Language
from faq.search.result import SUGGESTIONS, SearchResult

QUESTION_KEPT = 500
"""Characters of an unanswered question that are kept; longer ones are rarely questions."""


def answer(context: Context, message: Message, result: SearchResult, language: Language) -> Reply:
    """Answer with the first match."""
    best = result.matches[0]
    entry = context.knowledge.entries[best.id]
    outcome = Outcome(kind="answer", language=language, id=best.id, score=best.score)
    last = LastExchange(question=message.text, at=message.at)
    today = context.day(message.at)
    return Reply(
        card=entry_card(context, entry, language, today=today, also=result.also),
        outcome=outcome,
        last=last,
    )


def suggest(context: Context, message: Message, result: SearchResult, language: Language) -> Reply:
    """Offer one to three entries; the member chooses."""
    ids = [match.id for match in result.matches[:SUGGESTIONS]]
    card = Card(
        language=language,
        title=context.texts.get(language, "suggest.title"),
        text=context.texts.get(language, "suggest.text"),
        note=context.texts.get(language, "suggest.note"),
        choices=choices(context, ids, language),
    )
    outcome = Outcome(
        kind="suggest", language=language, score=result.matches[0].score, suggestions=tuple(ids)
    )
    return Reply(
        card=card, outcome=outcome, last=LastExchange(question=message.text, at=message.at)
    )


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
        changes=(KeepUnanswered(message.text[:QUESTION_KEPT]),),
        last=LastExchange(unknowns=state.last.unknowns + 1, at=message.at),
    )
