"""Which answers of the content are about a meeting: what the calendar does not tell."""

from dialogs.context import Context
from dialogs.meetings.grammar import grammar
from faq.language import DEFAULT
from faq.tokens import folded


def is_of_meetings(context: Context, id_: str) -> bool:
    """Whether the title of an entry has a word for a meeting."""
    entry = context.knowledge.entries.get(id_)
    return entry is not None and grammar(context.texts).has("noun", folded(entry.title(DEFAULT)))
