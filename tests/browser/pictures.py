"""Draws the pictures of the members' guide anew: `make pictures`."""

import asyncio
import sys

from tests.browser import clients, drawing
from tests.support import ROOT
from tests.support.cards import every_card

FOLDER = ROOT / "docs" / "pictures"
PICTURES = {
    "welkom": "welcome-personal",
    "help": "nl-help-personal",
    "onderwerpen": "nl-onderwerpen-personal",
    "antwoord": "nl-answer-geldigheid-certificaat",
    "bedoel-je-dit": "nl-suggest",
    "weet-ik-niet": "nl-unknown",
    "bijeenkomst": "nl-bijeenkomsten-personal",
    "herinneringen-aan": "nl-said-0-aanmelden-personal",
    "herinnering": "nl-reminder",
    "verplaatst": "nl-moved",
    "mijn-herinneringen": "nl-mijn abonnement-personal",
    "mijn-gegevens": "nl-mijn gegevens-personal",
}
"""The picture, and the card that is on it."""
PIXELS = 500
"""How wide a card is on a desktop."""


async def main():
    """Draw them; the exit code."""
    if why := clients.missing():
        print(f"nothing drawn: {why}")
        return 1
    cards = every_card()
    chosen = {name: cards[card] for name, card in PICTURES.items()}
    wrong = await drawing.draw(chosen, "light", PIXELS, lambda n: FOLDER / f"{n}.png", scale=1)
    print(wrong or f"drawn: {len(chosen)} pictures in {FOLDER.relative_to(ROOT)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
