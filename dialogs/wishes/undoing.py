"""Whether a message asks to undo the last change, in whatever words: `hmm, undo`, `maak ongedaan, die drie dagen`."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from dialogs.context import Context
from dialogs.understanding.courtesy import words_of
from dialogs.values import ConversationState, Subscription
from dialogs.wishes.fulfil import NOBODY, leads_of
from dialogs.wishes.items import read_items
from dialogs.wishes.vocabulary import Kind, vocabulary
from faq.language import LANGUAGES

_CLAUSE = re.compile(r"[,.;:!?\n]+|\s-{1,2}\s")
_WISHES = frozenset((Kind.REMINDER, Kind.REMIND, Kind.UNTIL, Kind.THROUGH, Kind.BEFORE, Kind.OFF))
WORDS_MAX = 14
"""Words of a message that asks to undo; a longer one tells a story in which it occurs."""


def asks_to_undo(context: Context, text: str, state: ConversationState, today: date) -> bool:
    """Whether a clause asks to undo and no other wishes for anything else.

    Args:
        context: the words.
        text: what was said.
        state: what was changed last, and when something was said last.
        today: the day on the calendar.
    """
    clauses = [words for part in _CLAUSE.split(text) if (words := words_of(part))]
    if sum(map(len, clauses)) > WORDS_MAX:
        return False
    at = state.undoable.at if state.undoable else None
    just_changed = at is not None and state.last.at == at
    undoing = [c for c in clauses if _undoes(context, c, as_it_was=just_changed)]
    others = " , ".join(" ".join(clause) for clause in clauses if clause not in undoing)
    named = _named(context, others, today)
    changed = _changed(context, state)
    # What is undone must be plain: it was changed just now, or it is named.
    plain = just_changed or bool(named)
    return bool(undoing) and plain and named <= changed and not _wishes(context, others, today)


def _undoes(context: Context, clause: list[str], *, as_it_was: bool) -> bool:
    """Whether a clause is nothing but a way to say undo."""
    around = context.texts.words("undo.around")
    keys = ("undo.core", "undo.as_it_was") if as_it_was else ("undo.core",)
    phrase = f" {' '.join(clause)} "
    cores = (core for key in keys for core in _longest_first(context, key))
    core = next((core for core in cores if f" {core} " in phrase), None)
    return core is not None and set(phrase.replace(f" {core} ", " ", 1).split()) <= around


def _longest_first(context: Context, key: str) -> Iterable[str]:
    listed = (phrase for one in LANGUAGES for phrase in context.texts.get_list(one, key))
    return sorted((" ".join(words_of(phrase)) for phrase in listed), key=len, reverse=True)


def _wishes(context: Context, rest: str, today: date) -> bool:
    """Whether what stands beside it asks for more than to undo; `verkeerde knop` does not."""
    items = read_items(vocabulary(context.texts), rest, today) if rest else ()
    return any(item.kind in _WISHES for item in items)


def _named(context: Context, rest: str, today: date) -> set[timedelta | None]:
    """The leads that are named beside it: `die drie dagen`."""
    items = read_items(vocabulary(context.texts), rest, today) if rest else ()
    return {item.length.lead for item in items if item.length and not item.length.bare}


def _changed(context: Context, state: ConversationState) -> set[timedelta | None]:
    """The leads that came or went with the last change."""

    def leads(subscription: Subscription | None) -> frozenset[timedelta]:
        known = subscription or NOBODY
        return leads_of(known, context.calendar) if known.active else frozenset()

    before = state.undoable.before if state.undoable else None
    return set(leads(before) ^ leads(state.subscription))
