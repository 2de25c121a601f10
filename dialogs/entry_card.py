"""The card of an entry: the answer, short first, its sources, who checked it, and what to ask next."""

from datetime import date

from dialogs.card import Card, Choice, Fold, Link, Sources
from dialogs.context import Context
from dialogs.format import choices, day, join_words
from dialogs.markdown import paragraphs
from faq.entries import Entry
from faq.language import DEFAULT, Language

ENOUGH = 130
"""Characters after which a reader has the answer; paragraphs are added until there are so many."""
WORTH_FOLDING = 200
"""A shorter rest is shown: a press for two lines is one too many."""


def entry_card(
    context: Context, entry: Entry, language: Language, *, today: date, also: str | None = None
) -> Card:
    """The card of one entry: answer, source links, who checked it, what to ask next."""
    texts = context.texts
    text = texts.fill(entry.answer.in_(language))
    if entry.review_by <= today:
        text = texts.get(language, "answer.overdue") + "\n\n" + text
    note = [_checked(context, entry, language)]
    if entry.handbook:
        versions = join_words(context, entry.handbook, language)
        note.append(texts.get(language, "answer.handbook", versions=versions))
    doubt = Choice(texts.get(language, "answer.doubt"), context.title("@human", language))
    offered = [id_ for id_ in entry.related if id_ in context.knowledge.entries]
    next_ids = [id_ for id_ in [*([also] if also else []), *offered] if id_ != entry.id]
    return Card(
        language=language,
        title=entry.title(language),
        text=text,
        fold=_fold(context, text, language),
        sources=_sources(context, entry, language),
        note=" ".join(note),
        prompt=texts.get(language, "answer.also" if also else "answer.related"),
        choices=(*choices(context, dict.fromkeys(next_ids), language), doubt),
    )


def _fold(context: Context, text: str, language: Language) -> Fold | None:
    """Where a long answer is cut: after the first paragraphs, which are the answer itself (docs/content.md).

    A paragraph that ends in a colon stays with what it announces.
    """
    lengths, announces = zip(
        *((len(p), p.rstrip("* ").endswith(":")) for p in paragraphs(text)), strict=True
    )
    shown = 1
    while shown < len(lengths) and (sum(lengths[:shown]) < ENOUGH or announces[shown - 1]):
        shown += 1
    if sum(lengths[shown:]) < WORTH_FOLDING:
        return None
    show, hide = (context.texts.get(language, f"answer.{key}") for key in ("more", "less"))
    return Fold(shown, show, hide)


def _sources(context: Context, entry: Entry, language: Language) -> Sources | None:
    """The sources under one label; what is not on the web has no address."""
    if not entry.sources:
        return None
    key = "answer.source" if len(entry.sources) == 1 else "answer.sources"
    titles = [_tongue_in(context, source.title, language) for source in entry.sources]
    links = [Link(title, source.url) for title, source in zip(titles, entry.sources, strict=True)]
    label = context.texts.get(language, key)
    if any(link.url for link in links):
        label += " " + context.texts.get(language, "answer.outside")
    return Sources(label, tuple(links))


def _tongue_in(context: Context, title: str, language: Language) -> str:
    """A source's title that says in the reader's language which language it is in: `(Engels)`, `(German)`."""
    named = zip(
        context.texts.get_list(DEFAULT, "answer.tongues"),
        context.texts.get_list(language, "answer.tongues"),
        strict=True,
    )
    for written, shown in named:
        title = title.replace(f"({written})", f"({shown})")
    return title


def _checked(context: Context, entry: Entry, language: Language) -> str:
    """When and by whom it was held against its live sources; or that nobody did that yet."""
    if entry.check is None and not any(source.url for source in entry.sources):
        return context.texts.get(language, "answer.unlinked")
    if entry.check is None:
        read = day(context, entry.read, language)
        return context.texts.get(language, "answer.unchecked", date=read)
    on = day(context, entry.check.on, language)
    return context.texts.get(language, "answer.checked", date=on, role=entry.check.by)
