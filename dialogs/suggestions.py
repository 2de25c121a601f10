"""Which matches are worth offering: few, likely, and nothing that was not asked for."""

from collections.abc import Collection, Sequence

from dialogs.context import Context
from dialogs.leaning import content_words
from dialogs.naming import has_all, shares
from dialogs.subject import is_known_by
from faq.entries import normalized
from faq.search.result import SUGGESTIONS, Match

NEVER = frozenset({"@greeting", "@thanks", "@language", "@forget-me"})
"""Commands that nobody looks for in a list: who wants them says so."""
SHARE = 0.15
"""A match with less than this part of the first's probability is not offered beside it."""
LEAST = 0.05
"""Below this probability of the first nothing is offered: of twenty such lists one has what was asked."""
UNSHARED_AT = 0.3
"""What is less likely is offered only where it is asked with a seldom word of the message."""
NEAREST, NEAREST_AT = 2, 0.1
"""Answers under a `dat weet ik niet`, from this probability."""
COMMAND_AT = 0.1
"""A command is offered from this probability: unlike an answer it cannot be just a little beside."""

BELIEVED_AT = 0.7
"""An answer that is alone in being likely is told from this probability, as what was probably meant.

From .6, one in ten of what nobody can answer is told something, from .7 one in fourteen:
the table in docs/search.md.
"""
BELIEVED_SHARED_AT, BELIEVED_ALL_AT = 0.55, 0.4
"""The same for an answer that is asked with a seldom word of the message, or with all its content words."""
ALONE_SHARE = 0.4
"""A second match with more than this part of the first's probability makes it a choice."""


def likely(
    context: Context, text: str, matches: Sequence[Match], reminder_commands: Collection[str]
) -> tuple[Match, ...]:
    """The matches to offer, best first, three at most.

    Args:
        context: what a dialog may read.
        text: what the member wrote.
        matches: best first.
        reminder_commands: the commands that change reminders, each with its @.
    """
    texts = context.texts
    about_reminders = texts.pattern("talk.about_reminders").search(normalized(text))
    barred = NEVER if about_reminders else NEVER | set(reminder_commands)
    left = [
        match
        for match in matches
        if match.id not in barred and (match.id[0] != "@" or match.score >= COMMAND_AT)
    ]
    if not left or left[0].score < LEAST:
        return ()
    near = [m for m in left if m.score >= SHARE * left[0].score]
    sure = left[0].score >= UNSHARED_AT
    return tuple(m for m in near if sure or _shares(context, text, m))[:SUGGESTIONS]


def nearest(matches: Sequence[Match]) -> tuple[Match, ...]:
    """What stands under an honest `dat weet ik niet`: answers that are a little likely, however unlike the words."""
    first = matches[0].score if matches else 0.0
    near = (
        m for m in matches if m.id[0] != "@" and m.score >= max(NEAREST_AT, first * ALONE_SHARE)
    )
    return tuple(near)[:NEAREST]


def is_believed(context: Context, text: str, matches: Sequence[Match]) -> bool:
    """Whether the first is told, though it is not sure: an answer that is likely, and alone so."""
    first, *others = matches
    alone = all(other.score < ALONE_SHARE * first.score for other in others)
    if not alone or first.id not in context.knowledge.entries:
        return False
    if has_all(context.knowledge.entries[first.id], content_words(context.texts, text)):
        return first.score >= BELIEVED_ALL_AT
    return first.score >= (BELIEVED_SHARED_AT if _shares(context, text, first) else BELIEVED_AT)


def _shares(context: Context, text: str, match: Match) -> bool:
    """Whether a match has to do with the words of a message: a command, or an entry with a seldom one of them."""
    entry = context.knowledge.entries.get(match.id)
    if entry is None:
        return is_known_by(context.texts, match.id, text)
    return shares(context, entry, content_words(context.texts, text))
