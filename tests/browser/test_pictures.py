"""The pictures of the members' guide are those that `make pictures` draws, small enough to load at once."""

from tests.browser.pictures import FOLDER, PICTURES
from tests.support import ROOT
from tests.support.cards import every_card

BYTES_MAX = 60_000


def test_every_picture_of_the_guide_is_drawn_from_a_card():
    guide = (ROOT / "docs" / "members.md").read_text("utf-8")
    lacking = [name for name in PICTURES if f"pictures/{name}.png" not in guide]

    assert {path.stem for path in FOLDER.glob("*")} == set(PICTURES)
    assert set(PICTURES.values()) <= set(every_card())
    assert lacking == []
    assert [path.name for path in FOLDER.glob("*") if path.stat().st_size > BYTES_MAX] == []
