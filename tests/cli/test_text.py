"""A card in the terminal: plain text, and no server is loaded to write it."""

import subprocess
import sys

from bot.cli.text import WIDTH, adaptive_card_text, card_text
from dialogs.values import Card, Choice
from tests.support import ROOT

CARD = Card(
    language="nl",
    title="Hoe lang is een certificaat geldig?",
    text="**Drie jaar.** " + "Daarna begint het opnieuw. " * 8 + "[SKAO ↗](https://example.nl)",
    choices=(Choice("Help", "help"), Choice("Mens", "mens")),
)


def test_a_card_is_text_with_each_source_on_a_line_of_its_own():
    lines = card_text(CARD).splitlines()

    assert lines[0] == "| Hoe lang is een certificaat geldig?"
    assert lines[1].startswith("| Drie jaar. Daarna")
    assert "| ↗ SKAO: https://example.nl" in lines
    assert lines[-2:] == ["| [Help]", "| [Mens]"]
    assert max(map(len, lines)) <= WIDTH


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
