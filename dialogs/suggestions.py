"""Which matches are worth offering: few, likely, and nothing that was not asked for."""

from collections.abc import Collection, Sequence

from dialogs.catalog import Texts
from faq.entries import normalized
from faq.search.result import SUGGESTIONS, Match

NEVER = frozenset({"@greeting", "@thanks", "@language", "@forget-me"})
"""Commands that nobody looks for in a list: who wants them says so."""
SHARE = 0.15
"""A match with less than this part of the first's probability is not offered beside it."""
LEAST = 0.05
"""Below this probability of the first nothing is offered: of twenty such lists one has what was asked."""
COMMAND_AT = 0.1
"""A command is offered from this probability: unlike an answer it cannot be just a little beside."""

BELIEVED_AT = 0.7
"""An answer that is alone in being likely is told from this probability, as what was probably meant.

From .6, one in ten of what nobody can answer is told something, from .7 one in fourteen:
the table in docs/search.md.
"""
ALONE_SHARE = 0.4
"""A second match with more than this part of the first's probability makes it a choice."""


def likely(
    texts: Texts, text: str, matches: Sequence[Match], reminder_commands: Collection[str]
) -> tuple[Match, ...]:
    """The matches to offer, best first, three at most.

    Args:
        texts: the words by which reminders are known.
        text: what the member wrote.
        matches: best first.
        reminder_commands: the commands that change reminders, each with its @.
    """
    about_reminders = texts.pattern("talk.about_reminders").search(normalized(text))
    barred = NEVER if about_reminders else NEVER | set(reminder_commands)
    left = [
        match
        for match in matches
        if match.id not in barred and (match.id[0] != "@" or match.score >= COMMAND_AT)
    ]
    if not left or left[0].score < LEAST:
        return ()
    return tuple(m for m in left if m.score >= SHARE * left[0].score)[:SUGGESTIONS]


def is_believed(matches: Sequence[Match]) -> bool:
    """Whether the first is told, though it is not sure: an answer that is likely, and alone so."""
    first, *others = matches
    alone = all(other.score < ALONE_SHARE * first.score for other in others)
    return first.score >= BELIEVED_AT and alone and not first.id.startswith("@")
