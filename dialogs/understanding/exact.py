"""Commands in the very words of the texts, with what people say around them, or with one slip of the key.

It works without any content: `help` and `stop` are understood whatever else is broken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogs.command import Command
from dialogs.context import Context
from dialogs.understanding.courtesy import WORD, words_of
from faq.language import LANGUAGES, Language
from faq.search.spelling import errors

SLIP_WORDS_MAX = 5
"""Words of a message that may be a command with a slip of the key."""
SHORT = 5
"""Letters below which only swapped and doubled ones count: `stap` and `step` are no `stop`."""
REFUSED = re.compile(r"(?:nee|neen|no|nope)\s*[,.!;]\s*", re.IGNORECASE)
"""`nee, stop` stops; `no stop` may mean anything."""


@dataclass(frozen=True, slots=True)
class Exact:
    """What a message names word by word: one command, or several that are equally near."""

    commands: tuple[Command, ...]
    language: Language
    """The language of the words; the first where both have them."""


def exact(context: Context, text: str, commands: Sequence[Command]) -> Exact | None:
    """The command that a message names; None where it says something else.

    Args:
        context: the texts, and the themes that may be named.
        text: what was said, without courtesy.
        commands: the registry.
    """
    if text == "?":
        return _named(context, ["?"], commands)
    words, refused = words_of(text), REFUSED.match(text)
    bare = _bare(context, words_of(text[refused.end() :] if refused else text))
    # `nee, bedankt` refuses something.
    asked = [c for c in commands if not refused or c.id not in ("thanks", "greeting")]
    return (
        _named(context, words, commands)
        or _theme(context, text, commands)
        or (_named(context, bare, asked) if bare else None)
        or _slipped(context, bare or words, asked)
    )


def _named(context: Context, words: list[str], commands: Sequence[Command]) -> Exact | None:
    phrase = " ".join(words)
    for language in LANGUAGES:
        for command in commands:
            if phrase in context.texts.get_list(language, f"exact.{command.id}"):
                return Exact((command,), language)
    return None


def _theme(context: Context, text: str, commands: Sequence[Command]) -> Exact | None:
    """`onderwerpen certificering`, `topics 2`: as a button of the topics says it."""
    words = " ".join(WORD.findall(text.casefold()))
    for language in LANGUAGES:
        theme_word = context.texts.get(language, "topics.theme_says", theme="") + " "
        if words.startswith(theme_word) and _names_topics(context, words.removeprefix(theme_word)):
            return Exact(tuple(c for c in commands if c.id == "topics"), language)
    return None


def _names_topics(context: Context, rest: str) -> bool:
    """Whether this is the name of a theme, with or without a page, or a page."""
    names = {
        " ".join(WORD.findall(name.casefold()))
        for theme in context.knowledge.themes()
        for name in map(theme.in_, LANGUAGES)
    }
    return rest.isdigit() or bool({rest, re.sub(r" \d$", "", rest)} & names)


def _bare(context: Context, words: list[str]) -> list[str]:
    """The words without those that only carry a command: `ik wil … nu maar`."""
    before = _phrases(context, "around.before_command")
    behind = _phrases(context, "around.behind_command")
    while size := next((n for n in (4, 3, 2, 1) if tuple(words[:n]) in before), 0):
        words = words[size:]
    while size := next((n for n in (2, 1) if tuple(words[-n:]) in behind), 0):
        words = words[:-size]
    return words


def _phrases(context: Context, key: str) -> set[tuple[str, ...]]:
    return {tuple(words_of(phrase)) for phrase in context.texts.words(key)}


def _slipped(context: Context, words: list[str], commands: Sequence[Command]) -> Exact | None:
    """The command that is one slip of the key away, where no other is as near.

    A command that changes reminders must be alone within two slips: `amelden` may be either.
    """
    if not words or len(words) > SLIP_WORDS_MAX:
        return None
    typed, nearest = " ".join(words), list[tuple[int, Command, Language]]()
    for language in LANGUAGES:
        for command in commands:
            phrases = context.texts.get_list(language, f"exact.{command.id}")
            if slips := _least(typed, phrases):
                nearest.append((slips, command, language))
    once = {command.id: (command, language) for slips, command, language in nearest if slips == 1}
    if not once or _are_words(context, words):
        return None
    near = {command.id: command for _, command, _ in nearest}
    changes = any(command.changes_reminders for command, _ in once.values())
    chosen = near if changes else {id_: command for id_, (command, _) in once.items()}
    return Exact(tuple(chosen.values()), next(language for _, language in once.values()))


def _least(typed: str, phrases: Iterable[str]) -> int:
    """The slips between what was typed and the nearest phrase; 0 for none near."""
    slips = [slip for phrase in phrases if (slip := _slips(typed, phrase))]
    return min(slips, default=0)


def _slips(typed: str, phrase: str) -> int:
    """One or two slips between what was typed and a phrase; 0 for more, and between short words."""
    if abs(len(typed) - len(phrase)) > 2:
        return 0
    if len(phrase) < SHORT:
        swapped = len(typed) == len(phrase) and sorted(typed) == sorted(phrase)
        doubled = re.sub(r"(.)\1", r"\1", typed) == phrase
        return 1 if (swapped or doubled) and errors(typed, phrase) == 1 else 0
    slips = errors(typed, phrase)
    return slips if slips <= 2 else 0


def _are_words(context: Context, words: list[str]) -> bool:
    """Whether it is one word that exists: `contract` is not `contact` with a slip."""
    if len(words) > 1 or tuple(words) in _phrases(context, "around.no_slip"):
        return len(words) == 1
    texts = (
        text
        for entry in context.knowledge.entries.values()
        for text in (*(p for p, _ in entry.phrasings), *map(entry.answer.in_, LANGUAGES))
    )
    known = {word for text in texts for word in words_of(text)}
    return known.issuperset(words)
