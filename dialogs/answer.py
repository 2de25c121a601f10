"""Questions: one answer with its source, at most three suggestions, or "dat weet ik niet"."""

from datetime import date

from dialogs.context import Context
from dialogs.values import (
    Card,
    Choice,
    ConversationState,
    KeepUnanswered,
    Language,
    LastExchange,
    Link,
    Message,
    Outcome,
    Reply,
)
from faq.knowledge import CONTACT, Entry
from faq.search.result import SearchResult

SUGGESTIONS = 3
QUESTION_KEPT = 500
"""Characters of an unanswered question that are kept; longer ones are rarely questions."""


def answer(context: Context, message: Message, found: SearchResult, language: Language) -> Reply:
    """Tell the first match as the answer."""
    best = found.matches[0]
    entry = context.knowledge.entries[best.id]
    outcome = Outcome(kind="answer", language=language, id=best.id, score=best.score)
    last = LastExchange(question=message.text, answered=best.id, at=message.at)
    return Reply(
        card=entry_card(context, entry, language, message.at.date(), found.also),
        outcome=outcome,
        last=last,
    )


def entry_card(
    context: Context, entry: Entry, language: Language, today: date, also: str | None = None
) -> Card:
    """The card of one entry: answer, source links, when it was checked, what to ask next."""
    texts = context.texts
    text = (
        texts.fill(entry.answer.in_(language))
        if CONTACT in entry.answer.in_(language)
        else entry.answer.in_(language)
    )
    if entry.review_by <= today:
        text += "\n\n" + texts.get(
            language, "answer.overdue", date=day(context, language, entry.review_by)
        )
    note = [texts.get(language, "answer.checked", date=day(context, language, entry.checked))]
    if entry.handbook:
        versions = texts.get(language, "answer.handbook_and").join(("", "")) or " "
        joined = f" {versions.strip()} ".join(entry.handbook)
        note.append(texts.get(language, "answer.handbook", versions=joined))
    unlinked = [source.title for source in entry.sources if not source.url]
    if unlinked:
        note.append(texts.get(language, "answer.source", titles="; ".join(unlinked)))
    note.append(texts.get(language, "answer.human"))
    next_ids = [id_ for id_ in ([also] if also else []) + list(entry.related) if id_ != entry.id]
    return Card(
        language=language,
        title=entry.title(language),
        text=text,
        note=" ".join(note),
        links=tuple(Link(source.title, source.url) for source in entry.sources if source.url),
        choices=choices(context, language, dict.fromkeys(next_ids)),
    )


def suggest(context: Context, message: Message, found: SearchResult, language: Language) -> Reply:
    """Offer one to three entries; the member chooses."""
    ids = [match.id for match in found.matches[:SUGGESTIONS]]
    card = Card(
        language=language,
        title=context.texts.get(language, "suggest.title"),
        text=context.texts.get(language, "suggest.text"),
        note=context.texts.get(language, "suggest.note"),
        choices=choices(context, language, ids),
    )
    outcome = Outcome(
        kind="suggest", language=language, score=found.matches[0].score, suggestions=tuple(ids)
    )
    return Reply(
        card=card, outcome=outcome, last=LastExchange(question=message.text, at=message.at)
    )


def unknown(
    context: Context,
    message: Message,
    state: ConversationState,
    found: SearchResult | None,
    language: Language,
) -> Reply:
    """Admit that nobody here knows; the second time in a row, say something more concrete."""
    again = state.last.unknowns > 0
    texts = context.texts
    nearest = [match.id for match in found.matches] if found else []
    near = [id_ for id_ in nearest if not id_.startswith("@")][:SUGGESTIONS]
    text = texts.get(language, "unknown.text_again" if again else "unknown.text")
    if near:
        text += "\n\n" + texts.get(language, "unknown.nearest")
    card = Card(
        language=language,
        title=texts.get(language, "unknown.title_again" if again else "unknown.title"),
        text=text,
        choices=(*choices(context, language, near), *choices(context, language, ["@topics"])),
    )
    score = found.matches[0].score if found and found.matches else 0.0
    return Reply(
        card=card,
        outcome=Outcome(kind="unknown", language=language, score=score),
        changes=(KeepUnanswered(message.text[:QUESTION_KEPT]),),
        last=LastExchange(unknowns=state.last.unknowns + 1, at=message.at),
    )


def choices(
    context: Context, language: Language, ids: "list[str] | dict[str, None]"
) -> tuple[Choice, ...]:
    """A button for each id; it says what could have been typed."""
    titles = [context.title(id_, language) for id_ in ids]
    return tuple(Choice(title, title) for title in titles)


def day(context: Context, language: Language, when: date) -> str:
    """A date in words: 23 november 2026."""
    return f"{when.day} {context.texts.get_list(language, 'calendar.months')[when.month - 1]} {when.year}"
