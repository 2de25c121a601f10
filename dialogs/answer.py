"""Questions: one answer with its source, at most three suggestions, or "dat weet ik niet"."""

from datetime import date

from dialogs.context import House
from dialogs.values import (
    Card,
    Choice,
    KeepUnanswered,
    Known,
    Language,
    Link,
    Message,
    Outcome,
    Recent,
    Reply,
)
from faq.knowledge import CONTACT, Entry
from faq.search.result import Found

SUGGESTIONS = 3
QUESTION_KEPT = 500
"""Characters of an unanswered question that are kept; longer ones are rarely questions."""


def answer(house: House, message: Message, found: Found, language: Language) -> Reply:
    """Tell the first match as the answer."""
    best = found.matches[0]
    entry = house.knowledge.entries[best.id]
    outcome = Outcome(kind="answer", language=language, id=best.id, score=best.score)
    recent = Recent(question=message.text, answered=best.id, at=message.at)
    return Reply(
        card=entry_card(house, entry, language, message.at.date(), found.also),
        outcome=outcome,
        recent=recent,
    )


def entry_card(
    house: House, entry: Entry, language: Language, today: date, also: str | None = None
) -> Card:
    """The card of one entry: answer, source links, when it was checked, what to ask next."""
    words = house.words
    text = (
        words.fill(entry.answer.in_(language))
        if CONTACT in entry.answer.in_(language)
        else entry.answer.in_(language)
    )
    if entry.review_by <= today:
        text += "\n\n" + words.say(
            language, "answer.overdue", date=day(house, language, entry.review_by)
        )
    note = [words.say(language, "answer.checked", date=day(house, language, entry.checked))]
    if entry.handbook:
        versions = words.say(language, "answer.handbook_and").join(("", "")) or " "
        joined = f" {versions.strip()} ".join(entry.handbook)
        note.append(words.say(language, "answer.handbook", versions=joined))
    unlinked = [source.title for source in entry.sources if not source.url]
    if unlinked:
        note.append(words.say(language, "answer.source", titles="; ".join(unlinked)))
    note.append(words.say(language, "answer.human"))
    next_ids = [id_ for id_ in ([also] if also else []) + list(entry.related) if id_ != entry.id]
    return Card(
        language=language,
        title=entry.title(language),
        text=text,
        note=" ".join(note),
        links=tuple(Link(source.title, source.url) for source in entry.sources if source.url),
        choices=choices(house, language, dict.fromkeys(next_ids)),
    )


def suggest(house: House, message: Message, found: Found, language: Language) -> Reply:
    """Offer one to three entries; the member chooses."""
    ids = [match.id for match in found.matches[:SUGGESTIONS]]
    card = Card(
        language=language,
        title=house.words.say(language, "suggest.title"),
        text=house.words.say(language, "suggest.text"),
        note=house.words.say(language, "suggest.note"),
        choices=choices(house, language, ids),
    )
    outcome = Outcome(
        kind="suggest", language=language, score=found.matches[0].score, suggestions=tuple(ids)
    )
    return Reply(card=card, outcome=outcome, recent=Recent(question=message.text, at=message.at))


def unknown(
    house: House, message: Message, known: Known, found: Found | None, language: Language
) -> Reply:
    """Admit that nobody here knows; the second time in a row, say something more concrete."""
    again = known.recent.unknowns > 0
    words = house.words
    nearest = [match.id for match in found.matches] if found else []
    near = [id_ for id_ in nearest if not id_.startswith("@")][:SUGGESTIONS]
    text = words.say(language, "unknown.text_again" if again else "unknown.text")
    if near:
        text += "\n\n" + words.say(language, "unknown.nearest")
    card = Card(
        language=language,
        title=words.say(language, "unknown.title_again" if again else "unknown.title"),
        text=text,
        choices=(*choices(house, language, near), *choices(house, language, ["@topics"])),
    )
    score = found.matches[0].score if found and found.matches else 0.0
    return Reply(
        card=card,
        outcome=Outcome(kind="unknown", language=language, score=score),
        changes=(KeepUnanswered(message.text[:QUESTION_KEPT]),),
        recent=Recent(unknowns=known.recent.unknowns + 1, at=message.at),
    )


def choices(
    house: House, language: Language, ids: "list[str] | dict[str, None]"
) -> tuple[Choice, ...]:
    """A button for each id; it says what could have been typed."""
    titles = [house.title(id_, language) for id_ in ids]
    return tuple(Choice(title, title) for title in titles)


def day(house: House, language: Language, when: date) -> str:
    """A date in words: 23 november 2026."""
    return (
        f"{when.day} {house.words.listed(language, 'calendar.months')[when.month - 1]} {when.year}"
    )
