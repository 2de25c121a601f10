"""A card in the terminal: plain text, and no server is loaded to write it."""

import dataclasses
import subprocess
import sys

import pytest

from bot.cli.text import WIDTH, adaptive_card_text, card_text
from bot.teams.cards import adaptive
from bot.teams.plain import plain_text
from dialogs.card import Card, Choice, Fold, Form, Link, Sources, Tick
from tests.support import ROOT

CARD = Card(
    language="nl",
    title="Hoe lang is een certificaat geldig?",
    text="**Drie jaar.** " + "Daarna begint het opnieuw. " * 8 + "[SKAO](https://example.nl)",
    choices=(Choice("Help", "help"), Choice("Mens", "mens")),
)


def test_a_card_is_text_and_a_link_has_its_address():
    lines = card_text(CARD).splitlines()

    assert lines[0] == "| Hoe lang is een certificaat geldig?"
    assert lines[1].startswith("| Drie jaar. Daarna")
    assert "SKAO: https://example.nl" in " ".join(card_text(CARD).replace("| ", "").split())
    assert lines[-2:] == ["| [Help]", "| [Mens]"]
    assert max(map(len, lines)) <= WIDTH


# Each field of a card → a value, and what must be seen of it wherever the card is drawn.
FORM = Form(
    ticks_label="Hoe lang?",
    ticks=(Tick("een week", "7d", chosen=True),),
    begins_label="Eerste dag",
    begins="2027-07-01",
    last_label="Laatste dag",
    last="",
    submit=Choice("Opslaan", "instellen"),
)
FIELDS = {
    "language": ("nl", []),
    "title": ("Titel", ["Titel"]),
    "text": ("Tekst", ["Tekst"]),
    "facts": ((("Waar", "Teams"),), ["Waar", "Teams"]),
    "note": ("Klein", ["Klein"]),
    "fold": (Fold(1, "Meer", "Minder"), []),
    "sources": (Sources("Bron:", (Link("SKAO", "https://skao.example"),)), ["Bron:", "SKAO", "https://skao.example"]),
    "form": (FORM, ["Hoe lang?", "een week", "Eerste dag", "2027-07-01", "Laatste dag"]),
    "prompt": ("Kies:", ["Kies:"]),
    "choices": ((Choice("Rij", "Rij", row=True), Choice("Hulp", "Hulp")), ["Rij", "Hulp"]),
    "counted": ("Een keuze.", []),
    "hint": ("Anders?", ["Anders?"]),
    "links": ((Link("Deelnemen", "https://teams.example"),), ["Deelnemen", "https://teams.example"]),
}  # fmt: skip
DRAWINGS = {
    "the terminal": card_text,
    "chat": lambda card: adaptive_card_text(adaptive(card), numbered=False),
    "Teams": lambda card: str(adaptive(card)["body"]) + str(adaptive(card)["actions"]),
    "a notification": plain_text,
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_every_field_of_a_card_is_drawn(draw):
    """A field that is added to `Card` fails here until every drawing shows it."""
    assert set(FIELDS) == {field.name for field in dataclasses.fields(Card)}

    drawn = draw(Card(**{name: value for name, (value, _) in FIELDS.items()}))

    assert [part for _, parts in FIELDS.values() for part in parts if part not in drawn] == []


def test_an_element_that_is_not_known_is_named_and_not_left_out():
    card = {"body": [{"type": "Image", "url": "https://example.nl/ladder.png"}]}

    assert adaptive_card_text(card, numbered=False) == "| (Image)"


def test_at_a_terminal_the_buttons_have_numbers():
    card = {"body": [], "actions": [{"type": "Action.Submit", "title": "Help", "data": {}}]}

    assert adaptive_card_text(card, numbered=True) == "| 1) Help"


def test_what_only_writes_text_loads_no_server():
    script = (
        "import sys, bot.cli.preview, bot.cli.text; "
        "print([name for name in sys.modules if name.startswith('aiohttp')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
