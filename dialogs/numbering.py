"""Numbers that go on with the talk: `en 3?`, `op niveau 5`, `stap 2`, after something that is numbered itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.catalog import Texts
from dialogs.context import Context
from faq.entries import Entry, normalized
from faq.language import LANGUAGES, Language
from faq.sentences import Sentence, split

WORDS_MAX = 6
"""Words of a message that is no more than a number."""
LINES_MAX = 3
"""Lines that are told of a number."""
ORDINALS = ("card.ordinals", "card.ordinals_short")
"""The lists of `first`, `second` in the texts."""
LEAD = 4
"""Characters within which a line begins with the number that it is about: `Op niveau 5`."""

_RANGE = re.compile(
    r"(\d)(?![.,]?\d)((?:\s*(?:,|-|en|of|tot en met|t/m|and|or|to)\s*\d(?![.,]?\d))*)",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"-|tot en met|t/m|to", re.IGNORECASE)
_LISTED = re.compile(r"(\d|[A-Z])[.:)]\s")


@dataclass(frozen=True, slots=True)
class Number:
    """What a message asks for."""

    value: str
    """A figure, or a letter."""
    noun: str
    """What is numbered, in the singular; empty where the message does not say."""


def number_in(texts: Texts, text: str) -> Number | None:
    """The number that a message is, with what is numbered; None where it says more, or less."""
    around, words = texts.words("numbering.around"), normalized(text).split()
    left = [word for word in words if word not in around] if len(words) <= WORDS_MAX else []
    nouns = [word for word in left if word in texts.words("numbering.nouns")]
    values = [value for word in left for value in [_value(texts, word)] if value]
    goes_on = nouns or len(words) > len(left)
    if len(values) != 1 or len(nouns) > 1 or len(left) != 1 + len(nouns) or not goes_on:
        return None
    return Number(values[0], nouns[0] if nouns else "")


def sibling(context: Context, about: Entry, number: Number, language: Language) -> Entry | None:
    """The entry whose title is that of the subject with another number: after step 2, step 3."""
    title, entries = about.title(language), context.knowledge.entries.values()
    named = _title_number(context.texts, title)
    if named is None or number.noun not in ("", named[1].casefold()):
        return None
    wanted = title[: named.start(2)] + number.value + title[named.end(2) :]
    return next((one for one in entries if one.title(language) == wanted), None)


def lines(
    context: Context, about: Entry, number: Number, language: Language
) -> Sequence[Sentence] | None:
    """The lines of the subject's answer about a number; none where it numbers others only, None where nothing."""
    if _title_number(context.texts, about.title(language)):
        # What is about step 3 says of level 3 only how it differs.
        return None
    every = list(split(context.texts.fill(about.answer.in_(language))))
    listed = {one: match[1] for one in every if (match := _LISTED.match(one.bare))}
    if listed and (not number.noun or number.noun in context.texts.words("numbering.lists")):
        so_called = [one for one, value in listed.items() if value.casefold() == number.value]
        # Of A to D, the third is C.
        return so_called or [
            one for place, one in enumerate(listed, 1) if str(place) == number.value
        ]
    nouns = [number.noun] if number.noun else sorted(context.texts.words("numbering.nouns"))
    named = [(one, start) for one in every for start in _named(one.bare, nouns, number.value)]
    leading = [one for one, start in named if start <= LEAD]
    others = [one for one, _ in named] if number.noun else []
    return list(dict.fromkeys(leading or others))[:LINES_MAX] or None


def place_of(texts: Texts, word: str, keys: Sequence[str]) -> int | None:
    """The place of a word, from 1, in the first of these lists of numbers that has it, in any language."""
    for key in keys:
        for words in (texts.get_list(language, key) for language in LANGUAGES):
            if word in words:
                return words.index(word) + 1
    return None


def spelled_out(texts: Texts, text: str, question: str) -> str:
    """A bare number with what the question before it numbers: `en 3`, after `trede 1 of 2?`, is `trede 3`."""
    number = number_in(texts, text)
    if number is None or number.noun:
        return text
    nouns = sorted(texts.words("numbering.nouns"))
    named = re.search(rf"\b({'|'.join(nouns)})\w*\s+\d", question, re.IGNORECASE)
    return f"{named[1]} {number.value}" if named else text


def _title_number(texts: Texts, title: str) -> re.Match[str] | None:
    """What a title numbers, and its number; no version, nor the first of several."""
    nouns = "|".join(sorted(texts.words("numbering.nouns")))
    return re.search(rf"\b({nouns})\s+(\d)(?![.,\d]|\s+(?:tot|to)\b)", title, re.IGNORECASE)


def _value(texts: Texts, word: str) -> str:
    """The figure or letter that a word is; empty where it is neither."""
    place = place_of(texts, word, ORDINALS)
    if place is not None:
        return str(place)
    return word if re.fullmatch(r"[1-9b-d]", word) else ""


def _named(line: str, nouns: Sequence[str], value: str) -> Iterator[int]:
    """Where a line names a number: `Niveau 4 en 5` names both."""
    for match in re.finditer(rf"\b(?:{'|'.join(nouns)})(?:s|en|n)?\s+", line, re.IGNORECASE):
        numbers = _RANGE.match(line, match.end())
        if numbers is None:
            continue
        values = re.findall(r"\d", numbers[0])
        if _THROUGH.search(numbers[2]):
            values = [str(one) for one in range(int(values[0]), int(values[-1]) + 1)]
        if value in values:
            yield match.start()
