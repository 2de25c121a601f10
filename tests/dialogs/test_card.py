"""Whatever the bot can show a member is on a card that is drawn: none can be forgotten."""

import dataclasses
import re

import pytest

from dialogs.catalog import Texts
from faq.language import LANGUAGES
from tests.support import ROOT
from tests.support.cards import every_card

TEXTS = ROOT / "dialogs" / "texts"
WORDS = Texts({one: (TEXTS / f"{one}.toml").read_text("utf-8") for one in LANGUAGES}, at="{at}")
"""With every placeholder as it stands in the file."""
ELSEWHERE = (
    r"(about|formerly|manifest|meetings\.words|questions\.words|share|two_things|wish)\.",  # read, or said by no card
    r"talk\.(bad_signs|good_signs)$",
    r"says\.(greeting|thanks)$",  # no card offers to greet
    r"meetings\.list_(cancelled|line|moved)$",  # the command line prints these
)
"""Texts that no card shows."""
PATTERN = re.compile(r"\\[bwWd]|\(\?|\w\|\w")
"""What only an expression that reads a message has."""
WORDS_WITHIN = (
    r"leads\.(days|minute)$",
    r"(reason|state)\.",  # words in the list of sent messages, and in an answer to `mijn gegevens`
    r"meetings\.(rhythm|facts)\.",  # of other calendars than the shipped
    r"meetings\.(answer\.calendar\w*|none_was)$",  # asked in words that the search must be there for
    r"reminder\.name(_now)?$",  # what it was called is told in Dutch only
    r"(answer\.human|follow_up\.partly)$",
)
"""Parts of a sentence, of which a card that is drawn shows others."""


def shown(value):
    """Every text in a card."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from shown(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from shown(part)


def on_no_card(language, cards, keys):
    """The keys of which no card shows the text, whatever stands in its placeholders."""
    all_shown = ["\n".join(shown(card)) for card in cards]
    titles = [card.title for card in cards]
    lacking = set()
    for key in keys:
        parts = [p.strip() for p in re.split(r"\{\w+\}", WORDS.get(language, key)) if p.strip()]
        where = titles if key.endswith("title") else all_shown
        if not any(all(part in text for part in parts) for text in where):
            lacking.add(key)
    return lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_a_card_can_show_is_on_one_that_is_drawn(language):
    """A dialog that is added with texts of its own, and not drawn, fails here."""
    cards = [card for card in every_card().values() if card.language == language]
    excepted = re.compile("|".join((*ELSEWHERE, *WORDS_WITHIN)))
    texts = {key for key in WORDS.keys(language) if not WORDS.is_list(language, key)}
    keys = {key for key in texts if not PATTERN.search(WORDS.get(language, key))}

    assert on_no_card(language, cards, {k for k in keys if not excepted.match(k)}) == set()
