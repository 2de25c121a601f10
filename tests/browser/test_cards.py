"""The cards as the official renderer draws them: three themes, a desktop and a phone."""

import pytest

from tests.browser import clients, drawing
from tests.support.cards import every_card

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": 500, "phone": 320 - 32}
"""Pixels of the card; a phone of 320 px keeps 16 px free on both sides."""
THEMES = ("light", "dark", "contrast")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
async def test_every_card_is_drawn_whole(theme, width):
    folder = clients.SHOTS / "cards" / f"{theme}-{width}"
    folder.mkdir(parents=True, exist_ok=True)

    def file_of(name):
        return folder / f"{name.replace(' ', '-')}.png"

    assert await drawing.draw(every_card(), theme, WIDTHS[width], file_of) == {}
