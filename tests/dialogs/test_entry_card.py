"""The card of an entry: short first, and sources in the reader's language."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.entry_card import entry_card
from dialogs.markdown import paragraphs
from faq.entries import Source
from faq.language import Text

TODAY = date(2026, 11, 24)
LONG = "Dat vraagt om uitleg. " * 12


def card_of(shipped, answer, *sources, language="nl"):
    entry = shipped.knowledge.entries["geldigheid-certificaat"]
    return entry_card(
        shipped,
        replace(entry, answer=Text(answer, answer), sources=sources or entry.sources),
        language,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Ja.", None),
        (f"Ja.\n\nNee.\n\n{LONG}", 3),
        (f"{LONG}\n\n{LONG}", 1),
        (f"{LONG}\n\nEn kort.", None),
        (f"{LONG} Zo:\n- {LONG}\n\n{LONG}", 2),
        (f"**{LONG} Zo:**\n- {LONG}\n\n{LONG}", 2),
    ],
    ids=["short", "short first", "long", "a short rest", "a list stays", "also below bold"],
)
def test_a_long_answer_shows_its_first_paragraphs(shipped_context, answer, shown):
    fold = card_of(shipped_context, answer).fold

    assert (fold and fold.paragraphs) == (None if shown == len(paragraphs(answer)) else shown)


def test_no_answer_is_cut_before_it_says_anything(shipped_context):
    for entry in shipped_context.knowledge.entries.values():
        card = entry_card(shipped_context, entry, "nl", today=TODAY)
        if card.fold:
            shown = paragraphs(card.text)[: card.fold.paragraphs]
            assert sum(map(len, shown)) >= 100, entry.id
            assert not shown[-1].rstrip("* ").endswith(":"), entry.id


def test_the_language_of_a_source_is_named_in_the_reader_s(shipped_context):
    german = Source("Umwelt (Duits)", "https://example.org")
    labels = {}
    for language in ("nl", "en"):
        sources = card_of(shipped_context, "Ja.", german, language=language).sources
        labels[language] = (sources.label, sources.links[0].label)

    assert labels == {
        "nl": ("Bron (buiten Teams)", "Umwelt (Duits)"),
        "en": ("Source (outside Teams)", "Umwelt (German)"),
    }


def test_what_is_not_on_the_web_is_not_said_to_be_outside_teams(shipped_context):
    assert card_of(shipped_context, "Ja.", Source("Een boek", "")).sources.label == "Bron"
